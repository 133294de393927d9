"""Join and leave times of an online meeting give the minutes computed by hand, once."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from portal.people.models import User
from tests.factories import UserFactory
from tests.training.session_factories import be_there, fill, make_session
from tests.world import World
from training import attendance, meeting_import, meeting_times
from training.models import Attendance, LiveSession

pytestmark = pytest.mark.django_db
EASTERN = ZoneInfo("America/New_York")
DAY = date(2026, 3, 10)
# A session of 10:00 to 11:30. By hand, within it:
# Dana   10:00:00-10:40:00 and 10:35:00-11:10:00 on a second device, back 11:20:00-11:30:00
#        = 70 + 10 = 80 min (the lobby from 9:50 and the talk after 11:30 do not count)
# Kim    as "iPhone of Kim" 10:05:30-10:30:00, renamed to "Kim Rowe" 10:30:20-11:00:10
#        = 24:30 + 29:50 = 54 min (54:20)
# Sasha  by telephone 10:10:00-11:25:00 = 75 min
# Ana and Bo on one screen 10:02:00-11:30:00 = 88 min each
REPORT = """Topic,Meeting ID,Host
Live training,811 2233 4455,Trainer

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Dana Ortiz,dana.ortiz@example.org,03/10/2026 09:50:00 AM,03/10/2026 10:40:00 AM,50,Yes
Dana Ortiz,dana.ortiz@example.org,03/10/2026 10:35:00 AM,03/10/2026 11:10:00 AM,35,Yes
Dana Ortiz,dana.ortiz@example.org,03/10/2026 11:20:00 AM,03/10/2026 11:45:00 AM,25,Yes
iPhone of Kim,,03/10/2026 10:05:30 AM,03/10/2026 10:30:00 AM,25,Yes
Kim Rowe (iPhone of Kim),,03/10/2026 10:30:20 AM,03/10/2026 11:00:10 AM,30,Yes
16175550143,,03/10/2026 10:10:00 AM,03/10/2026 11:25:00 AM,75,Yes
Ana Silva & Bo Tran,,03/10/2026 10:02:00 AM,03/10/2026 11:30:00 AM,88,Yes
Unknown Guest,,03/10/2026 10:00:00 AM,,,Yes
"""


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(DAY, time(hour, minute), EASTERN)


@pytest.fixture
def session(world: World) -> LiveSession:
    return make_session(world.trainer, starts_at=at(10), minutes=90)


@pytest.fixture
def people(session: LiveSession) -> dict[str, User]:
    named = {
        "dana": UserFactory(
            first_name="Dana", last_name="Ortiz", email="dana.ortiz@example.org", center="essex"
        ),
        "kim": UserFactory(first_name="Kim", last_name="Rowe", center="essex"),
        "sasha": UserFactory(first_name="Sasha", last_name="Vance", center="essex"),
        "ana": UserFactory(first_name="Ana", last_name="Silva", center="essex"),
        "bo": UserFactory(first_name="Bo", last_name="Tran", center="essex"),
    }
    fill(session, *named.values())
    return named


def minutes(session: LiveSession) -> dict[str, int]:
    rows = session.attendances.current().select_related("person")
    return {row.person.first_name: row.minutes for row in rows}


def test_the_minutes_are_those_computed_by_hand(
    world: World, session: LiveSession, people: dict[str, User]
) -> None:
    report = meeting_import.read(REPORT, session)
    assert [match.how for match in report.matches] == ["email", "name", "unknown", "together"]
    assert [line.number for line in report.faults] == [12]
    assert not Attendance.objects.exists()
    phone = report.unknown[0].group
    assert phone.is_phone
    choices = {phone.key: [str(people["sasha"].pk)]}
    done = meeting_import.write(REPORT, session, choices=choices, by=world.trainer)
    assert done.changes == 5
    assert minutes(session) == {"Dana": 80, "Kim": 54, "Sasha": 75, "Ana": 88, "Bo": 88}


def test_a_second_time_changes_nothing(
    world: World, session: LiveSession, people: dict[str, User]
) -> None:
    phone = meeting_import.read(REPORT, session).unknown[0].group.key
    choices = {phone: [str(people["sasha"].pk)]}
    meeting_import.write(REPORT, session, choices=choices, by=world.trainer)
    before = list(Attendance.objects.values_list("pk", "intervals"))
    done = meeting_import.write(REPORT, session, choices=choices, by=world.trainer)
    assert done.changes == 0
    assert {outcome.does for outcome in done.outcomes} == {"nothing"}
    assert list(Attendance.objects.values_list("pk", "intervals")) == before


def test_what_was_corrected_by_hand_is_kept(
    world: World, session: LiveSession, people: dict[str, User]
) -> None:
    meeting_import.write(REPORT, session, choices={}, by=world.trainer)
    row = session.attendances.current().get(person=people["kim"])
    attendance.correct(row, [], reason=Attendance.Reason.NOT_THERE, by=world.trainer)
    done = meeting_import.write(REPORT, session, choices={}, by=world.trainer)
    assert next(o for o in done.outcomes if o.person == people["kim"]).does == "by_hand"
    assert minutes(session)["Kim"] == 0


def test_the_meetings_times_replace_a_check_in_online_but_not_one_in_the_room(
    world: World, session: LiveSession, people: dict[str, User]
) -> None:
    be_there(session, people["kim"])
    LiveSession.objects.filter(pk=session.pk).update(mode="hybrid")
    session.refresh_from_db()
    kept = meeting_import.read(REPORT, session)
    assert next(o for o in kept.outcomes if o.person == people["kim"]).does == "in_room"
    LiveSession.objects.filter(pk=session.pk).update(mode="virtual")
    session.refresh_from_db()
    meeting_import.write(REPORT, session, choices={}, by=world.trainer)
    row = session.attendances.current().get(person=people["kim"])
    assert (row.minutes, row.reason, row.supersedes is not None) == (54, "meeting_times", True)


def test_somebody_unknown_is_put_on_the_roster_by_the_email_once(
    world: World, session: LiveSession
) -> None:
    text = (
        "Name,Email,Join Time,Leave Time\n"
        "Noor Walker,noor.walker@example.org,2026-03-10 10:00:00,2026-03-10 10:50:59\n"
    )
    match = meeting_import.read(text, session).unknown[0]
    assert match.may_be_new
    choices = {match.group.key: ["new"]}
    for _ in range(2):
        meeting_import.write(text, session, choices=choices, by=world.trainer)
    person = User.objects.get(email="noor.walker@example.org")
    assert (person.first_name, person.last_name) == ("Noor", "Walker")
    assert [row.minutes for row in Attendance.objects.filter(person=person)] == [50]


def test_a_private_address_and_what_was_left_out_make_nobody(
    world: World, session: LiveSession
) -> None:
    text = (
        "Name,Email,Join Time,Leave Time\n"
        "Pat Home,pat.home@gmail.com,2026-03-10 10:00:00,2026-03-10 11:00:00\n"
    )
    match = meeting_import.read(text, session).unknown[0]
    for chosen in (["new"], ["skip"], ["999999"], []):
        meeting_import.write(text, session, choices={match.group.key: chosen}, by=world.trainer)
    assert not Attendance.objects.exists()
    assert not User.objects.filter(email="pat.home@gmail.com").exists()


def test_two_people_of_one_name_are_asked_about(world: World, session: LiveSession) -> None:
    fill(session, *(UserFactory(first_name="Kim", last_name="Rowe") for _ in range(2)))
    text = "Name,Join Time,Leave Time\nKim Rowe,2026-03-10 10:00:00,2026-03-10 11:00:00\n"
    assert [match.how for match in meeting_import.read(text, session).matches] == ["unknown"]


def test_teams_report_is_read_by_its_last_table(
    world: World, session: LiveSession, people: dict[str, User]
) -> None:
    report = (
        "1. Summary\nMeeting title\tLive training\n\n"
        "2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\n"
        "Dana Ortiz\t3/10/26, 10:00:00 AM\t3/10/26, 11:30:00 AM\t1h\tdana.ortiz@example.org\n\n"
        "3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\n"
        "Dana Ortiz\t3/10/26, 10:00:00 AM\t3/10/26, 10:20:00 AM\t20m\tdana.ortiz@example.org\n"
        "Dana Ortiz\t3/10/26, 11:00:00 AM\t3/10/26, 11:30:00 AM\t30m\tdana.ortiz@example.org\n"
    )
    text = meeting_times.decode(report.encode("utf-16"))
    meeting_import.write(text, session, choices={}, by=world.trainer)
    assert minutes(session) == {"Dana": 50}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "names the columns"),
        ("a,b\n1,2\n", "names the columns"),
        ("Name,Join Time,Leave Time\n", "empty"),
        ("Name\0,Join Time,Leave Time\n", "no CSV"),
        ("Name,Join Time,Leave Time\n" + "A,1,2\n" * 5001, "5,000"),
    ],
)
def test_a_file_that_is_no_report_says_why(session: LiveSession, text: str, why: str) -> None:
    with pytest.raises(meeting_times.Unreadable, match=why):
        meeting_import.read(text, session)


def test_times_are_eastern_over_the_change_of_clocks() -> None:
    summer = meeting_times.moment("03/08/2026 03:30:00 AM")
    assert summer is not None
    assert summer.astimezone(UTC) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert meeting_times.moment("yesterday") is None


def test_the_page_shows_all_before_it_writes(
    world: World, session: LiveSession, people: dict[str, User]
) -> None:
    client = Client()
    client.force_login(world.trainer)
    path = f"/training/sessions/{session.pk}/meeting/"
    shown = client.post(path, {"text": REPORT})
    text = shown.content.decode()
    assert "Nobody yet" in text
    assert "It ends before it begins" not in text
    assert "The join or the leave time cannot be read." in text
    assert not Attendance.objects.exists()
    report = shown.context["report"]
    number = report.matches.index(report.unknown[0]) + 1
    posted = {
        "text": REPORT,
        "act": "write",
        f"group-{number}": report.unknown[0].group.key,
        f"who-{number}": [str(people["sasha"].pk)],
    }
    assert "Done." in client.post(path, posted).content.decode()
    assert minutes(session)["Sasha"] == 75
    refused = client.post(path, {"text": "nothing"})
    assert refused.status_code == 422
    assert "Nothing was read" in refused.content.decode()


def test_a_report_is_read_only_of_a_session_that_began(world: World) -> None:
    client = Client()
    client.force_login(world.trainer)
    coming = make_session(world.trainer, starts_at=timezone.now() + timedelta(days=1))
    assert client.get(f"/training/sessions/{coming.pk}/meeting/").status_code == 404
