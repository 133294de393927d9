"""A center's page: who, where, how far the roster is, the protocol, what comes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.people.models import Center, CoordinatorAssignment, Discipline, TownOverride, User
from tests.factories import UserFactory
from tests.training.factories import make_module
from tests.training.learning_factories import complete
from tests.training.protocol_making import make_version
from tests.training.session_factories import make_session
from tests.training.talk_making import make_talk
from tests.world import World
from training import center_page, protocols
from training.models import ProtocolSignOff, ProtocolVersion

pytestmark = pytest.mark.django_db
AT = "/team/centers/essex/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(user: User, at: str = AT) -> str:
    answer = as_(user).get(at)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def essex() -> Center:
    return Center.objects.get(slug="essex")


def test_the_page_says_who_coordinates_since_when(world: World) -> None:
    backup = UserFactory(first_name="Bea", last_name="Kup")
    CoordinatorAssignment.objects.create(user=backup, center=essex(), kind="backup")
    text = shown(world.coordinator)
    assert text.index(world.coordinator.name) < text.index("Bea Kup")
    assert "Coordinator, since" in text
    assert "Nobody coordinates" not in text


def test_a_center_without_a_coordinator_says_so(world: World) -> None:
    CoordinatorAssignment.objects.filter(center=essex()).delete()
    assert "Nobody coordinates this center today" in shown(world.manager)


def test_towns_that_are_overridden_stand_on_both_pages(world: World) -> None:
    row = TownOverride.objects.select_related("center", "county").first()
    assert row is not None
    here = shown(world.manager, f"/team/centers/{row.center.slug}/")
    there = shown(world.manager, f"/team/centers/{row.county.slug}/")
    assert f"{row.town} ({row.county.name} County)" in here
    assert f"{row.town} ({row.center.name})" in there


def test_coverage_is_counted_as_by_hand(world: World) -> None:
    """Three on the Essex roster fall under the yearly rule; one completed a module this year."""
    page, _release = make_module()
    complete(world.member, page)
    people = center_page.roster(world.coordinator, essex())
    assert len(people) == 3
    found = {met.rule.slug: met for met in center_page.coverage(people)}
    annual, initial = found["mdt-annual"], found["csec-mdt-14"]
    assert (annual.people, annual.met, annual.percent) == (3, 1, 33)
    assert (initial.people, initial.met, initial.lapsing) == (3, 0, 0)
    before = center_page.lapses_before()
    lapses = before > timezone.localdate().replace(month=12, day=31)
    assert annual.lapsing == int(lapses)
    text = shown(world.coordinator)
    assert "1 of 3" in text
    link = f"?center={essex().pk}&amp;rule={annual.rule.pk}&amp;before={before.isoformat()}"
    assert f"/team/requirements/{link}" in text
    answer = as_(world.coordinator).get(f"/team/requirements/{link.replace('&amp;', '&')}")
    assert answer.status_code == 200
    assert answer.context["page_obj"].paginator.count == (3 if lapses else 2)


def test_an_empty_roster_has_no_requirement(world: World) -> None:
    text = shown(world.manager, "/team/centers/hampden/")
    assert "No requirement applies yet" in text
    assert "No protocol is recorded" in text


def test_sessions_and_talks_of_the_center_and_statewide_are_three(world: World) -> None:
    for n in range(4):
        make_session(world.trainer, title=f"Coming {n}", days=n + 1)
    make_session(world.trainer, title="Of others", center="bristol", days=0.5)
    make_session(world.trainer, title="Off", days=0.4, cancelled_at=timezone.now())
    make_talk(world.coordinator, title="A talk in Essex")
    make_talk(world.other_coordinator, center="capeislands", title="Elsewhere")
    text = shown(world.coordinator)
    assert all(f"Coming {n}" in text for n in range(3))
    for gone in ("Coming 3", "Of others", "Off<", "Elsewhere"):
        assert gone not in text
    assert "A talk in Essex" in text


def test_a_version_is_recorded_signed_and_its_review_moved(world: World) -> None:
    client, today = as_(world.coordinator), timezone.localdate()
    said = {
        "version": "3.1",
        "adopted_on": (today - timedelta(days=20)).isoformat(),
        "review_by": (today + timedelta(days=30)).isoformat(),
        "changes": "Calls go to one number.\n\nMeetings are weekly.",
    }
    text = client.post(f"{AT}protocol/new/", said, follow=True).content.decode()
    assert "<li>Calls go to one number.</li><li>Meetings are weekly.</li>" in text
    assert "Review due soon" in text
    row = ProtocolVersion.objects.get()
    assert row.recorded_by == world.coordinator
    signed = {"agency": "DCF area office", "signed_on": today.isoformat()}
    text = client.post(f"{AT}protocol/{row.pk}/sign/", signed, follow=True).content.decode()
    assert "DCF area office, " in text
    later = {"review_by": (today + timedelta(days=200)).isoformat(), "version": "9"}
    text = client.post(f"{AT}protocol/{row.pk}/review/", later, follow=True).content.decode()
    assert "Review due soon" not in text
    assert ProtocolVersion.objects.get().version == "3.1"
    sign_off = ProtocolSignOff.objects.get()
    text = client.post(f"{AT}sign-offs/{sign_off.pk}/take-back/", follow=True).content.decode()
    assert "DCF area office, " not in text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"version": ""}, "This field is required"),
        ({"adopted_on": "2999-01-01"}, "a day that has come"),
        ({"adopted_on": "1999-01-01"}, "too long ago"),
        ({"review_by": "2020-01-01"}, "before the version was adopted"),
        ({"review_by": "2999-01-01"}, "too far ahead"),
        ({"changes": "Call 978-555-0142"}, "Not saved: 1 thing to settle"),
        ({"version": "1.0"}, "recorded already"),
    ],
)
def test_what_is_not_understood_is_told_and_kept(
    world: World, changes: dict[str, str], told: str
) -> None:
    make_version(world.coordinator)
    today = timezone.localdate()
    said = {
        "version": "A name of its own",
        "adopted_on": (today - timedelta(days=9)).isoformat(),
        "review_by": (today + timedelta(days=99)).isoformat(),
        "changes": "",
        **changes,
    }
    answer = as_(world.coordinator).post(f"{AT}protocol/new/", said)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert ProtocolVersion.objects.count() == 1


def test_a_sign_off_names_no_day_to_come_and_no_person(world: World) -> None:
    row = make_version(world.coordinator)
    client, at = as_(world.coordinator), f"{AT}protocol/{row.pk}/sign/"
    for said, told in (
        ({"agency": "DCF", "signed_on": "2999-01-01"}, "a day that has come"),
        ({"agency": "Call 978-555-0142", "signed_on": "2025-01-01"}, "thing to settle"),
    ):
        assert told in client.post(at, said).content.decode()
    assert not ProtocolSignOff.objects.exists()


def test_the_review_of_an_older_version_is_left_where_it_is(world: World) -> None:
    old = make_version(world.coordinator, adopted=-900, review=-500)
    make_version(world.coordinator, version="2.0")
    later = {"review_by": (timezone.localdate() + timedelta(days=9)).isoformat()}
    answer = as_(world.coordinator).post(f"{AT}protocol/{old.pk}/review/", later, follow=True)
    assert "a newer version holds" in answer.content.decode()
    assert "Version 1.0, adopted" in answer.content.decode()
    assert ProtocolVersion.objects.get(pk=old.pk).review_by == old.review_by


def test_another_centers_rows_are_not_there_under_ones_own(world: World) -> None:
    row = make_version(world.other_coordinator, center="capeislands")
    signed = protocols.sign(row, agency="DCF", signed_on=row.adopted_on, by=world.other_coordinator)
    client = as_(world.coordinator)
    for at in (f"{AT}protocol/{row.pk}/sign/", f"{AT}protocol/{row.pk}/review/"):
        assert client.get(at).status_code == 404
    assert client.post(f"{AT}sign-offs/{signed.pk}/take-back/").status_code == 404
    assert client.get("/team/centers/capeislands/").status_code == 404
    assert client.get("/team/centers/nowhere/").status_code == 404
    assert client.get(f"{AT}sign-offs/{signed.pk}/take-back/").status_code == 405


def test_the_list_has_the_own_centers_with_their_alarm(world: World) -> None:
    make_version(world.coordinator, review=-2)
    text = shown(world.coordinator, "/team/centers/")
    assert "Essex County center" in text
    assert "Review day passed" in text
    assert "Bristol" not in text
    everything = shown(world.manager, "/team/centers/")
    assert everything.count("No protocol is recorded") == 11


def test_the_home_pages_tell_of_alarms(world: World) -> None:
    assert "No protocol is recorded" in shown(world.coordinator, "/")
    assert "12 centers have no protocol on record" in shown(world.manager, "/")
    make_version(world.coordinator)
    text = shown(world.coordinator, "/")
    assert AT in text
    assert "No protocol is recorded" not in text
    assert "11 centers have no protocol on record" in shown(world.manager, "/")


def test_both_pages_cost_the_same_at_any_size(
    world: World, django_assert_max_num_queries: Any
) -> None:
    page, _release = make_module()
    client, disciplines = as_(world.manager), list(Discipline.objects.all())
    counted = []
    for size in (2, 30):
        for n in range(size):
            person = UserFactory(center="essex", discipline=disciplines[n % len(disciplines)])
            if n % 2:
                complete(person, page)
            row = make_version(world.manager, version=f"{size}.{n}", adopted=-900 + n)
            protocols.sign(row, agency=f"Agency {n}", signed_on=row.adopted_on, by=world.manager)
            make_talk(world.coordinator)
            make_session(world.trainer, center="essex")
        costs = []
        for at in ("/team/centers/", AT):
            client.get(at)
            with django_assert_max_num_queries(30) as queries:
                client.get(at)
            costs.append(len(queries))
        counted.append(costs)
    assert counted[0] == counted[1]
