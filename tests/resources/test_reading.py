"""Guidance that must be read: whom it is asked of, saying so, new versions, and who sees what."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import insert_only
from portal.core.models import Event
from portal.people import merging
from portal.people.models import Discipline, User
from resources import policies, reading, reading_reminders, reading_state
from resources.models import Acknowledgement, GuidanceVersion, ReadingReminder, ResourcePage
from tests.factories import UserFactory
from tests.posting import delivered
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db
CHANGED = "Step two names who calls after hours."


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def guidance(must_read: str = "coordinators", **fields: Any) -> ResourcePage:
    return make_resource("First calls", kind="guidance", must_read=must_read, **fields)


def publish_version(page: ResourcePage, version: str, changed: str = CHANGED) -> ResourcePage:
    page.version, page.what_changed = version, changed
    page.save_revision().publish()
    return ResourcePage.objects.get(pk=page.pk)


def age(page: ResourcePage, days: int) -> None:
    """As if the version of today was published, and the people joined, some days ago."""
    when = timezone.now() - timedelta(days=days, minutes=5)
    with insert_only.lifted(labels=["resources.GuidanceVersion"]):
        GuidanceVersion.objects.filter(page=page.pk).update(published_at=when)
    User.objects.update(joined_at=when)


def waits_for(user: User) -> list[str]:
    return [page.title for page in reading.open_for(user)]


@pytest.mark.parametrize(
    ("must_read", "asked"),
    [
        ("nobody", set()),
        ("coordinators", {"coordinator", "other_coordinator"}),
        ("members", {"member", "other_member", "coordinator", "other_coordinator", "trainer"}),
        ("disciplines", {"member"}),
    ],
)
def test_it_is_asked_of_its_audience_and_policy_and_list_agree(
    must_read: str, asked: set[str], world: World
) -> None:
    world.member.discipline = Discipline.objects.get(slug="medical")
    world.member.save()
    page = guidance(must_read, disciplines=["medical"])
    for name, user in world.people.items():
        fresh = User.objects.get(pk=user.pk)
        listed = ResourcePage.objects.must_be_read_by(fresh).filter(pk=page.pk).exists()
        assert policies.must_read(fresh, page) == listed == (name in asked), name


def test_one_click_says_it_once_and_it_is_a_fact(world: World) -> None:
    page = guidance()
    client = signed_in(world.coordinator)
    assert "I have read this" in client.get(page.url).content.decode()
    for _ in range(2):
        answer = client.post(f"/resources/{page.slug}/read/", {"version": "1.0"})
        assert answer.status_code == 302
    row = Acknowledgement.objects.get()
    assert (row.person, row.page_id, row.version) == (world.coordinator, page.pk, "1.0")
    assert Event.objects.filter(kind="resources.acknowledged").count() == 1
    assert waits_for(world.coordinator) == []
    assert "I have read this" not in client.get(page.url).content.decode()
    assert "First calls" in client.get("/resources/to-read/").content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Acknowledgement.objects.update(version="2.0")
    with pytest.raises(DatabaseError), transaction.atomic():
        Acknowledgement.objects.all().delete()
    page.delete()
    assert Acknowledgement.objects.get().page_id is None


def test_who_is_not_asked_cannot_say_it(world: World) -> None:
    page = guidance()
    for name in ("member", "manager", "author"):
        answer = signed_in(world.people[name]).post(
            f"/resources/{page.slug}/read/", {"version": "1.0"}
        )
        assert answer.status_code == 404
    assert not Acknowledgement.objects.exists()


def test_a_new_version_asks_again_and_shows_what_changed(world: World) -> None:
    page = guidance()
    reading.acknowledge(page=page, version="1.0", by=world.coordinator)
    page.line = "A typing error is mended"
    page.save_revision().publish()
    assert waits_for(world.coordinator) == []
    page = publish_version(ResourcePage.objects.get(pk=page.pk), "2.0")
    assert waits_for(world.coordinator) == ["First calls"]
    html = signed_in(world.coordinator).get(page.url).content.decode()
    assert CHANGED in html
    assert "What changed in version 2.0" in html
    assert GuidanceVersion.objects.filter(page=page.pk).count() == 2


def test_a_version_that_is_not_todays_is_not_noted(world: World) -> None:
    page = publish_version(guidance(), "2.0")
    answer = signed_in(world.coordinator).post(
        f"/resources/{page.slug}/read/", {"version": "1.0"}, follow=True
    )
    assert "A newer version was published meanwhile" in answer.content.decode()
    assert not Acknowledgement.objects.exists()


def test_a_merged_account_counts_for_its_person(world: World) -> None:
    page = guidance("members")
    alias = UserFactory(center="essex")
    reading.acknowledge(page=page, version="1.0", by=alias)
    merging.merge(alias, world.member, by=world.manager)
    assert waits_for(world.member) == []
    [state] = reading_state.overview([page], world.manager)
    assert (state.asked, state.read) == (5, 1)


def test_the_manager_sees_every_center_and_a_coordinator_the_own(world: World) -> None:
    page = guidance("members")
    reading.acknowledge(page=page, version="1.0", by=world.coordinator)
    address = f"/resources/reading/{page.pk}/"
    whole = signed_in(world.manager).get(address).content.decode()
    assert "1 of 5 people" in whole
    assert world.member.name in whole
    assert world.other_member.name in whole
    own = signed_in(world.coordinator).get(address).content.decode()
    assert "1 of 3 people" in own
    assert world.member.name in own
    for name in (world.other_member.name, world.other_coordinator.name, "Bristol"):
        assert name not in own.split("<main")[1]
    assert "1 of 3" in signed_in(world.coordinator).get("/resources/reading/").content.decode()


def test_who_has_not_joined_or_has_left_is_not_counted(world: World) -> None:
    page = guidance("members")
    UserFactory(center="essex", roster=True)
    UserFactory(center="essex", is_active=False)
    [state] = reading_state.overview([page], world.manager)
    assert state.asked == 5


def test_the_list_costs_the_same_for_many_pages_and_people(world: World) -> None:
    client = signed_in(world.manager)

    def count() -> int:
        client.get("/resources/reading/")
        with CaptureQueriesContext(connection) as found:
            client.get("/resources/reading/")
        return len(found)

    make_resource("G0", kind="guidance", must_read="members")
    few = count()
    for n in range(1, 8):
        make_resource(f"G{n}", kind="guidance", must_read="members")
        UserFactory(center="essex")
    assert count() == few


# Reminders --------------------------------------------------------------------------------------


def reminded() -> list[str]:
    reading_reminders.remind()
    return sorted(m.to[0] for m in delivered())


def test_a_reminder_comes_after_a_week_then_weekly_and_three_times_at_most(world: World) -> None:
    page = guidance()
    delivered()
    age(page, 6)
    assert reminded() == []
    age(page, 7)
    both = sorted([world.coordinator.email, world.other_coordinator.email])
    assert reminded() == both
    assert reminded() == []
    reading.acknowledge(page=page, version="1.0", by=world.coordinator)
    for number in (2, 3, 4):
        ago = timezone.now() - timedelta(days=7, minutes=1)
        ReadingReminder.objects.filter(number=number - 1).update(sent_at=ago)
        reading_reminders.remind()
    assert ReadingReminder.objects.filter(person=world.coordinator).count() == 1
    assert ReadingReminder.objects.filter(person=world.other_coordinator).count() == 3


def test_two_pages_are_one_mail_without_a_word_of_them(world: World) -> None:
    for title in ("First calls", "Second calls"):
        age(make_resource(title, kind="guidance", must_read="coordinators"), 8)
    delivered()
    reading_reminders.remind()
    found = [m for m in delivered() if m.to == [world.coordinator.email]]
    assert len(found) == 1
    assert "/resources/to-read/" in found[0].body
    assert "calls" not in found[0].subject + found[0].body
    assert ReadingReminder.objects.filter(person=world.coordinator).count() == 2


def test_what_was_read_before_the_mail_went_sends_none(world: World) -> None:
    page = guidance()
    age(page, 8)
    delivered()
    reading_reminders.remind()
    reading.acknowledge(page=page, version="1.0", by=world.coordinator)
    assert [m.to[0] for m in delivered()] == [world.other_coordinator.email]


def test_a_page_taken_offline_asks_nobody(world: World) -> None:
    page = guidance()
    age(page, 8)
    page.unpublish()
    assert waits_for(world.coordinator) == []
    assert list(reading_reminders.find(timezone.now())) == []
