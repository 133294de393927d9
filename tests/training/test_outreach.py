"""Talks: logged once, corrected by rows of their own, counted as they stand."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.core.models import Event
from portal.people.models import Center, CoordinatorAssignment, User
from tests.training.talk_making import CAREGIVERS, COMMUNITY, facts, make_talk, profession
from tests.world import World, build_world
from training import demo_outreach, measures, outreach, outreach_history, policies
from training.models import OutreachTalk, TalkCount
from training.outreach import Superseded

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 12)


def standing() -> list[OutreachTalk]:
    return list(OutreachTalk.objects.standing())


def test_the_same_form_sent_twice_keeps_one_talk(world: World) -> None:
    key = uuid4()
    first = make_talk(world.coordinator, key=key)
    assert make_talk(world.coordinator, key=key) == first
    assert TalkCount.objects.count() == 1
    assert Event.objects.filter(kind="training.talk_logged").count() == 1
    with pytest.raises(PermissionDenied):
        make_talk(world.manager, key=key)


def test_who_logs_for_which_center(world: World) -> None:
    for by, center in (
        (world.coordinator, "bristol"),
        (world.coordinator, ""),
        (world.member, "essex"),
        (world.trainer, "bristol"),
        (world.specialist, "essex"),
    ):
        with pytest.raises(PermissionDenied):
            make_talk(by, center=center)
    for by, center in (
        (world.coordinator, "essex"),
        (world.trainer, "essex"),
        (world.trainer, ""),
        (world.manager, "bristol"),
        (world.deputy, ""),
    ):
        make_talk(by, center=center)
    assert OutreachTalk.objects.count() == 5


def test_the_centers_of_the_form_are_those_of_the_policy(world: World) -> None:
    for person in world.people.values():
        offered = set(outreach.centers_for(person).values_list("slug", flat=True))
        may = {c.slug for c in Center.objects.all() if policies.can_log_talk_for(person, c.pk)}
        assert offered == may


def test_what_is_visible_agrees_with_the_policy(world: World) -> None:
    made = [
        make_talk(world.coordinator),
        make_talk(world.other_coordinator, center="capeislands"),
        make_talk(world.manager, center=""),
        make_talk(world.trainer, center=""),
    ]
    for person in world.people.values():
        seen = set(OutreachTalk.objects.visible_to(person))
        assert seen == {talk for talk in made if policies.can_see_talk(person, talk)}
    assert set(OutreachTalk.objects.visible_to(world.trainer)) == {made[3]}
    assert not OutreachTalk.objects.visible_to(world.member).exists()


def test_a_correction_is_a_row_that_counts_in_the_place_of_the_first(world: World) -> None:
    talk = make_talk(world.coordinator)
    said = facts(minutes=90, people={COMMUNITY: 12, profession("school"): 3})
    row = outreach.correct(talk, said, by=world.coordinator, key=uuid4())
    assert standing() == [row]
    assert outreach.newest(talk) == row
    steps = outreach_history.steps(talk)
    assert [step.talk for step in steps] == [row, talk]
    assert {(c.label, c.before, c.after) for c in steps[0].changes} == {
        ("Length in minutes", "60", "90"),
        ("Community members", "10", "12"),
        ("School", "0", "3"),
    }


def test_who_logged_it_no_longer_mends_it_once_the_center_is_anothers(world: World) -> None:
    talk = make_talk(world.coordinator)
    CoordinatorAssignment.objects.filter(user=world.coordinator).delete()
    former = User.objects.get(pk=world.coordinator.pk)
    assert policies.can_see_talk(former, talk)
    with pytest.raises(PermissionDenied):
        outreach.correct(talk, facts(), by=former, key=uuid4())
    with pytest.raises(PermissionDenied):
        outreach.take_back(talk, by=former, key=uuid4())


def test_a_correction_moves_a_talk_to_own_centers_only(world: World) -> None:
    talk = make_talk(world.coordinator)
    with pytest.raises(PermissionDenied):
        outreach.correct(talk, facts(center="bristol"), by=world.coordinator, key=uuid4())


def test_what_was_taken_back_counts_no_more_and_is_final(world: World) -> None:
    talk, key = make_talk(world.coordinator), uuid4()
    void = outreach.take_back(talk, by=world.coordinator, key=key)
    assert outreach.take_back(talk, by=world.coordinator, key=key) == void
    assert standing() == []
    assert not void.counts.exists()
    assert talk.counts.exists()
    for row in (talk, void):
        with pytest.raises(Superseded) as caught:
            outreach.correct(row, facts(), by=world.coordinator, key=uuid4())
        assert caught.value.talk == void
        with pytest.raises(Superseded):
            outreach.take_back(row, by=world.coordinator, key=uuid4())


def test_a_row_that_was_corrected_is_not_corrected_again(world: World) -> None:
    talk = make_talk(world.coordinator)
    row = outreach.correct(talk, facts(minutes=45), by=world.manager, key=uuid4())
    with pytest.raises(Superseded) as caught:
        outreach.correct(talk, facts(minutes=30), by=world.coordinator, key=uuid4())
    assert caught.value.talk == row


def test_rows_are_facts(world: World) -> None:
    talk = make_talk(world.coordinator)
    for change in (
        lambda: OutreachTalk.objects.filter(pk=talk.pk).update(minutes=5),
        lambda: TalkCount.objects.update(people=5),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_one_wins_and_the_other_hears_of_it() -> None:
    people = build_world()
    for _round in range(4):
        talk = make_talk(people.coordinator)
        first, second = _minutes(talk, 30, people.coordinator), _minutes(talk, 45, people.manager)
        raised = _side_by_side(first, second)
        assert [type(error) for error in raised] == [Superseded]
        assert OutreachTalk.objects.filter(corrects=talk).count() == 1


def _minutes(talk: OutreachTalk, minutes: int, by: User) -> Callable[[], object]:
    said = facts(minutes=minutes)
    return lambda: outreach.correct(talk, said, by=by, key=uuid4())


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_four_times_at_once_keeps_one_talk() -> None:
    people, key = build_world(), uuid4()
    said = facts()
    send = [lambda: outreach.log(said, by=people.coordinator, key=key)] * 4
    assert _side_by_side(*send) == []
    assert OutreachTalk.objects.count() == TalkCount.objects.count() == 1


def _side_by_side(*works: Callable[[], object]) -> list[BaseException]:
    gate, raised = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        try:
            gate.wait()
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_a_period_is_counted_as_by_hand(world: World) -> None:
    """Two hours for 700 (1400 h), an hour for 30 (30 h), twenty minutes for 18 (6 h): 1436 h."""
    medical = profession("medical")
    make_talk(world.coordinator, happened_on=DAY, minutes=120, people={COMMUNITY: 700})
    make_talk(
        world.other_coordinator,
        center="capeislands",
        happened_on=DAY + timedelta(days=1),
        people={CAREGIVERS: 12, profession("school"): 8, medical: 10},
    )
    corrected = make_talk(world.manager, center="", happened_on=DAY, people={COMMUNITY: 99})
    outreach.correct(
        corrected,
        facts(center="", happened_on=DAY, minutes=20, people={medical: 18}),
        by=world.manager,
        key=uuid4(),
    )
    gone = make_talk(world.coordinator, happened_on=DAY)
    outreach.take_back(gone, by=world.coordinator, key=uuid4())
    for outside in (DAY - timedelta(days=1), DAY + timedelta(days=2)):
        make_talk(world.coordinator, happened_on=outside)

    talks = measures.talks_in(DAY, DAY + timedelta(days=1))
    total = measures.talk_total(talks)
    assert (total.talks, total.people, total.hours) == (3, 748, 1436.0)
    by_audience = [(r.cut, r.talks, r.people, r.hours) for r in measures.talks_by_audience(talks)]
    assert by_audience == [
        ("Professionals of a discipline", 2, 36, 24.0),
        ("Community members", 1, 700, 1400.0),
        ("Parents and caregivers", 1, 12, 12.0),
    ]
    by_discipline = [(r.cut, r.talks, r.people) for r in measures.talks_by_discipline(talks)]
    assert by_discipline == [("Medical", 2, 28), ("School", 1, 8)]


def test_the_demo_has_a_dozen_talks_once(world: World) -> None:
    people = {"essex": world.coordinator, "capeislands": world.other_coordinator}
    for _round in range(2):
        demo_outreach.load_talks(people, timezone.now())
    assert OutreachTalk.objects.standing().count() == 12
    assert OutreachTalk.objects.count() == 13
    assert not OutreachTalk.objects.filter(recorded_at__gt=timezone.now()).exists()
