"""What a pack says equals what somebody counts by hand from the raw rows."""

import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from portal.people import merging
from portal.people.models import Center, Discipline, Membership, PersonAlias, User
from tests.training import learning_factories as make
from tests.training import pack_making as packing
from tests.training.credit_making import again, offer
from tests.training.pack_making import MARCH, SINCE, UNTIL, csv_rows, sheet_rows
from tests.world import World
from training import completions, needs, pack_reading, pack_tables
from training.models import (
    AccreditationPack,
    Attendance,
    Completion,
    CompletionAnnulment,
    CreditOffer,
    LiveSession,
    ModulePage,
    OutsideTraining,
    ProtocolSignOff,
    ProtocolVersion,
    RequirementRule,
)
from training.pack_content import Content, total

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
EASTERN = ZoneInfo("America/New_York")


@pytest.fixture
def modules(db: None) -> list[ModulePage]:
    return [make.make_release(code, lessons=1)[0] for code in ("F01", "F02", "F03")]


@pytest.fixture
def team(world: World, modules: list[ModulePage]) -> World:
    """Every way in which a completion counts, and every way in which it does not."""
    for person in (world.member, world.coordinator, world.trainer):
        packing.belong(person)
    one, two, three = modules
    packing.complete(world.member, one)
    # Half past eleven at night in Boston on the last day, and on the day before the first.
    packing.complete(world.member, two, datetime(2026, 7, 1, 3, 30, tzinfo=UTC))
    packing.complete(world.member, three, datetime(2026, 1, 1, 4, 30, tzinfo=UTC))
    wrong = packing.complete(world.coordinator, one)
    completions.annul(completion=wrong, reason="error", by=world.manager)
    packing.complete(world.coordinator, two)
    session = packing.session_at(world.trainer, minutes=90, pause_minutes=15, topics=["trauma"])
    packing.attend(session, world.member, 90)
    packing.attend(session, world.coordinator, 80)
    packing.elsewhere(world.member, world.manager, topics=["trauma", "online"])
    # A second account of the member: one module twice, one that only it has, one session twice.
    alias = packing.belong(make.learner(last_name="Second"), until=date(2025, 12, 1))
    packing.complete(alias, one, MARCH + DAY)
    packing.complete(alias, modules[2], MARCH + 2 * DAY)
    packing.attend(session, alias, 70)
    PersonAlias.objects.create(alias=alias, person=world.member, merged_by=world.manager)
    # Left within the range, left before it, and never here.
    left = packing.belong(make.learner(last_name="Left"), until=date(2026, 4, 1))
    packing.complete(left, one)
    gone = packing.belong(make.learner(last_name="Gone"), until=date(2025, 12, 31))
    packing.complete(gone, one)
    packing.complete(packing.belong(world.other_member), one)
    world.things.update(alias=alias, left=left, gone=gone, session=session)
    return world


def recount(center: Center, since: date, until: date) -> Counter[int]:
    """Count by hand: row by row, no code of the portal but its tables."""
    merged = {row.alias_id: row.person_id for row in PersonAlias.objects.filter(undone_at=None)}
    people = set()
    for membership in Membership.objects.filter(center=center):
        begins, ends = membership.starts_on, membership.ends_on
        if begins <= until and (ends is None or ends >= since):
            people.add(merged.get(membership.user_id, membership.user_id))
    annulled = {row.completion_id for row in CompletionAnnulment.objects.all()}
    minutes: Counter[int] = Counter(dict.fromkeys(people, 0))
    counted = set()
    for row in Completion.objects.order_by("completed_at", "pk"):
        person = merged.get(row.person_id, row.person_id)
        if person not in people or row.pk in annulled:
            continue
        if row.attendance is not None:
            what: object = ("session", row.attendance.session_id)
        elif row.enrolment is not None:
            what = ("module", row.module_id, row.enrolment.cycle)
        else:
            what = ("paper", row.outside_id)
        if (person, what) in counted:
            continue
        counted.add((person, what))
        if since <= row.completed_at.astimezone(EASTERN).date() <= until:
            minutes[person] += row.minutes
    return minutes


