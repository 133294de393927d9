"""An urgent correction goes out at once, changes wording alone, and is looked at within days."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.core import outbox
from portal.core.models import Event
from tests.factories import UserFactory
from tests.training.factories import draft_module, make_module, question
from tests.world import World
from training import corrections
from training.models import ModulePage, ModuleRelease, UrgentCorrection


def with_draft(by: Any, **changes: Any) -> ModulePage:
    page, _release = make_module()
    for name, value in {"summary": "Call 988, not another number.", **changes}.items():
        setattr(page, name, value)
    page.save_revision(user=by)
    page.refresh_from_db()
    return page


def test_the_wording_goes_out_and_everybody_keeps_their_number(world: World) -> None:
    page = with_draft(world.manager, title="Module T01, corrected")
    row = corrections.publish(page, reason="help_line", by=world.manager)
    assert (row.release.number, row.release.edition) == (1, 2)
    assert row.review_by == timezone.localdate() + timedelta(days=5)
    assert ModulePage.objects.get(pk=page.pk).title == "Module T01, corrected"
    event = Event.objects.get(kind="training.corrected")
    assert (event.actor_id, event.data["reason"]) == (world.manager.pk, "help_line")


def test_what_is_promised_to_learners_is_never_changed_in_a_hurry(world: World) -> None:
    page, _release = make_module()
    more = [*page.quiz.raw_data, {"type": "question", "value": question("T01", "quiz", 9)}]
    page.quiz = more
    page.save_revision(user=world.manager)
    with pytest.raises(corrections.CannotCorrect) as refused:
        corrections.publish(page, reason="fact", by=world.manager)
    assert refused.value.reason == "substantive"
    assert ModuleRelease.objects.count() == 1
    assert ModulePage.objects.get(pk=page.pk).has_unpublished_changes


def test_a_draft_that_reviewers_have_is_theirs(world: World) -> None:
    page = with_draft(world.author)
    page.get_workflow().start(page, world.author)
    with pytest.raises(corrections.CannotCorrect) as refused:
        corrections.publish(page, reason="fact", by=world.manager)
    assert refused.value.reason == "in_review"


@pytest.mark.parametrize("kind", ["never", "same"])
def test_there_is_nothing_to_correct(world: World, kind: str) -> None:
    page = draft_module() if kind == "never" else make_module()[0]
    with pytest.raises(corrections.CannotCorrect) as refused:
        corrections.publish(page, reason="fact", by=world.manager)
    assert refused.value.reason == {"never": "not_out", "same": "nothing"}[kind]


def test_the_panel_is_told_without_a_word_of_it(world: World) -> None:
    corrections.publish(with_draft(world.manager), reason="law", by=world.manager)
    outbox.deliver_all()
    assert [m.to for m in mail.outbox] == [[world.reviewer.email]]
    assert "988" not in mail.outbox[0].body


def test_a_second_person_looks_at_it_and_nobody_else_can(world: World) -> None:
    row = corrections.publish(with_draft(world.manager), reason="law", by=world.manager)
    path = f"/training/corrections/{row.pk}/"
    for account in ("manager", "deputy", "author", "member"):
        client = Client()
        client.force_login(world.people[account])
        assert client.post(path).status_code == 404
    client = Client()
    client.force_login(world.reviewer)
    assert "It may stand" in client.get("/training/corrections/").content.decode()
    assert client.post(path).status_code == 302
    row.refresh_from_db()
    assert row.reviewed_by == world.reviewer
    assert not UrgentCorrection.objects.open().exists()


def test_who_wrote_the_text_does_not_look_at_it(world: World) -> None:
    row = corrections.publish(with_draft(world.reviewer), reason="law", by=world.manager)
    assert not corrections.can_review(world.reviewer, row)
    other = UserFactory(is_statewide=True, roles=("reviewer",))
    assert corrections.can_review(other, row)


def test_a_newer_draft_than_the_one_looked_at_does_not_go_out(world: World) -> None:
    page = with_draft(world.manager)
    client = Client()
    client.force_login(world.manager)
    seen = page.latest_revision_id
    newer = page.get_latest_revision_as_object()
    newer.summary = "Saved by somebody else meanwhile."
    newer.save_revision(user=world.author)
    path = f"/training/corrections/new/{page.pk}/"
    answer = client.post(path, {"reason": "fact", "revision": seen}).content.decode()
    assert "A newer draft was saved meanwhile" in answer
    assert not UrgentCorrection.objects.exists()


def test_who_wrote_an_earlier_part_of_it_does_not_look_at_it(world: World) -> None:
    page = with_draft(world.reviewer).get_latest_revision_as_object()
    page.save_revision(user=world.manager)
    row = corrections.publish(page, reason="law", by=world.manager)
    assert not corrections.can_review(world.reviewer, row)


def test_the_database_holds_the_second_person(world: World) -> None:
    row = corrections.publish(with_draft(world.manager), reason="law", by=world.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        UrgentCorrection.objects.filter(pk=row.pk).update(reviewed_by=world.manager)


def test_after_five_days_it_is_told_once_more_and_once_only(world: World) -> None:
    row = corrections.publish(with_draft(world.manager), reason="law", by=world.manager)
    outbox.deliver_all()
    mail.outbox.clear()
    corrections.remind()
    UrgentCorrection.objects.update(review_by=timezone.localdate() - timedelta(days=1))
    for _run in range(2):
        corrections.remind()
    outbox.deliver_all()
    told = {m.to[0] for m in mail.outbox}
    assert told == {world.reviewer.email, world.manager.email, world.deputy.email}
    assert len(mail.outbox) == 3
    row.refresh_from_db()
    assert row.is_overdue


def test_a_correction_long_over_is_not_told_again_when_the_outbox_has_forgotten(
    world: World,
) -> None:
    corrections.publish(with_draft(world.manager), reason="law", by=world.manager)
    outbox.deliver_all()
    mail.outbox.clear()
    UrgentCorrection.objects.update(review_by=timezone.localdate() - timedelta(days=40))
    corrections.remind()
    outbox.deliver_all()
    assert mail.outbox == []


def test_the_page_asks_why_and_the_editor_offers_it(world: World) -> None:
    page = with_draft(world.author)
    client = Client()
    client.force_login(world.manager)
    assert "urgent correction" in client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    path = f"/training/corrections/new/{page.pk}/"
    assert client.post(path, {}).status_code == 200
    assert not UrgentCorrection.objects.exists()
    answer = client.post(path, {"reason": "safety"}, follow=True)
    assert "looks at it within 5 days" in answer.content.decode()
    assert "1 module was corrected" in client.get("/").content.decode()
    again = client.post(path, {"reason": "safety"}).content.decode()
    assert "There is no draft that differs" in again
