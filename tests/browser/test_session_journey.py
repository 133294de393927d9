"""A live session from its announcement to credit, in a real browser with axe."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.core import outbox
from portal.people.models import User
from tests.world import World, build_world
from training import session_credit
from training.models import Attendance, Certificate, Completion, CreditAward, LiveSession

SignIn = Callable[[User], None]
CheckAxe = Callable[[], None]


@pytest.fixture
def people(transactional_db: None) -> World:
    return build_world()


def announce(page: Page) -> LiveSession:
    page.goto("/training/sessions/new/")
    page.get_by_label("Title").fill("Sharing information at the table")
    page.get_by_label("Day").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    page.get_by_label("Start").fill("10:00")
    page.get_by_label("Length in minutes").fill("60")
    page.get_by_label("In person", exact=True).check()
    page.get_by_label("Place", exact=False).first.fill("Training room, first floor")
    page.get_by_label("Places").fill("1")
    page.get_by_role("button", name="Plan the session").click()
    page.wait_for_url("**/training/sessions/*/")
    return LiveSession.objects.get()


def let_it_begin(session: LiveSession, minutes: float) -> None:
    """Move the session so that it began that long ago, since no test can wait three days."""
    begin = timezone.now() - timedelta(minutes=minutes)
    LiveSession.objects.filter(pk=session.pk).update(starts_at=begin)
    session.refresh_from_db()
    session_credit.follow_day(session)


def test_a_trainer_runs_a_session_from_announcement_to_credit(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    sign_in(people.trainer)
    session = announce(page)
    at = f"/training/sessions/{session.pk}/"
    page.get_by_role("link", name="What it counts for").click()
    page.get_by_label("Confidentiality and sharing information").check()
    page.get_by_label("CSEC training of the team, 14 hours").check()
    page.get_by_label("Learning objectives").fill("Say what may be shared, and with whom.")
    page.get_by_label("Credit waits until").check()
    check_axe()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**{at}")
    expect(page.get_by_text("60 min for CSEC training of the team, 14 hours")).to_be_visible()
    check_axe()

    sign_in(people.member)
    page.goto(at)
    page.get_by_text("What would help you take part").click()
    page.get_by_label("Live captions").check()
    check_axe()
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("You are registered")).to_be_visible()
    sign_in(people.other_member)
    page.goto(at)
    page.get_by_role("button", name="Join the waiting list").click()
    expect(page.get_by_text("You are number 1")).to_be_visible()
    check_axe()

    sign_in(people.trainer)
    page.goto(at)
    expect(page.get_by_role("cell", name="Live captions")).to_be_visible()
    let_it_begin(session, 2)
    page.goto(f"{at}code/")
    check_axe()
    code = page.locator(".room-code__digits").inner_text()

    sign_in(people.member)
    page.goto(at)
    page.get_by_label("The code shown in the room").fill(code)
    check_axe()
    page.get_by_role("button", name="I am here").click()
    expect(page.get_by_text("You are recorded as being there")).to_be_visible()

    sign_in(people.trainer)
    let_it_begin(session, 70)
    page.goto(f"{at}people/")
    page.get_by_label("Lee Other", exact=False).check()
    check_axe()
    page.get_by_role("button", name="Record those ticked").click()
    page.get_by_text("Add somebody who came without registering").click()
    page.get_by_label("First name").fill("Noor")
    page.get_by_role("textbox", name="Last name").fill("Walker")
    page.get_by_label("Work e-mail").fill("noor.walker@example.org")
    page.get_by_role("button", name="Add and record as there").click()
    expect(page.get_by_role("rowheader", name="Noor Walker")).to_be_visible()
    page.get_by_role("row", name="Lee Other").get_by_role("link").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Was not there").check()
    check_axe()
    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_text("Too short")).to_be_visible()
    page.get_by_role("button", name="Make attendance credit").click()
    expect(page.get_by_text("Attendance became credit on")).to_be_visible()
    check_axe()
    assert Completion.objects.count() == 2
    assert CreditAward.objects.count() == 0

    sign_in(people.member)
    page.goto(at)
    page.get_by_role("link", name="Say what it was like").click()
    for group in page.locator("main fieldset").all()[:5]:
        group.get_by_label("Agree", exact=True).check()
    check_axe()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("You have evaluated this session")).to_be_visible()
    assert CreditAward.objects.count() == 1
    outbox.deliver_all()
    assert Certificate.objects.filter(completion__person=people.member).exists()
    page.goto("/me/transcript/")
    expect(page.get_by_text("60 min for CSEC training of the team, 14 hours")).to_be_visible()
    check_axe()
    page.get_by_role("link", name="Open the certificate").click()
    expect(page.get_by_text("took part in the live training session")).to_be_visible()
    check_axe()


def test_a_report_of_the_meeting_is_looked_at_and_written(
    page: Page, people: World, sign_in: SignIn, check_axe: CheckAxe
) -> None:
    begin = (timezone.localtime() - timedelta(days=1)).replace(
        hour=10, minute=0, second=0, microsecond=0
    )
    session = LiveSession.objects.create(
        title="Online hour",
        starts_at=begin,
        minutes=60,
        mode="virtual",
        trainer=people.trainer,
    )
    session.registrations.create(person=people.member, placed_at=begin - timedelta(days=2))
    day = begin.strftime("%m/%d/%Y")
    report = (
        "Name (Original Name),User Email,Join Time,Leave Time\n"
        f"R. Member,{people.member.email},{day} 09:55:00 AM,{day} 10:50:00 AM\n"
        f"16175550143,,{day} 10:00:00 AM,{day} 11:00:00 AM\n"
    )
    sign_in(people.trainer)
    page.goto(f"/training/sessions/{session.pk}/people/")
    page.get_by_role("link", name="Read the join and leave times").click()
    files = [{"name": "report.csv", "mimeType": "text/csv", "buffer": report.encode()}]
    page.get_by_label("Report of the meeting").set_input_files(files)
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("1 connection is nobody yet")).to_be_visible()
    check_axe()
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_label("One person, or several on one screen: 16175550143").select_option("skip")
    page.get_by_role("button", name="Write these records").click()
    expect(page.get_by_text("The same file again would change nothing")).to_be_visible()
    check_axe()
    assert Attendance.objects.get().minutes == 50
