"""Protocols of the centers: a version recorded, signed by agencies, reviewed by a day.

The portal keeps what holds since when, never the paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from portal.core import events, mail, mail_registry, nightly
from portal.core.models import Event
from portal.people import scope
from portal.people.models import Center, User
from training import policies
from training.models import ProtocolSignOff, ProtocolVersion

State = Literal["none", "passed", "soon", "good"]
WARNED = timedelta(days=60)  # before the review day
mail_registry.put("queue", "protocol_review")


class AlreadyRecorded(Exception):
    """The center has a version of this name that says something else."""


class Superseded(Exception):
    """A newer version holds; what was asked for is done on the newest alone."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a center is with its protocol. `newest` is None where none is recorded."""

    newest: ProtocolVersion | None
    state: State

    @property
    def is_alarm(self) -> bool:
        return self.state != "good"


@transaction.atomic
def record(
    center: Center,
    *,
    version: str,
    adopted_on: date,
    review_by: date,
    changes: str = "",
    by: User,
    overrides: int = 0,
    at: datetime | None = None,
) -> ProtocolVersion:
    """Record a version; the same once more changes nothing. AlreadyRecorded where its name is
    taken. The texts have passed the screen.
    """
    _check(by, center.pk)
    said = {"adopted_on": adopted_on, "review_by": review_by, "changes": changes}
    values = {**said, "recorded_by": by, "recorded_at": at or timezone.now()}
    row, is_new = ProtocolVersion.objects.get_or_create(
        center=center, version=version, defaults=values
    )
    if is_new:
        _note("training.protocol_recorded", row, by=by, overrides=overrides, at=at)
    elif any(getattr(row, name) != value for name, value in said.items()):
        raise AlreadyRecorded
    return row


@transaction.atomic
def sign(
    protocol: ProtocolVersion,
    *,
    agency: str,
    signed_on: date,
    by: User,
    overrides: int = 0,
    at: datetime | None = None,
) -> ProtocolSignOff:
    """Say that an agency signed a version; an agency that stands there already stays as it is."""
    locked = _lock(protocol, by)
    if there := standing(locked).filter(agency__iexact=agency).first():
        return there
    row = locked.sign_offs.create(
        agency=agency, signed_on=signed_on, recorded_by=by, recorded_at=at or timezone.now()
    )
    _note("training.protocol_signed", locked, by=by, overrides=overrides, at=at, sign_off=row.pk)
    return row


@transaction.atomic
def take_back(sign_off: ProtocolSignOff, *, by: User) -> None:
    """Take back a sign-off that was a mistake; harmless when repeated."""
    locked = _lock(sign_off.protocol, by)
    rows = standing(locked).filter(pk=sign_off.pk)
    if rows.update(removed_at=timezone.now()):
        _note("training.protocol_sign_off_taken_back", locked, by=by, sign_off=sign_off.pk)


@transaction.atomic
def move_review(protocol: ProtocolVersion, *, review_by: date, by: User) -> None:
    """Give the newest version another day of review. Superseded where a newer one holds."""
    locked = _lock(protocol, by)
    if newest_of([locked.center_id])[locked.center_id].pk != locked.pk:
        raise Superseded
    if locked.review_by == review_by:
        return
    locked.review_by = review_by
    locked.save(update_fields=["review_by"])
    _note("training.protocol_review_moved", locked, by=by)


def standing(protocol: ProtocolVersion) -> QuerySet[ProtocolSignOff]:
    """Return the sign-offs that were not taken back."""
    return protocol.sign_offs.filter(removed_at=None)


def newest_of(center_ids: Iterable[int]) -> dict[int, ProtocolVersion]:
    """Return the newest version of each center that has one, in one query."""
    return {row.center_id: row for row in _newest().filter(center__in=list(center_ids))}


def state_of(newest: ProtocolVersion | None, on: date | None = None) -> State:
    """Say how it is on a day (default today, America/New_York): due within 60 days is `soon`."""
    day = on or timezone.localdate()
    if newest is None:
        return "none"
    if newest.review_by < day:
        return "passed"
    return "soon" if newest.review_by <= day + WARNED else "good"


def of_centers(centers: Iterable[Center]) -> dict[int, Standing]:
    """Return where each center is with its protocol, in one query."""
    ids = [center.pk for center in centers]
    newest = newest_of(ids)
    return {pk: Standing(newest.get(pk), state_of(newest.get(pk))) for pk in ids}


def in_arrears() -> int:
    """Count the centers without a protocol, or past its review day."""
    centers = list(Center.objects.all())
    return sum(each.state in {"none", "passed"} for each in of_centers(centers).values())


@nightly.job
def remind() -> int:
    """Tell who keeps a protocol once when its review comes near, and once when its day has passed.

    A second run adds nothing. One that was recorded past its day is told of that alone. What was
    told stands in the audit, since rows of the outbox go after a month.
    """
    near = [row for row in _newest().select_related("center") if state_of(row) != "good"]
    told = _told(near)
    fresh = [row for row in near if (row.pk, state_of(row), row.review_by.isoformat()) not in told]
    for row in fresh:
        _tell(row)
    return len(fresh)


@transaction.atomic
def _tell(row: ProtocolVersion) -> None:
    state = state_of(row)
    for person in (scope.coordinators_of(row.center_id) | scope.managers()).distinct():
        _mail(person, row, state)
    events.record(
        "training.protocol_review_told",
        actor=None,
        subject=row,
        center_id=row.center_id,
        state=state,
        day=row.review_by.isoformat(),
    )


def _told(rows: list[ProtocolVersion]) -> set[tuple[int, str, str]]:
    ids = [str(row.pk) for row in rows]
    found = Event.objects.filter(kind="training.protocol_review_told", subject_id__in=ids)
    return {(int(e.subject_id), e.data["state"], e.data["day"]) for e in found}


@mail_registry.thing("training.protocolversion")
def may_hear(person: User, pk: int) -> bool:
    """Say whether a person keeps it still, and whether it is still the newest and near its day."""
    row = _newest().filter(pk=pk).first()
    if row is None or state_of(row) == "good":
        return False
    return policies.can_keep_center(person, row.center_id)


def _mail(person: User, row: ProtocolVersion, state: State) -> None:
    mail.queue(
        person.pk,
        "protocol_review",
        subject_key=f"protocol_{state}:{row.pk}:{row.review_by}",
        context={"path": reverse("center", args=[row.center.slug])},
        about=row,
    )


def _newest() -> QuerySet[ProtocolVersion]:
    rows = ProtocolVersion.objects.newest_first()
    first = rows.filter(center=OuterRef("center")).values("pk")[:1]
    return ProtocolVersion.objects.filter(pk=Subquery(first))


def _check(by: User, center_id: int) -> None:
    if not policies.can_keep_center(by, center_id):
        raise PermissionDenied


def _lock(protocol: ProtocolVersion, by: User) -> ProtocolVersion:
    locked = ProtocolVersion.objects.select_for_update().get(pk=protocol.pk)
    _check(by, locked.center_id)
    return locked


def _note(
    kind: str,
    row: ProtocolVersion,
    *,
    by: User,
    overrides: int = 0,
    at: datetime | None = None,
    **said: int,
) -> None:
    if overrides:
        said["overrides"] = overrides
    events.record(kind, actor=by, subject=row, center_id=row.center_id, at=at, **said)
