"""Tying, merging, splitting and watching: both ends checked, nothing said is lost."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from assistance import closing, drafts, notices, relations, tickets, timeline, watching
from assistance.lifecycle import Action, NotAllowed, State
from assistance.models import Message, Relation, Ticket, Watcher
from assistance.relations import Second
from portal.core.models import Effect
from portal.people import leaving
from portal.people.models import User
from tests.assistance.making import answered, asked, assigned, closed, say, sent
from tests.factories import UserFactory
from tests.world import World

pytestmark = pytest.mark.django_db
SECOND = Second("A second matter", "Who takes the minutes?", "practice", ["facilitation"])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def of_cape(world: World) -> Ticket:
    return drafts.send(asked("capeislands"), by=world.other_coordinator, key=uuid4())


def told(notice: str, ticket: Ticket) -> set[int]:
    """Who gets a notice today, by account."""
    return {user.pk for user in notices.RECIPIENTS[notice](ticket)}


def test_tied_requests_show_each_other_to_whoever_sees_both(world: World) -> None:
    one, two = sent(world), of_cape(world)
    relations.relate(two, by=world.manager, to=one)
    relations.relate(one, by=world.manager, to=two)
    row = Relation.objects.get()
    assert (row.earlier, row.later) == (one, two)
    assert [other for _row, other in relations.related(one, user=world.manager)] == [two]
    assert [other for _row, other in relations.related(two, user=world.manager)] == [one]
    assert relations.related(one, user=world.coordinator) == []
    page = signed_in(world.coordinator).get(one.get_absolute_url()).content.decode()
    assert two.number not in page


def test_nobody_ties_a_request_to_one_of_another_center(world: World) -> None:
    one, two = sent(world), of_cape(world)
    with pytest.raises(NotAllowed):
        relations.relate(one, by=world.coordinator, to=two)
    address = f"{one.get_absolute_url()}related/"
    data = {"relate-number": two.number, "relate-version": one.version}
    page = signed_in(world.coordinator).post(address, data).content.decode()
    assert "There is no other request with this number" in page
    assert not Relation.objects.exists()


def test_a_tie_is_taken_back_by_whoever_works_on_both(world: World) -> None:
    one, two = sent(world), of_cape(world)
    row = relations.relate(one, by=world.manager, to=two)
    assert signed_in(world.coordinator).post(f"{one.get_absolute_url()}related/{row.pk}/remove/")
    with pytest.raises(NotAllowed):
        relations.part(one, by=world.coordinator, relation=row)
    client = signed_in(world.manager)
    response = client.post(f"{one.get_absolute_url()}related/{row.pk}/remove/")
    assert (response.status_code, Relation.objects.count()) == (302, 0)


def test_the_address_of_a_tie_one_sees_half_of_is_no_page(world: World) -> None:
    one, two = sent(world), of_cape(world)
    row = relations.relate(one, by=world.manager, to=two)
    address = f"{one.get_absolute_url()}related/{row.pk}/remove/"
    assert signed_in(world.coordinator).post(address).status_code == 404
    assert Relation.objects.exists()


def merged(world: World, **more: Any) -> tuple[Ticket, Ticket]:
    """The one that ended, and the one in which it goes on."""
    one, two = assigned(world), assigned(world)
    say(one, world.coordinator, "It is about minutes.")
    say(two, world.coordinator, "It is about time.")
    relations.merge(one, by=world.manager, into=two, **more)
    one.refresh_from_db()
    two.refresh_from_db()
    return one, two


def test_merging_ends_the_one_and_the_other_shows_both_conversations(world: World) -> None:
    one, two = merged(world)
    assert (one.state, one.duplicate_of, one.is_merged) == (State.DUPLICATE, two, True)
    said = [e for e in timeline.of(two, user=world.coordinator) if e.message or e.asked]
    words = [
        e.message.text if e.message else e.asked.question for e in said if e.message or e.asked
    ]
    assert words == [one.question, "It is about minutes.", "It is about time."]
    assert [e.origin for e in said] == [one.number, one.number, ""]
    assert Message.objects.count() == 2
    page = signed_in(world.coordinator).get(two.get_absolute_url()).content.decode()
    assert "It is about minutes." in page
    assert f"merged {one.number} into this request" in page
    page = signed_in(world.coordinator).get(one.get_absolute_url()).content.decode()
    assert f"It goes on in {two.number}" in page


def test_a_merged_request_of_a_merged_request_is_shown_in_the_last(world: World) -> None:
    one, two = merged(world)
    three = assigned(world)
    relations.merge(two, by=world.manager, into=three)
    origins = {entry.origin for entry in timeline.of(three, user=world.coordinator)}
    assert {one.number, two.number} <= origins


def test_notes_of_a_merged_request_stay_with_those_who_may_see_them(world: World) -> None:
    from assistance import conversation

    one, two = assigned(world, to=world.specialist), assigned(world, to=world.specialist)
    conversation.note(one, by=world.specialist, text="Ask the lawyer.", key=uuid4())
    relations.merge(one, by=world.manager, into=two)
    of_staff = [e.message.text for e in timeline.of(two, user=world.specialist) if e.message]
    of_owner = [e.message.text for e in timeline.of(two, user=world.coordinator) if e.message]
    assert (of_staff, of_owner) == (["Ask the lawyer."], [])


def test_a_merge_takes_the_earlier_ends_and_leaves_an_answered_one_alone(world: World) -> None:
    monday = timezone.now() - timedelta(days=4)
    early, late = sent(world, at=monday), sent(world)
    assert early.respond_by < late.respond_by  # type: ignore[operator]
    relations.merge(early, by=world.manager, into=late)
    late.refresh_from_db()
    assert (late.respond_by, late.answer_by) == (early.respond_by, early.answer_by)


def test_no_merge_across_centers_into_itself_or_into_what_ended(world: World) -> None:
    one, cape, ended = sent(world), of_cape(world), closed(world)
    for target in (cape, one, ended):
        with pytest.raises(NotAllowed):
            relations.merge(one, by=world.manager, into=target)
    one.refresh_from_db()
    assert one.state == State.SUBMITTED
    for by in (world.coordinator, world.specialist):
        with pytest.raises(NotAllowed):
            relations.merge(one, by=by, into=sent(world))


def test_a_merge_seen_by_an_older_form_changes_nothing(world: World) -> None:
    one, two = sent(world), sent(world)
    say(one, world.coordinator)
    data = {"merge-into": two.pk, "merge-version": one.version}
    response = signed_in(world.manager).post(f"{one.get_absolute_url()}merge/", data)
    one.refresh_from_db()
    assert (response.status_code, one.state) == (409, State.SUBMITTED)


def test_who_asked_the_merged_one_is_told_and_watches_the_other(world: World) -> None:
    colleague = UserFactory(center="essex", coordinates="essex")
    one = drafts.send(asked(), by=colleague, key=uuid4())
    two = sent(world)
    relations.merge(one, by=world.manager, into=two)
    assert Effect.objects.filter(kind="assistance.notice", payload__notice="merged").exists()
    assert colleague.pk in told("replied", two)


def test_the_text_of_a_merged_request_goes_after_the_others(world: World) -> None:
    one, two = merged(world)
    tickets.apply(two, Action.WITHDRAW, by=world.coordinator, reason="Settled by phone")
    later = timezone.now() + timedelta(days=200)
    assert list(closing.rested(later)) == [two]
    closing.archive(closing.rested(later), later)
    assert list(closing.rested(later)) == [one]
    closing.archive(closing.rested(later), later)
    one.refresh_from_db()
    assert (one.state, one.question) == (State.ARCHIVED, "")


def test_a_split_makes_a_second_request_once_and_tells_its_requester(world: World) -> None:
    ticket, key = assigned(world), uuid4()
    made = relations.split(ticket, SECOND, by=world.specialist, key=key)
    assert relations.split(ticket, SECOND, by=world.specialist, key=key) == made
    assert Ticket.objects.count() == 2
    assert made.number
    assert made.number != ticket.number
    same = ("requester", "center", "urgency", "wanted_by", "assignee")
    assert [getattr(made, name) for name in same] == [getattr(ticket, name) for name in same]
    assert (made.state, made.split_from) == (State.SUBMITTED, ticket)
    assert [other for _row, other in relations.related(made, user=world.coordinator)] == [ticket]
    notice = Effect.objects.get(kind="assistance.notice", payload__notice="split")
    assert notice.payload == {
        "ticket": made.pk,
        "notice": "split",
        "actor": world.specialist.pk,
    }
    assert world.coordinator.pk in told("split", made)


@pytest.mark.parametrize("name", ["coordinator", "other_coordinator", "member"])
def test_only_the_staff_splits(world: World, name: str) -> None:
    ticket = assigned(world)
    with pytest.raises(NotAllowed):
        relations.split(ticket, SECOND, by=world.people[name], key=uuid4())
    assert Ticket.objects.count() == 1


def test_a_key_of_another_request_splits_nothing(world: World) -> None:
    ticket, other = assigned(world), sent(world)
    with pytest.raises(NotAllowed):
        relations.split(ticket, SECOND, by=world.specialist, key=other.uuid)


def test_the_page_of_a_split_begins_with_the_question_and_keeps_what_is_typed(
    world: World,
) -> None:
    ticket, client = assigned(world), signed_in(world.manager)
    address = f"{ticket.get_absolute_url()}split/"
    assert ticket.question in client.get(address).content.decode()
    data = {
        "split-key": str(uuid4()),
        "split-version": ticket.version,
        "split-subject": "",
        "split-question": "Who takes the minutes?",
        "split-type": "practice",
        "split-topics": ["facilitation"],
    }
    page = client.post(address, data).content.decode()
    assert "Enter a subject" in page
    assert "Who takes the minutes?" in page
    dob = {**data, "split-subject": "Minutes", "split-question": "Born 04/12/2011, who writes?"}
    assert "Not saved" in client.post(address, dob).content.decode()
    assert Ticket.objects.count() == 1
    response = client.post(address, {**data, "split-subject": "Minutes"})
    made = Ticket.objects.get(split_from=ticket)
    assert response["Location"] == made.get_absolute_url()


def test_a_watcher_is_told_while_the_request_may_be_seen(world: World) -> None:
    ticket = assigned(world)
    colleague = UserFactory(center="essex", coordinates="essex")
    watching.start(ticket, user=colleague, by=world.coordinator)
    watching.start(ticket, user=world.manager, by=world.manager)
    assert {colleague.pk, world.manager.pk, world.coordinator.pk} == told("replied", ticket)
    leaving.leave(colleague, by=world.manager)
    assert {world.manager.pk, world.coordinator.pk} == told("replied", ticket)
    watching.stop(ticket, user=world.manager, by=world.manager)
    assert told("replied", ticket) == {world.coordinator.pk}


def test_nobody_watches_or_is_made_to_watch_what_they_may_not_see(world: World) -> None:
    ticket = assigned(world)
    for user in (world.other_coordinator, world.member):
        with pytest.raises(NotAllowed):
            watching.start(ticket, user=user, by=user)
        with pytest.raises(NotAllowed):
            watching.start(ticket, user=user, by=world.manager)
    with pytest.raises(NotAllowed):
        watching.start(ticket, user=world.manager, by=world.specialist)
    assert not Watcher.objects.exists()


def test_watching_from_the_page(world: World) -> None:
    ticket, client = assigned(world), signed_in(world.coordinator)
    address, version = f"{ticket.get_absolute_url()}watch/", ticket.version
    client.post(address, {"watch-version": version})
    client.post(address, {"watch-version": version})
    client.post(address, {"watch-version": version, "watch-person": world.manager.pk})
    assert [row.user for row in ticket.watchers.all()] == [world.coordinator, world.manager]
    client.post(address, {"watch-version": version, "watch-stop": "1"})
    assert [row.user for row in ticket.watchers.all()] == [world.manager]
    other = {"watch-version": version, "watch-person": world.other_coordinator.pk}
    assert "Select a valid choice" in client.post(address, other).content.decode()


def test_watchers_go_with_the_text(world: World) -> None:
    ticket = closed(world)
    watching.start(ticket, user=world.coordinator, by=world.coordinator)
    closing.archive(closing.rested(later := timezone.now() + timedelta(days=181)), later)
    assert not Watcher.objects.exists()


def test_the_staff_changes_topics_and_keeps_those_of_others(world: World) -> None:
    ticket, client = answered(world), signed_in(world.manager)
    ticket.topics.add("minutes")
    data = {
        "classify-version": ticket.version,
        "initial-classify-topics": ["facilitation", "minutes"],
        "classify-topics": ["legal", "minutes"],
        "classify-funding": "",
        "classify-follow_up_on": "",
    }
    assert client.post(f"{ticket.get_absolute_url()}filing/", data).status_code == 302
    assert set(ticket.topics.names()) == {"legal", "minutes"}
    empty = {k: v for k, v in data.items() if k != "classify-topics"}
    page = client.post(f"{ticket.get_absolute_url()}filing/", empty).content.decode()
    assert "Choose at least one topic" in page