def read(world: World, since: date = SINCE, until: date = UNTIL) -> Content:
    pack = AccreditationPack(
        center=packing.essex(), since=since, until=until, asked_by=world.coordinator
    )
    return pack_reading.read(pack)


def test_the_hours_equal_the_sum_recounted_from_the_raw_rows(team: World) -> None:
    wanted = recount(packing.essex(), SINCE, UNTIL)
    names = {user.pk: user.name for user in User.objects.filter(pk__in=wanted)}
    by_name = {names[pk]: minutes for pk, minutes in wanted.items()}
    assert len(by_name) == len(wanted) == 4
    assert by_name["Robin Member"] > 300
    content = read(team)
    assert {m.name: total(content.by_person[m.pk]) for m in content.members} == by_name

    pack = packing.made(team.coordinator)
    everything = sum(wanted.values())
    assert pack.facts["minutes"] == everything
    assert sum(pack.facts["sources"].values()) == everything
    assert {row["Name"]: row["Minutes"] for row in sheet_rows(pack, "Roster")} == by_name
    assert {row["Name"]: int(row["Minutes"]) for row in csv_rows(pack, "2-roster")} == by_name
    for rows in (sheet_rows(pack, "Hours"), csv_rows(pack, "3-hours")):
        found: Counter[object] = Counter(dict.fromkeys(by_name, 0))
        for row in rows:
            found[row["Name"]] += int(str(row["Minutes"]))
        assert found == by_name
    cover = {row["What"]: row["Value"] for row in sheet_rows(pack, "Cover")}
    assert cover["Minutes"] == everything
    assert cover["Hours"] == int(everything / 60 * 100) / 100
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(packing.stored(pack, "pdf"))).pages
    )
    assert f"Minutes {everything}" in " ".join(text.split())
    assert f"Robin Member: {by_name['Robin Member']} min" in " ".join(text.split())


def test_days_are_those_of_boston(team: World) -> None:
    days = {each.title[:3]: each.day for each in read(team).by_person[team.member.pk]}
    assert days["F02"] == UNTIL
    # At half past four on 1 January, UTC, it was still the 31st; the alias has it in March.
    assert "F03" not in days
    assert {each.day for each in read(team).earlier} == {date(2025, 12, 31)}


def test_what_two_accounts_hold_counts_once_and_the_alias_stands_nowhere(team: World) -> None:
    content = read(team)
    assert "Second" not in " ".join(member.name for member in content.members)
    mine = [each.title for each in content.by_person[team.member.pk]]
    assert len([title for title in mine if title.startswith("F01")]) == 1
    assert mine.count("Words that protect") == 1
    [sheet] = content.sheets
    assert [p.minutes for p in sheet.people if p.person == team.member.pk] == [90]


def test_the_same_module_in_a_later_cycle_counts_again(
    world: World, modules: list[ModulePage]
) -> None:
    packing.belong(world.member)
    first = packing.complete(world.member, modules[0])
    again(first, MARCH + 40 * DAY)
    assert total(read(world).by_person[world.member.pk]) == 2 * first.minutes


def test_who_left_is_marked_with_the_last_day_and_who_left_before_is_not_there(
    team: World,
) -> None:
    members = {member.pk: member for member in read(team).members}
    left = members[team.things["left"].pk]
    assert (left.until, left.has_left) == (date(2026, 4, 1), True)
    assert (members[team.member.pk].until, members[team.member.pk].has_left) == (None, False)
    assert team.things["gone"].pk not in members
    assert team.other_member.pk not in members


def test_a_real_merge_leaves_the_sums_as_they_were(world: World, modules: list[ModulePage]) -> None:
    packing.belong(world.member)
    second = packing.belong(make.learner())
    packing.complete(second, modules[0])
    before = read(world).minutes
    merging.merge(second, world.member, by=world.manager)
    after = read(world)
    assert (after.minutes, total(after.by_person[world.member.pk])) == (before, before)


