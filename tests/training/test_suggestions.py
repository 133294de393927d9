"""Suggested edits: screened, sent to who keeps the module, answered once, without names."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import outbox
from portal.people import retention, suggesting
from tests.training import learning_factories as make
from tests.training.factories import make_module
from tests.world import World
from training import policies, suggestions
from training.models import EditSuggestion, ModulePage

pytestmark = pytest.mark.django_db
TEXT = "The second list is out of order: the call comes first."


@pytest.fixture
def module(world: World) -> ModulePage:
    return make_module("T01", owner=world.author)[0]


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def form(**changes: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "lesson": "", "kind": "wrong", "text": TEXT, **changes}


def made(world: World, module: ModulePage, **changes: Any) -> EditSuggestion:
    fields = {"lesson_id": "", "kind": "wrong", "text": TEXT, "key": uuid4(), "by": world.member}
    release = module.releases.first()
    return suggestions.suggest(page=module, release=release, **{**fields, **changes})


def sent() -> list[Any]:
    outbox.deliver_all()
    found = list(mail.outbox)
    mail.outbox.clear()
    return found


def test_a_reader_suggests_and_the_owner_is_told_once_without_a_word_of_it(
    world: World, module: ModulePage
) -> None:
    sent()
    client, posted = signed_in(world.member), form()
    assert TEXT not in client.get("/training/t01/suggest/?lesson=1").content.decode()
    for _ in range(2):
        assert client.post("/training/t01/suggest/", posted).status_code == 302
    row = EditSuggestion.objects.get()
    assert (row.text, row.made_by) == (TEXT, world.member)
    [message] = sent()
    assert message.to == [world.author.email]
    for word in (TEXT, world.member.name, module.title):
        assert word not in message.subject + message.body


@pytest.mark.parametrize(
    "change",
    [{"text": ""}, {"kind": "no such"}, {"lesson": "9" * 40}, {"key": "x"}, {"text": "x" * 5001}],
)
def test_a_form_that_cannot_be_right_stores_nothing_and_comes_back(
    world: World, module: ModulePage, change: dict[str, str]
) -> None:
    response = signed_in(world.member).post("/training/t01/suggest/", form(**change))
    assert response.status_code == 200
    assert not EditSuggestion.objects.exists()


def test_a_text_that_may_identify_somebody_is_stored_nowhere(
    world: World, module: ModulePage
) -> None:
    text = "Like the case of DOB 04/12/2010."
    page = signed_in(world.member).post("/training/t01/suggest/", form(text=text))
    assert "Not saved: 1 thing to settle" in page.content.decode()
    assert not EditSuggestion.objects.exists()


def test_the_key_of_another_person_is_refused(world: World, module: ModulePage) -> None:
    key = UUID(int=7)
    made(world, module, key=key)
    other = signed_in(world.other_member)
    assert other.post("/training/t01/suggest/", form(key=str(key))).status_code == 404
    assert EditSuggestion.objects.count() == 1


def test_it_is_answered_once_and_its_maker_told(world: World, module: ModulePage) -> None:
    row = made(world, module)
    sent()
    author, address = signed_in(world.author), f"/training/suggestions/{row.pk}/"
    page = author.get(address).content.decode()
    assert TEXT in page
    assert world.member.name not in page.split("<main")[1]
    assert author.post(address, {"state": "done", "text": "Thank you."}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answered_by) == ("done", world.author)
    assert [m.to for m in sent()] == [[world.member.email]]
    with pytest.raises(suggesting.NotAllowed):
        suggestions.answer(row, by=world.manager, state="declined")
    shown = signed_in(world.member).get(address).content.decode()
    assert "Thank you." in shown
    assert world.author.name not in shown.split("<main")[1]


def test_who_sees_and_answers_is_one_rule(world: World, module: ModulePage) -> None:
    row = made(world, module)
    for person in world.people.values():
        answers = policies.can_answer_suggestion(person, row)
        listed = EditSuggestion.objects.to_answer_by(person).filter(pk=row.pk).exists()
        assert answers == listed
        seen = EditSuggestion.objects.visible_to(person).filter(pk=row.pk).exists()
        assert seen == (answers or person == world.member)
        expected = 200 if seen else 404
        client = signed_in(person)
        assert client.get(f"/training/suggestions/{row.pk}/").status_code == expected
    maker = signed_in(world.member)
    assert maker.post(f"/training/suggestions/{row.pk}/", {"state": "done"}).status_code == 404


def test_without_an_owner_in_the_admin_the_managers_are_told(world: World) -> None:
    orphan, _release = make_module("T02")
    sent()
    made(world, orphan)
    assert {m.to[0] for m in sent()} == {world.manager.email, world.deputy.email}


def test_the_words_go_two_years_after_the_answer_and_the_record_stays(
    world: World, module: ModulePage
) -> None:
    row, young = made(world, module), made(world, module)
    suggestions.answer(row, by=world.author, state="declined", text="Not now.")
    long_ago = timezone.now() - suggesting.TEXT_KEPT - timezone.timedelta(days=1)
    EditSuggestion.objects.filter(pk=row.pk).update(answered_at=long_ago)
    retention.apply_all()
    row.refresh_from_db()
    young.refresh_from_db()
    assert (row.text, row.answer, row.kind) == ("", "", "wrong")
    assert young.text == TEXT


def test_the_list_asks_as_many_queries_for_twenty_as_for_two(
    world: World, module: ModulePage
) -> None:
    client = signed_in(world.author)

    def count() -> int:
        client.get("/training/suggestions/")
        with CaptureQueriesContext(connection) as found:
            client.get("/training/suggestions/")
        return len(found)

    for _ in range(2):
        made(world, module)
    few = count()
    for _ in range(18):
        made(world, module, by=make.learner())
    assert count() == few
