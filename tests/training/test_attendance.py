"""Who was there, corrections with a reason, and what becomes of it: completion, credit, paper."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.core import insert_only, outbox
from portal.people.models import Center, Discipline, Membership, PersonAlias, User
from tests.factories import UserFactory
from tests.training.credit_making import SAID, rule
from tests.training.session_factories import be_there, fill, make_held, make_session
from tests.training.test_races import side_by_side
from tests.world import World
from training import attendance, evaluations, intervals, needs, session_credit, transcript
from training.intervals import Stretch
from training.models import (
    Attendance,
    Certificate,
    Completion,
    CreditAward,
    LiveSession,
    RequirementRule,
)
from training.session_credit import Worth

pytestmark = pytest.mark.django_db
Reason = Attendance.Reason


def worth(*slugs: str, **fields: object) -> Worth:
    said = {"topics": ["trauma"], "objectives": "Name one.", "pause_minutes": 0, "threshold": 80}
    rules = tuple(RequirementRule.objects.filter(slug__in=slugs))
    return Worth(**{**said, "funding": "cja", "rules": rules, **fields})  # type: ignore[arg-type]


def stretch(session: LiveSession, begin: float, end: float) -> Stretch:
    start = session.starts_at
    return Stretch(start + timedelta(minutes=begin), start + timedelta(minutes=end))


def standing(session: LiveSession) -> set[int]:
    rows = Completion.objects.standing().filter(attendance__session=session)
    return set(rows.values_list("person", flat=True))


def test_minutes_are_whole_and_seconds_of_several_stretches_add_up() -> None:
    begin = timezone.now()
    half = [
        Stretch(begin + timedelta(seconds=s), begin + timedelta(seconds=s + 50)) for s in (0, 99)
    ]
    assert intervals.minutes(half) == 1
    assert intervals.minutes([*half, *half]) == 1
    assert intervals.minutes([]) == 0


def test_the_code_is_taken_from_half_an_hour_before_to_the_end(world: World) -> None:
    session = make_session(world.trainer, minutes=60)
    begin = session.starts_at
    for minutes, takes in ((-31, False), (-29, True), (30, True), (60, True), (61, False)):
        assert attendance.takes_codes(session, begin + timedelta(minutes=minutes)) is takes
    session.cancelled_at = timezone.now()
    assert not attendance.takes_codes(session, begin)


def test_who_checks_in_late_is_there_from_then_on(world: World) -> None:
    session = make_session(world.trainer, days=-20 / 1440, minutes=60)
    row = attendance.check_in(world.member, session, "123 456")
    assert row.minutes in (39, 40)
    assert (row.source, row.recorded_by) == ("code", world.member)
    assert attendance.check_in(world.member, session, "123456") == row
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("code", ["", "123457", "abc", "١٢٣٤٥٦7"])
def test_a_wrong_code_records_nothing(world: World, code: str) -> None:
    session = make_session(world.trainer, days=-0.01)
    with pytest.raises(attendance.WrongCode):
        attendance.check_in(world.member, session, code)
    assert not Attendance.objects.exists()


def test_another_centers_people_and_the_trainer_check_in_nowhere(world: World) -> None:
    session = make_session(world.trainer, center="essex", days=-0.01)
    for person in (world.other_member, world.trainer):
        with pytest.raises(PermissionDenied):
            attendance.check_in(person, session, "123456")


def test_the_list_records_those_ticked_once_and_nobody_else(world: World) -> None:
    session = make_session(world.trainer, days=-0.01)
    fill(session, world.member, world.other_member)
    ids = [world.member.pk, world.coordinator.pk]
    assert attendance.mark(session, ids, by=world.trainer) == 1
    assert attendance.mark(session, ids, by=world.trainer) == 0
    assert Attendance.objects.get().minutes == 60
    with pytest.raises(PermissionDenied):
        attendance.mark(session, ids, by=world.coordinator)


def test_nothing_is_recorded_before_it_began(world: World) -> None:
    session = make_session(world.trainer)
    fill(session, world.member)
    with pytest.raises(attendance.TooEarly):
        attendance.mark(session, [world.member.pk], by=world.trainer)


def test_a_walk_in_is_put_on_the_roster_without_an_invitation(world: World) -> None:
    session = make_session(world.trainer, days=-0.01)
    said = {
        "email": "New.Person@example.org",
        "first_name": "Noor",
        "last_name": "Walker",
        "discipline": Discipline.objects.first(),
        "center": Center.objects.get(slug="bristol"),
        "by": world.trainer,
    }
    row = attendance.walk_in(session, **said)
    assert attendance.walk_in(session, **said) == row
    person = User.objects.get(email="new.person@example.org")
    assert (row.person, row.source) == (person, "walk_in")
    assert not person.has_joined
    assert not person.has_usable_password()
    assert Membership.objects.active().filter(user=person, center__slug="bristol").exists()
    assert not person.invitations.exists()


def test_a_walk_in_with_an_account_keeps_what_it_says(world: World) -> None:
    session = make_session(world.trainer, days=-0.01)
    attendance.walk_in(
        session,
        email=world.other_member.email,
        first_name="Wrong",
        last_name="Wrong",
        discipline=None,
        center=Center.objects.get(slug="essex"),
        by=world.trainer,
    )
    world.other_member.refresh_from_db()
    assert world.other_member.first_name == "Lee"
    assert not Membership.objects.filter(user=world.other_member, center__slug="essex").exists()


def test_a_record_is_never_rewritten(world: World) -> None:
    session = make_held(world.trainer, world.member)
    row = session.attendances.get()
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        Attendance.objects.filter(pk=row.pk).update(minutes=1)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        row.delete()
    assert "training.Attendance" in insert_only.INSERT_ONLY


def test_a_correction_is_a_row_of_its_own_with_a_reason(world: World) -> None:
    session = make_held(world.trainer, world.member)
    first = session.attendances.get()
    new = attendance.correct(
        first, [stretch(session, 0, 20)], reason=Reason.LEFT_EARLY, by=world.trainer
    )
    assert (new.supersedes, new.minutes, new.reason) == (first, 20, "left_early")
    assert list(session.attendances.current()) == [new]
    again = attendance.correct(
        new, [stretch(session, 0, 20)], reason=Reason.LEFT_EARLY, by=world.trainer
    )
    assert again == new
    with pytest.raises(attendance.Stale):
        attendance.correct(first, [], reason=Reason.NOT_THERE, by=world.trainer)


def test_times_outside_the_session_do_not_count(world: World) -> None:
    session = make_held(world.trainer, world.member)
    row = attendance.correct(
        session.attendances.get(),
        [stretch(session, -30, 10), stretch(session, 55, 200)],
        reason=Reason.LEFT_EARLY,
        by=world.trainer,
    )
    assert row.minutes == 15


def test_settling_completes_those_there_long_enough_and_once(world: World) -> None:
    short, exact = UserFactory(center="essex"), UserFactory(center="essex")
    session = make_held(world.trainer, world.member, minutes=60)
    be_there(session, short, 47)
    be_there(session, exact, 48)
    attendance.settle(session, by=world.trainer)
    attendance.settle(session, by=world.trainer)
    assert standing(session) == {world.member.pk, exact.pk}
    row = Completion.objects.get(person=world.member)
    assert (row.minutes, row.source, row.title) == (60, "live", session.title)
    assert row.completed_at == session.ends_at
    assert row.center == Center.objects.get(slug="essex")


def test_nothing_is_credit_before_the_end_or_by_others(world: World) -> None:
    session = make_session(world.trainer, days=-0.01)
    with pytest.raises(attendance.TooEarly):
        attendance.settle(session, by=world.trainer)
    held = make_held(world.trainer, world.member)
    with pytest.raises(PermissionDenied):
        attendance.settle(held, by=world.coordinator)


def test_the_center_is_that_of_the_day(world: World) -> None:
    session = make_held(world.trainer, world.member, days=-40)
    Membership.objects.filter(user=world.member).update(
        starts_on=date(2020, 1, 1), ends_on=timezone.localdate() - timedelta(days=20)
    )
    Membership.objects.create(user=world.member, center=Center.objects.get(slug="bristol"))
    attendance.settle(session, by=world.trainer)
    assert Completion.objects.get().center == Center.objects.get(slug="essex")


def test_a_correction_after_settling_is_followed(world: World) -> None:
    session = make_held(world.trainer, world.member, minutes=20)
    session_credit.say(session, worth("csec-mdt-14"), by=world.trainer)
    attendance.settle(session, by=world.trainer)
    assert standing(session) == set()
    row = attendance.correct(
        session.attendances.get(),
        [stretch(session, 0, 60)],
        reason=Reason.WAS_THERE,
        by=world.trainer,
    )
    assert standing(session) == {world.member.pk}
    assert CreditAward.objects.standing().count() == 1
    outbox.deliver_all()
    certificate = Certificate.objects.get()
    gone = attendance.correct(row, [], reason=Reason.NOT_THERE, by=world.trainer)
    certificate.refresh_from_db()
    assert standing(session) == set()
    assert certificate.revoked_at is not None
    assert CreditAward.objects.standing().count() == 0
    attendance.correct(
        gone, [stretch(session, 0, 59)], reason=Reason.WRONG_PERSON, by=world.trainer
    )
    assert standing(session) == {world.member.pk}
    assert Completion.objects.count() == 2


def test_a_session_that_ends_after_midnight_counts(world: World) -> None:
    late = timezone.localtime().replace(hour=23, minute=30) - timedelta(days=2)
    session = make_held(world.trainer, world.member, starts_at=late)
    session_credit.say(session, worth("csec-mdt-14"), by=world.trainer)
    attendance.settle(session, by=world.trainer)
    assert CreditAward.objects.standing().get().activity_on == timezone.localdate(session.ends_at)


def test_a_correction_that_changes_no_verdict_keeps_the_completion(world: World) -> None:
    session = make_held(world.trainer, world.member)
    attendance.settle(session, by=world.trainer)
    row = Completion.objects.get()
    attendance.correct(
        session.attendances.get(),
        [stretch(session, 5, 60)],
        reason=Reason.LEFT_EARLY,
        by=world.trainer,
    )
    assert Completion.objects.standing().get() == row


def test_a_merged_account_that_was_there_twice_completes_once(world: World) -> None:
    other = UserFactory(center="essex")
    session = make_held(world.trainer, world.member, other)
    PersonAlias.objects.create(alias=other, person=world.member, merged_by=world.manager)
    attendance.settle(session, by=world.trainer)
    assert standing(session) == {world.member.pk}


def test_what_it_counts_for_is_said_until_it_is_settled(world: World) -> None:
    session = make_held(world.trainer, world.member)
    session_credit.say(session, worth("csec-mdt-14", pause_minutes=15), by=world.trainer)
    session.refresh_from_db()
    assert (session.counted_minutes, session.needed_minutes) == (45, 48)
    attendance.settle(session, by=world.trainer)
    award = CreditAward.objects.get(rule__slug="csec-mdt-14")
    assert (award.minutes, award.topics) == (45, ["trauma"])
    with pytest.raises(session_credit.SessionSettled):
        session_credit.say(session, worth(), by=world.trainer)


def test_a_session_counts_for_nothing_that_nobody_said(world: World) -> None:
    """Modules count by themselves under some rules; a session only where its trainer says so."""
    session = make_held(world.trainer, world.member)
    attendance.settle(session, by=world.trainer)
    assert not CreditAward.objects.exists()
    assert transcript.of(world.member).total.minutes == 60


def test_a_trainer_neither_chooses_nor_removes_a_licence(world: World) -> None:
    session = make_session(world.trainer)
    session_credit.say(session, worth("licsw", approval_number="NASW-1"), by=world.manager)
    assert not session_credit.rules_for(world.trainer).filter(slug="licsw").exists()
    session_credit.say(session, worth("csec-mdt-14"), by=world.trainer)
    assert set(session.offers.values_list("rule__slug", flat=True)) == {"licsw", "csec-mdt-14"}


def test_a_competency_that_it_covers_counts_for_the_twelve(world: World) -> None:
    advocate = UserFactory(center="essex", discipline=Discipline.objects.get(slug="cac-advocate"))
    session = make_held(world.trainer, advocate)
    said = worth("advocate-initial", topics=["victims-rights", "child-development", "trauma"])
    session_credit.say(session, said, by=world.manager)
    attendance.settle(session, by=world.trainer)
    need = next(n for n in needs.of(advocate) if n.rule.slug == "advocate-initial")
    covered = next(p for p in need.standing.progress if p.clause.kind == "distinct")
    assert (covered.have, covered.needed) == (2, 12)


def test_credit_waits_for_the_evaluation_where_it_must(world: World) -> None:
    session = make_held(world.trainer, world.member)
    session_credit.say(session, worth("csec-mdt-14", needs_evaluation=True), by=world.trainer)
    attendance.settle(session, by=world.trainer)
    assert not CreditAward.objects.exists()
    line = transcript.of(world.member, with_credit=True).lines[0]
    assert [entry.state for entry in line.credit] == ["evaluation"]
    assert evaluations.give_of_session(world.member, session, said=SAID)
    award = CreditAward.objects.get()
    assert timezone.localtime(award.awarded_at).day == 1 or award.awarded_at == session.ends_at


def test_the_certificate_says_live_and_names_the_trainer(world: World) -> None:
    session = make_held(world.trainer, world.member)
    session_credit.say(session, worth("csec-mdt-14"), by=world.trainer)
    attendance.settle(session, by=world.trainer)
    outbox.deliver_all()
    row = Certificate.objects.get()
    assert row.is_ready
    assert row.pdf_standard == "ua-1"
    assert row.content["module_title"] == session.title
    assert row.content["live"] == {"mode": "Online", "trainer": world.trainer.name}
    assert row.content["objectives"] == ["Name one."]


def test_a_licence_hears_nothing_without_its_approval_on_the_day(world: World) -> None:
    session = make_held(world.trainer, world.member)
    needs.name_licence(world.member, rule("licsw"), cycle_ends_on=date(2027, 6, 30))
    session_credit.say(session, worth("licsw", approval_number="NASW-1"), by=world.manager)
    attendance.settle(session, by=world.trainer)
    award = CreditAward.objects.get(rule__slug="licsw")
    assert (award.approval_number, award.minutes) == ("NASW-1", 60)


@pytest.mark.django_db(transaction=True)
def test_checking_in_ten_times_at_once_makes_one_record(world: World) -> None:
    session = make_session(world.trainer, days=-0.001)
    work = lambda: attendance.check_in(world.member, session, "123456")  # noqa: E731
    assert side_by_side(*[work] * 10) == []
    assert Attendance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_settling_and_correcting_at_once_ends_alike(world: World) -> None:
    session = make_held(world.trainer, world.member, minutes=20)
    row = session.attendances.get()
    whole = [stretch(session, 0, 60)]
    fix = lambda: attendance.correct(row, whole, reason=Reason.WAS_THERE, by=world.trainer)  # noqa: E731
    settle = lambda: attendance.settle(session, by=world.trainer)  # noqa: E731
    assert side_by_side(settle, fix, settle) == []
    assert standing(session) == {world.member.pk}
    assert Completion.objects.count() == 1