def test_a_training_of_two_topics_stands_under_both_and_the_total_is_true(team: World) -> None:
    content = read(team)
    [table] = [table for table in pack_tables.of(content) if table.key == "topics"]
    row = dict(zip(table.header, table.rows[_place(content, team.member)], strict=True))
    assert row["Online exploitation"] == 300
    assert row["Trauma and coercion"] == 375
    assert row["Total minutes"] == total(content.by_person[team.member.pk])
    assert row["No topic named"] == row["Total minutes"] - 375


def _place(content: Content, person: User) -> int:
    return [member.pk for member in content.members].index(person.pk)


def test_a_sign_in_sheet_has_who_was_there_by_the_current_record(team: World) -> None:
    session = team.things["session"]
    early = Attendance.objects.get(session=session, person=team.coordinator)
    Attendance.objects.create(
        session=session,
        person=team.coordinator,
        minutes=30,
        source=Attendance.Source.LIST,
        recorded_by=team.trainer,
        supersedes=early,
        reason=Attendance.Reason.LEFT_EARLY,
    )
    packing.attend(session, team.trainer, 0, counts=False)
    packing.attend(session, team.other_member, 90, counts=False)
    [sheet] = read(team).sheets
    there = {presence.person: presence for presence in sheet.people}
    assert set(there) == {team.member.pk, team.coordinator.pk}
    assert (there[team.coordinator.pk].minutes, there[team.coordinator.pk].is_enough) == (30, False)
    assert (there[team.member.pk].known, there[team.member.pk].is_enough) == (
        "The trainer's list",
        True,
    )
    assert (sheet.needed, sheet.is_settled) == (72, False)


def test_a_cancelled_session_and_one_of_strangers_have_no_sheet(team: World) -> None:
    session = packing.session_at(team.trainer, MARCH + DAY)
    packing.attend(session, team.other_member, counts=False)
    off = packing.session_at(team.trainer, MARCH + 2 * DAY, cancelled_at=MARCH)
    packing.attend(off, team.member, counts=False)
    assert [sheet.session for sheet in read(team).sheets] == [team.things["session"].pk]


def test_requirements_are_as_of_the_last_day_and_a_licence_is_never_there(
    world: World, modules: list[ModulePage]
) -> None:
    packing.belong(world.member)
    rule = RequirementRule.objects.get(slug="licsw")
    needs.name_licence(world.member, rule, cycle_ends_on=date(2027, 6, 15))
    offer(modules[0])
    packing.complete(world.member, modules[0], MARCH)
    packing.complete(world.member, modules[1], MARCH + 200 * DAY)
    content = read(world)
    mine = {each.rule: each for each in content.demands if each.person == world.member.pk}
    assert rule.name not in mine
    csec = mine["CSEC training of the team, 14 hours"]
    first = Completion.objects.get(person=world.member, module=modules[0]).minutes
    assert (csec.have, csec.needed, csec.is_met) == (first, 840, False)
    assert csec.missing == (f"CSEC training: {840 - first} min",)
    assert csec.rule in content.unverified
    text = str([table.rows for table in pack_tables.of(content)])
    assert rule.name not in text


def test_competencies_are_covered_by_topic_and_by_credit_with_training_and_day(
    world: World,
) -> None:
    packing.belong(world.member)
    world.member.discipline = Discipline.objects.get(slug="cac-advocate")
    world.member.save()
    world.trainer.discipline = Discipline.objects.get(slug="medical")
    world.trainer.save()
    packing.belong(world.trainer)
    early = packing.session_at(world.trainer, MARCH - 200 * DAY, topics=["victims-rights"])
    packing.attend(early, world.member)
    packing.elsewhere(world.member, world.manager, topics=["victims-rights", "court-support"])
    packing.elsewhere(world.member, world.manager, MARCH + DAY, topics=["child-development"])
    covered = dict(_advocates(read(world)))[world.member.pk]
    assert set(covered) == {"victims-rights", "court-support", "child-development"}
    assert covered["victims-rights"] == ("Words that protect", date(2025, 8, 22), 2)
    assert covered["court-support"] == ("A day at a conference", date(2026, 3, 10), 1)
    assert world.trainer.pk not in dict(_advocates(read(world)))


