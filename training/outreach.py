"""Talks to people without an account: logged in minutes, corrected by a row of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.core import events
from portal.people import scope
from portal.people.models import Center, County, User
from training import policies
from training.models import OutreachTalk, TalkCount

FIRST_DAY = date(2015, 1, 1)  # before the statewide program; an earlier day is a slip
MOST = 5_000  # people of one profession or audience at one talk
Group = tuple[str, int | None]  # an audience, with the discipline's id where it is a profession
PROFESSION = TalkCount.Audience.PROFESSION
COLUMNS = ("title", "happened_on", "minutes", "mode", "topics", "center", "county", "funding")


class Superseded(Exception):
    """The row was corrected or taken back meanwhile; `talk` is what stands now."""

    def __init__(self, talk: OutreachTalk) -> None:
        super().__init__()
        self.talk = talk


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of a talk. The title has passed the screen; the day is America/New_York."""

    title: str
    happened_on: date
    minutes: int
    mode: str
    center: Center | None
    county: County | None = None
    topics: list[str] = field(default_factory=list)
    funding: str = ""
    people: Mapping[Group, int]


@transaction.atomic
def log(
    facts: Facts, *, by: User, key: UUID, overrides: int = 0, at: datetime | None = None
) -> OutreachTalk:
    """Keep a talk; the same key keeps it once. PermissionDenied for another's center."""
    if made := _made(key, by):
        return made
    if not policies.can_log_talk_for(by, facts.center.pk if facts.center else None):
        raise PermissionDenied
    row, is_new = _keep(facts, by=by, key=key, at=at)
    if is_new:
        _note("training.talk_logged", row, by=by, overrides=overrides, at=at)
    return row


@transaction.atomic
def correct(
    talk: OutreachTalk, facts: Facts, *, by: User, key: UUID, overrides: int = 0
) -> OutreachTalk:
    """Put a row in the place of one that stands. Superseded where that one stands no more."""
    locked = _lock(talk, by)
    if made := _made(key, by):
        return made
    _check_stands(locked)
    if not policies.can_log_talk_for(by, facts.center.pk if facts.center else None):
        raise PermissionDenied
    row, is_new = _keep(facts, by=by, key=key, corrects=locked)
    if is_new:
        _note("training.talk_corrected", row, by=by, overrides=overrides)
    return row


@transaction.atomic
def take_back(talk: OutreachTalk, *, by: User, key: UUID) -> OutreachTalk:
    """Say that a talk was logged by mistake: it counts no more and stays in sight.

    Superseded where it was corrected or taken back meanwhile.
    """
    locked = _lock(talk, by)
    if made := _made(key, by):
        return made
    _check_stands(locked)
    row, is_new = _keep(facts_of(locked, is_void=True), by=by, key=key, corrects=locked, void=True)
    if is_new:
        _note("training.talk_taken_back", row, by=by)
    return row


def newest(talk: OutreachTalk) -> OutreachTalk:
    """Return what stands in the place of a row, or itself."""
    rows = OutreachTalk.objects.select_related("center", "county", "recorded_by")
    while later := rows.filter(corrects=talk.pk).first():
        talk = later
    return talk


def facts_of(talk: OutreachTalk, *, is_void: bool = False) -> Facts:
    """Return what a row says; of a void one nobody is counted."""
    said: dict[str, Any] = {name: getattr(talk, name) for name in COLUMNS}
    return Facts(**said, people={} if is_void else people_of(talk))


def people_of(talk: OutreachTalk) -> dict[Group, int]:
    return {(row.audience, row.discipline_id): row.people for row in talk.counts.all()}


def _keep(
    facts: Facts,
    *,
    by: User,
    key: UUID,
    corrects: OutreachTalk | None = None,
    void: bool = False,
    at: datetime | None = None,
) -> tuple[OutreachTalk, bool]:
    values = {
        **{name: getattr(facts, name) for name in COLUMNS},
        "recorded_by": by,
        "recorded_at": at or timezone.now(),
        "corrects": corrects,
        "is_void": void,
    }
    row, is_new = OutreachTalk.objects.get_or_create(key=key, defaults=values)
    if is_new:  # else the same form, sent twice at once
        TalkCount.objects.bulk_create(
            TalkCount(talk=row, audience=audience, discipline_id=discipline, people=people)
            for (audience, discipline), people in facts.people.items()
        )
    return row, is_new


def _made(key: UUID, by: User) -> OutreachTalk | None:
    """Return what this form made already. PermissionDenied for somebody else's key."""
    made = OutreachTalk.objects.filter(key=key).first()
    if made is not None and made.recorded_by_id != by.pk:
        raise PermissionDenied
    return made


def _lock(talk: OutreachTalk, by: User) -> OutreachTalk:
    locked = OutreachTalk.objects.select_for_update().get(pk=talk.pk)
    if not policies.can_mend_talk(by, locked):
        raise PermissionDenied
    return locked


def _check_stands(locked: OutreachTalk) -> None:
    current = newest(locked)
    if current.pk != locked.pk or current.is_void:
        raise Superseded(current)


def _note(
    kind: str,
    row: OutreachTalk,
    *,
    by: User,
    overrides: int = 0,
    at: datetime | None = None,
) -> None:
    said = {"overrides": overrides} if overrides else {}
    events.record(kind, actor=by, subject=row, center_id=row.center_id, at=at, **said)


def centers_for(user: User) -> QuerySet[Center]:
    """Return the centers somebody can log a talk for: the rule of `policies.can_log_talk_for`."""
    if policies.can_log_talk_for(user, None):
        return (scope.centers(user) | scope.own_centers(user)).distinct()
    return scope.centers(user)
