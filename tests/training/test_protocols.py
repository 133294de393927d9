"""Protocols of the centers: recorded, signed, reviewed, and told of in time, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.core import nightly
from portal.core.models import Effect, Event
from portal.people import demo as people_demo
from portal.people.models import Center, CoordinatorAssignment
from tests.factories import UserFactory
from tests.posting import delivered
from tests.training.protocol_making import make_version
from tests.world import World
from training import demo_protocols, policies, protocols
from training.models import ProtocolSignOff, ProtocolVersion

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def state(review: int) -> str:
    today = timezone.localdate()
    row = ProtocolVersion(adopted_on=today - 500 * DAY, review_by=today + review * DAY)
    return protocols.state_of(row)


def test_the_alarm_begins_sixty_days_before_and_the_day_itself_is_not_past() -> None:
    assert [state(days) for days in (61, 60, 0, -1)] == ["good", "soon", "soon", "passed"]
    assert protocols.state_of(None) == "none"


def test_the_newest_is_the_one_adopted_last_whatever_was_recorded_last(world: World) -> None:
    newer = make_version(world.coordinator, version="2.0", adopted=-10)
    make_version(world.coordinator, version="1.0", adopted=-700, review=-300)
    essex = Center.objects.get(slug="essex")
    assert protocols.newest_of([essex.pk]) == {essex.pk: newer}
    assert protocols.of_centers([essex])[essex.pk].state == "good"


def test_the_same_version_recorded_twice_is_one_and_another_of_its_name_is_refused(
    world: World,
) -> None:
    first = make_version(world.coordinator)
    assert make_version(world.manager) == first
    with pytest.raises(protocols.AlreadyRecorded):
        make_version(world.coordinator, changes="Something else")
    make_version(world.other_coordinator, center="capeislands")
    assert Event.objects.filter(kind="training.protocol_recorded").count() == 2


def test_only_who_answers_for_the_center_keeps_its_record(world: World) -> None:
    version = make_version(world.coordinator)
    signed = protocols.sign(
        version, agency="DCF", signed_on=version.adopted_on, by=world.coordinator
    )
    for by in (world.other_coordinator, world.member, world.trainer, world.specialist):
        with pytest.raises(PermissionDenied):
            make_version(by, version="9")
        with pytest.raises(PermissionDenied):
            protocols.sign(version, agency="X", signed_on=version.adopted_on, by=by)
        with pytest.raises(PermissionDenied):
            protocols.move_review(version, review_by=version.review_by + DAY, by=by)
        with pytest.raises(PermissionDenied):
            protocols.take_back(signed, by=by)
    assert policies.can_keep_center(world.deputy, version.center_id)
    assert protocols.standing(version).count() == 1


def test_an_agency_signs_once_and_again_after_it_was_taken_back(world: World) -> None:
    version = make_version(world.coordinator)

    def sign(agency: str = "DCF area office") -> ProtocolSignOff:
        day = version.adopted_on
        return protocols.sign(version, agency=agency, signed_on=day, by=world.coordinator)

    first = sign()
    assert sign("dcf AREA office") == first
    protocols.take_back(first, by=world.coordinator)
    protocols.take_back(first, by=world.coordinator)
    assert not protocols.standing(version).exists()
    assert sign() != first
    kinds = list(Event.objects.filter(kind__startswith="training.protocol_s").order_by("pk"))
    assert [e.kind.removeprefix("training.protocol_") for e in kinds] == [
        "signed", "sign_off_taken_back", "signed",
    ]  # fmt: skip


def test_only_the_review_day_of_the_newest_moves(world: World) -> None:
    old = make_version(world.coordinator, adopted=-700)
    newest = make_version(world.coordinator, version="2.0", adopted=-3)
    with pytest.raises(protocols.Superseded):
        protocols.move_review(old, review_by=old.review_by + DAY, by=world.coordinator)
    for _twice in range(2):
        protocols.move_review(newest, review_by=newest.review_by + DAY, by=world.manager)
    moved = ProtocolVersion.objects.get(pk=newest.pk)
    assert moved.review_by == newest.review_by + DAY
    assert Event.objects.filter(kind="training.protocol_review_moved").count() == 1


def test_each_keeper_gets_one_mail_before_the_day_and_one_after_it(world: World) -> None:
    version = make_version(world.coordinator, review=60)
    make_version(world.other_coordinator, center="capeislands", review=61)
    backup = UserFactory()
    CoordinatorAssignment.objects.create(user=backup, center=version.center, kind="backup")
    keepers = {world.coordinator.email, backup.email, world.manager.email, world.deputy.email}
    protocols.remind()
    mails = delivered()
    assert {m.to[0] for m in mails} == keepers
    assert len(mails) == 4
    Effect.objects.filter(done_at__isnull=False).delete()  # as retention does after a month
    protocols.remind()
    assert delivered() == []
    assert "/team/centers/essex/" in mails[0].body
    assert version.center.name not in mails[0].subject + mails[0].body

    ProtocolVersion.objects.filter(pk=version.pk).update(review_by=timezone.localdate() - DAY)
    protocols.remind()
    protocols.remind()
    assert len(delivered()) == 4
    assert protocols.remind in nightly._jobs


def test_one_moved_or_replaced_before_the_mail_goes_is_not_told_of(world: World) -> None:
    version = make_version(world.coordinator, review=5)
    protocols.remind()
    make_version(world.coordinator, version="2.0", adopted=-1)
    assert delivered() == []
    assert not protocols.may_hear(world.coordinator, version.pk)


def test_centers_in_arrears_are_those_without_one_and_those_past_the_day(world: World) -> None:
    make_version(world.manager, review=300)
    make_version(world.manager, center="bristol", review=10)
    make_version(world.manager, center="hampden", review=-1)
    assert protocols.in_arrears() == 10


def test_the_demo_has_essex_with_two_versions_and_the_cape_with_none(db: Any) -> None:
    people = people_demo.load_people("a long demo password")
    for _round in range(2):
        demo_protocols.load_protocols(people, timezone.now())
    essex = ProtocolVersion.objects.filter(center__slug="essex").newest_first()
    assert [row.version for row in essex] == ["2.0", "1.0"]
    assert essex[0].review_by == timezone.localdate() + 40 * DAY
    assert not ProtocolVersion.objects.filter(center__slug="capeislands").exists()
    assert protocols.standing(essex[0]).count() == 3