def test_credit_covers_what_it_was_awarded_for_whatever_the_session_says_later(
    world: World,
) -> None:
    packing.belong(world.member)
    session = packing.session_at(world.trainer, topics=["victims-rights"])
    CreditOffer.objects.create(
        session=session,
        rule=RequirementRule.objects.get(slug="advocate-initial"),
        category="advocate-competency",
        valid_from=SINCE,
    )
    packing.attend(session, world.member)
    LiveSession.objects.filter(pk=session.pk).update(topics=[])
    covered = dict(_advocates(read(world)))[world.member.pk]
    assert covered == {"victims-rights": ("Words that protect", MARCH.date(), 1)}


def _advocates(content: Content) -> list[tuple[int, dict[str, tuple[str, date, int]]]]:
    return [
        (
            member.pk,
            {
                each.competency: (each.training.title, each.training.day, each.times)
                for each in covered
                if each.training is not None
            },
        )
        for member, covered in content.advocates()
    ]


def test_the_cover_names_the_newest_protocol_and_who_signed_it(team: World) -> None:
    def version(name: str, day: date) -> ProtocolVersion:
        return ProtocolVersion.objects.create(
            center=packing.essex(),
            version=name,
            adopted_on=day,
            review_by=day + 365 * DAY,
            recorded_by=team.manager,
        )

    version("1", date(2023, 1, 1))
    newest = version("2", date(2024, 1, 1))
    for agency, removed in (("The district attorney", None), ("A mistake", MARCH)):
        ProtocolSignOff.objects.create(
            protocol=newest,
            agency=agency,
            signed_on=date(2024, 2, 1),
            recorded_by=team.manager,
            removed_at=removed,
        )
    content = read(team)
    assert content.protocol is not None
    assert (content.protocol.version, content.protocol.adopted_on) == ("2", date(2024, 1, 1))
    assert [each.agency for each in content.protocol.signatures] == ["The district attorney"]
    assert content.gaps["protocol_overdue"] == 1
    assert "no_protocol" not in content.gaps
    cover = dict(pack_tables.cover_lines(content))
    assert "The authority decides" in cover["What this is"]
    assert cover["Counties"] == "Essex"
    assert team.coordinator.name in cover["Coordinators today"]


def test_gaps_are_counted_and_nobody_is_named_in_what_stays(team: World) -> None:
    OutsideTraining.objects.create(
        person=team.member,
        title="Later",
        provider="A college",
        completed_on=date(2026, 5, 1),
        minutes=60,
        way="live",
        name="paper.pdf",
        file="outside/paper",
        key="7b0c1a9e-0000-4000-8000-000000000001",
    )
    content = read(team)
    assert content.gaps["untrained"] == 1  # the trainer
    assert content.gaps["waiting_papers"] == content.gaps["no_protocol"] == 1
    assert content.gaps["unsettled"] == 1
    said = str(content.facts)
    assert not any(member.name in said for member in content.members)


def test_the_number_of_queries_does_not_grow_with_the_roster(
    team: World, modules: list[ModulePage]
) -> None:
    counts = []
    for size in (1, 8):
        for _ in range(size):
            person = packing.belong(make.learner())
            for module in modules:
                packing.complete(person, module)
            packing.attend(team.things["session"], person)
            packing.elsewhere(person, team.manager)
        with CaptureQueriesContext(connection) as queries:
            read(team)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("day", [SINCE, UNTIL])
def test_both_ends_of_the_range_are_in_it(
    world: World, modules: list[ModulePage], day: date
) -> None:
    packing.belong(world.member, since=day, until=day)
    noon = datetime.combine(day, datetime.min.time(), EASTERN) + timedelta(hours=12)
    packing.complete(world.member, modules[0], noon)
    content = read(world)
    assert [member.pk for member in content.members] == [world.member.pk]
    assert content.minutes == recount(packing.essex(), SINCE, UNTIL)[world.member.pk] > 0
