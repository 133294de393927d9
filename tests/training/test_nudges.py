"""One polite message: once, without content, and never against the person's wish."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.core import outbox
from tests.factories import UserFactory
from tests.world import World
from training import nudges
from training.models import Nudge


def test_one_message_goes_out_and_says_nothing_of_what_is_missing(
    world: World, client: Client
) -> None:
    client.force_login(world.coordinator)
    for _click in range(2):
        client.post(f"/team/people/{world.member.pk}/nudge/")
    for _run in range(2):
        outbox.deliver_all()
    assert [m.to for m in mail.outbox] == [[world.member.email]]
    assert "hour" not in mail.outbox[0].body
    assert "requirement" not in mail.outbox[0].body.lower()
    assert Nudge.objects.count() == 1


def test_two_weeks_later_another_may_go(world: World) -> None:
    nudges.send(world.member, by=world.coordinator)
    with pytest.raises(nudges.NotNow):
        nudges.send(world.member, by=world.manager)
    Nudge.objects.update(sent_at=timezone.now() - timedelta(days=15))
    nudges.send(world.member, by=world.manager)


@pytest.mark.parametrize(("act", "reason"), [("stop", "stopped"), ("snooze", "snoozed")])
def test_the_persons_wish_holds_also_for_a_message_under_way(
    world: World, client: Client, act: str, reason: str
) -> None:
    nudges.send(world.member, by=world.coordinator)
    client.force_login(world.member)
    client.post("/me/needs/reminders/", {"act": act})
    outbox.deliver_all()
    assert mail.outbox == []
    assert nudges.why_not(world.member) == reason
    client.post("/me/needs/reminders/", {"act": "again"})
    assert nudges.why_not(world.member) == "recent"


def test_a_month_later_a_snooze_is_over(world: World) -> None:
    row = nudges.wish(world.member, snooze=True)
    row.snoozed_until = timezone.localdate()
    row.save()
    assert nudges.why_not(world.member) == ""


def test_nobody_is_reminded_who_has_not_joined_or_is_not_of_the_team(
    world: World, client: Client
) -> None:
    assert nudges.why_not(UserFactory(roster=True)) == "not_joined"
    client.force_login(world.coordinator)
    assert client.post(f"/team/people/{world.other_member.pk}/nudge/").status_code == 404
    assert client.post(f"/team/people/{world.coordinator.pk}/nudge/").status_code == 404
    assert not Nudge.objects.exists()
