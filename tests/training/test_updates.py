"""An update tells past completers what changed, and leaves their completion as it is."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import outbox
from portal.core.models import Event
from portal.people.models import PersonAlias, User
from tests.training import learning_factories as make
from tests.training.factories import lesson, make_module, publish
from tests.training.test_authoring import module_form, signed_in, write
from tests.world import World
from training import certificates, completions, corrections, enrolments, transcript, updates
from training.models import (
    Certificate,
    Completion,
    ModulePage,
    ModuleRelease,
    ReleaseUpdate,
    UpdateRead,
)

pytestmark = pytest.mark.django_db
TEXT = "The duty to report now names more people."


@pytest.fixture
def person() -> User:
    return make.learner()


@pytest.fixture
def module(person: User) -> ModulePage:
    """A module that the person completed at number 1."""
    page, _release = make.make_release("T01")
    make.complete(person, page)
    return page


def seen(person: User, path: str) -> str:
    answer = signed_in(person).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


PLACES = ("/training/t01/", "/me/transcript/", "/")


def test_a_new_number_with_an_offer_makes_an_update_and_an_edition_none(module: ModulePage) -> None:
    release = make.change(module, TEXT)
    assert (release.number, release.edition) == (2, 1)
    assert [(u.release_id, u.text) for u in ReleaseUpdate.objects.all()] == [(release.pk, TEXT)]
    module.change_kind, module.summary = "editorial", "Only said better."
    assert publish(module).edition == 2
    assert ReleaseUpdate.objects.count() == 1


def test_a_change_that_is_substantive_by_itself_is_offered_as_well(module: ModulePage) -> None:
    module.lessons = [*module.lessons.raw_data, lesson("T01", 3)]
    module.what_changed, module.offers_update = TEXT, True
    assert publish(module).number == 2
    assert ReleaseUpdate.objects.get().text == TEXT


def test_a_first_release_and_one_without_an_offer_make_none(module: ModulePage) -> None:
    make_module("T02", what_changed=TEXT, offers_update=True)
    make.change(module, TEXT, offer=False)
    assert not ReleaseUpdate.objects.exists()


def test_an_urgent_correction_makes_none(module: ModulePage, world: World) -> None:
    module.summary, module.what_changed, module.offers_update = "Call 988.", TEXT, True
    module.save_revision(user=world.manager)
    corrections.publish(module, reason="law", by=world.manager)
    assert not ReleaseUpdate.objects.exists()


def test_a_publication_that_fails_leaves_no_update(
    module: ModulePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_values: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(ReleaseUpdate.objects, "create", fail)
    with pytest.raises(RuntimeError):
        make.change(module, TEXT)
    assert ModuleRelease.objects.count() == 1


def test_past_completers_are_told_in_three_places_until_they_say_they_read_it(
    module: ModulePage, person: User
) -> None:
    for place in PLACES:
        assert "Changed since you completed it" not in seen(person, place)
    make.change(module, TEXT)
    for place in PLACES:
        assert TEXT in seen(person, place)
        assert "/training/t01/changes/" in seen(person, place)
    answer = signed_in(person).post("/training/t01/changes/", {"through": "2"}, follow=True)
    assert "You have said that you read this" in answer.content.decode()
    for place in PLACES:
        assert TEXT not in seen(person, place)
    assert TEXT in seen(person, "/training/t01/changes/")
    make.change(module, "And once more.")
    assert [u.text for u in updates.unread(person)] == ["And once more."]


def test_it_is_no_business_of_anybody_else(module: ModulePage, person: User) -> None:
    begun, annulled, later = make.learner(), make.learner(), make.learner()
    enrolments.enrol(person=begun, module=module)
    wrong = make.complete(annulled, module)
    completions.annul(completion=wrong, reason="error", by=person)
    make.change(module, TEXT)
    make.complete(later, module)
    for somebody in (begun, annulled, later, make.learner()):
        assert updates.unread(somebody) == []
        client = signed_in(somebody)
        assert client.get("/training/t01/changes/").status_code == 404
        assert client.post("/training/t01/changes/", {"through": "2"}).status_code == 404
    assert Client().get("/training/t01/changes/").status_code == 302
    assert not UpdateRead.objects.exists()


def test_a_module_that_is_no_longer_for_the_person_says_nothing(
    module: ModulePage, person: User
) -> None:
    make.change(module, TEXT, audience="staff")
    assert updates.unread(person) == []
    assert signed_in(person).get("/training/t01/changes/").status_code == 404


def test_the_completion_the_minutes_and_the_certificate_stay(
    module: ModulePage, person: User
) -> None:
    certificates.issue(Completion.objects.get())

    def kept() -> tuple[Any, ...]:
        record = transcript.of(person)
        rows = (list(Completion.objects.values()), list(Certificate.objects.values()))
        return *rows, record.total.minutes, record.lines[0].version

    before = kept()
    outbox.deliver_all()
    mail.outbox.clear()
    make.change(module, TEXT, lessons=[lesson("T01", 1), lesson("T01", 2), lesson("T01", 3)])
    seen(person, "/training/t01/changes/")
    updates.mark_read(person, module, through=2)
    outbox.deliver_all()
    assert kept() == before
    assert mail.outbox == []
    assert enrolments.find(person, module).number == 1


@pytest.mark.parametrize("through", ["", "1", "3", "x", "9" * 400, "-1"])
def test_a_number_of_no_update_is_refused(module: ModulePage, person: User, through: str) -> None:
    make.change(module, TEXT)
    answer = signed_in(person).post("/training/t01/changes/", {"through": through})
    assert answer.status_code == 404
    assert not UpdateRead.objects.exists()


def test_reading_is_noted_once_and_what_came_meanwhile_is_not(
    module: ModulePage, person: User
) -> None:
    for text in ("First.", "Second.", "Third."):
        make.change(module, text)
    for _time in range(2):
        updates.mark_read(person, module, through=3)
    assert [u.text for u in updates.unread(person)] == ["Third."]
    assert UpdateRead.objects.count() == 2
    assert Event.objects.filter(kind="training.update_read").count() == 2


def test_looking_is_stored_nowhere(module: ModulePage, person: User) -> None:
    make.change(module, TEXT)
    before = Event.objects.count()
    client = signed_in(person)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/training/t01/changes/")
    written = [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [q for q in written if "training_" in q["sql"]] == []
    assert Event.objects.count() == before


def test_a_merged_account_counts_as_the_person(module: ModulePage, person: User) -> None:
    make.change(module, TEXT)
    keeper = make.learner()
    PersonAlias.objects.create(person=keeper, alias=person, merged_by=keeper)
    assert [u.text for u in updates.unread(keeper)] == [TEXT]
    UpdateRead.objects.create(person=person, update=ReleaseUpdate.objects.get())
    assert updates.unread(keeper) == []
    assert updates.since_completion(keeper, module).unread == []


def test_the_rows_are_facts(module: ModulePage, person: User) -> None:
    make.change(module, TEXT)
    updates.mark_read(person, module, through=2)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        ReleaseUpdate.objects.update(text="Something else")
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        UpdateRead.objects.update(read_at=timezone.now())


def changed_lessons() -> list[dict[str, Any]]:
    """Lesson 1 says something else, lesson 2 is gone, lesson 3 is new."""
    first = lesson("T01", 1)
    first["value"]["body"][0]["value"] = "<p>Said anew.</p>"
    return [first, lesson("T01", 3, sensitivity=2)]


def test_the_page_shows_what_became_of_each_lesson_and_the_new_text(
    module: ModulePage, person: User
) -> None:
    make.change(module, "Earlier words.")
    make.change(module, TEXT, lessons=changed_lessons())
    difference = updates.since_completion(person, module).difference
    titles = [[x.title for x in part] for part in (difference.added, difference.changed)]
    assert titles == [["Lesson 3"], ["Lesson 1"]]
    assert [x.title for x in difference.removed] == ["Lesson 2"]
    page = seen(person, "/training/t01/changes/")
    for text in ("Earlier words.", TEXT, "Said anew.", "Other text of lesson 3", "Lesson 2"):
        assert text in page
    assert "Main text of lesson 1" not in page
    assert "You completed version 1; version 3 is the newest." in page


def test_what_the_editor_adds_to_a_text_is_no_change_of_it(
    module: ModulePage, person: User
) -> None:
    """Draftail keys every block and drops the breaks between them."""
    lessons = [lesson("T01", 1), lesson("T01", 2)]
    words = lessons[0]["value"]["body"][0]["value"]
    keyed = words.replace("<p>", '\n<p data-block-key="abc12">').replace("<h2>", "<h2 >")
    lessons[0]["value"]["body"][0]["value"] = keyed.replace("<h2 >", '<h2 data-block-key="x">')
    make.change(module, TEXT, lessons=lessons)
    difference = updates.since_completion(person, module).difference
    assert (difference.added, difference.changed, difference.removed) == ((), (), ())


def test_a_change_of_questions_alone_is_said_in_words(module: ModulePage, person: User) -> None:
    make.change(module, TEXT, pass_mark=90)
    assert "The text of the lessons is the same" in seen(person, "/training/t01/changes/")


def test_who_completed_a_later_number_is_told_of_what_came_after_it(
    module: ModulePage, person: User
) -> None:
    other = make.learner()
    make.change(module, "Second.")
    make.complete(other, module)
    make.change(module, "Third.")
    assert [u.text for u in updates.unread(other)] == ["Third."]
    assert [u.text for u in updates.unread(person)] == ["Second.", "Third."]


def test_the_pages_ask_no_more_with_more_updates(person: User) -> None:
    counts = []
    for size in (1, 4):
        for number in range(size):
            page, _release = make.make_release(f"Q{size}{number}")
            make.complete(person, page)
            make.change(page, "One.")
            make.change(page, "Two.")
        client = signed_in(person)
        client.get("/me/transcript/")
        for path in ("/me/transcript/", f"/training/q{size}0/", f"/training/q{size}0/changes/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.append(len(queries))
    assert counts[:3] == counts[3:]


def posted(**changes: Any) -> dict[str, Any]:
    return {"change_kind": "substantive", "action-submit": "1", **changes}


def test_submitting_a_substantive_change_asks_what_changed_and_a_draft_does_not(
    world: World,
) -> None:
    page, _release = make_module("T01", owner=world.author)
    author, address = signed_in(world.author), f"/cms/pages/{page.pk}/edit/"
    draft = {k: v for k, v in posted().items() if k != "action-submit"}
    assert author.post(address, module_form("T01", **draft)).status_code == 302
    for given in ({}, {"change_kind": "editorial", "offers_update": "on"}):
        answer = author.post(address, module_form("T01", **posted(**given)))
        assert list(answer.context["form"].errors) == ["what_changed"]
    answer = author.post(address, module_form("T01", **posted(what_changed="SSN 123-45-6789")))
    assert "what_changed" in answer.context["form"].errors
    kept = posted(what_changed=TEXT, offers_update="on")
    assert author.post(address, module_form("T01", **kept)).status_code == 302
    page.refresh_from_db()
    draft_page = page.get_latest_revision_as_object()
    assert (draft_page.what_changed, draft_page.offers_update) == (TEXT, True)


def test_a_module_that_nobody_has_read_need_not_say_what_changed(world: World) -> None:
    answer = write(signed_in(world.author), **posted())
    assert answer.status_code == 302, answer.context["form"].errors


def test_the_next_round_of_changes_starts_without_the_words(
    module: ModulePage, world: World
) -> None:
    make.change(module, TEXT)
    address = f"/cms/pages/{module.pk}/edit/"
    author = signed_in(world.author)
    form = author.get(address).context["form"]
    assert (form.initial["what_changed"], form.initial["offers_update"]) == ("", False)
    module.what_changed = "Under way."
    module.save_revision(user=world.author)
    assert author.get(address).context["form"].initial["what_changed"] == "Under way."
