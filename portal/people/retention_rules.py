"""The rules of the foundations: passing rows, access logs, people who left long ago."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import UploadedFile

from portal.core import chain, events, insert_only
from portal.core.models import Effect, Event, EventSeal
from portal.people import anonymising
from portal.people.models import Invitation, JoinRequest, KnownDevice, PersonAlias, User
from portal.people.models.person import UserQuerySet
from portal.people.retention import Rule, register

PORTION = 1_000
EFFECTS_KEPT = timedelta(days=30)
ACCESS_KEPT = timedelta(days=2 * 365)
PERSON_KEPT = timedelta(days=7 * 365 + 2)  # seven years, leap days included
ASKED_KEPT = timedelta(days=30)
DEVICE_KEPT = timedelta(days=400)
INVITATION_KEPT = timedelta(days=180)


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()


def _sessions() -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=timezone.now())


def _effects() -> QuerySet[Effect]:
    before = timezone.now() - EFFECTS_KEPT
    return Effect.objects.filter(Q(done_at__lt=before) | Q(set_aside_at__lt=before))


def _devices() -> QuerySet[KnownDevice]:
    return KnownDevice.objects.filter(last_seen_on__lt=timezone.localdate() - DEVICE_KEPT)


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires_at__lt=timezone.now() - INVITATION_KEPT)


def _asked() -> QuerySet[JoinRequest]:
    before = timezone.now() - ASKED_KEPT
    old = Q(decided_at__lt=before) | Q(decided_at__isnull=True, asked_at__lt=before)
    unconfirmed = Q(confirmed_at__isnull=True, asked_at__lt=timezone.now() - timedelta(days=7))
    return JoinRequest.objects.filter(old | unconfirmed)


def _dead_sessions() -> QuerySet[Any]:
    """What allauth noted of sessions that are gone: network address and browser."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    dead: QuerySet[Any] = UserSession.objects.filter(~Exists(alive))
    return dead


def _uploads() -> QuerySet[UploadedFile]:
    """Pictures that somebody began to upload in the admin and never finished."""
    rows: QuerySet[UploadedFile] = UploadedFile.objects.all()
    return rows


def _delete_files(rows: QuerySet[Any]) -> None:
    for row in rows:
        row.file.delete(save=False)
        row.delete()


def _left() -> QuerySet[User]:
    """People whose access ended seven years ago; merged accounts go with theirs."""
    today = timezone.localdate()
    people = UserQuerySet(User).filter(anonymised_on__isnull=True, is_active=False).known_once()
    open_alias = PersonAlias.objects.standing().filter(person=OuterRef("pk"), alias__is_active=True)
    return people.filter(~Exists(open_alias), left_on__lt=today - PERSON_KEPT)


def _anonymise(rows: QuerySet[Any]) -> None:
    for user in rows:
        # One that is refused, since something changed meanwhile, keeps no other from its turn.
        with suppress(anonymising.CannotAnonymise):
            anonymising.anonymise(user, by=None)


def _sealed(keep: timedelta, *, access: bool) -> QuerySet[Event]:
    """Old events that are sealed; an unsealed one waits for its seal."""
    kinds = [name for name, kind in events.kinds().items() if kind.is_access]
    of_kind = Q(kind__in=kinds) if access else ~Q(kind__in=kinds)
    seals = EventSeal.objects.filter(event_id=OuterRef("pk"))
    return Event.objects.filter(of_kind, Exists(seals), at__lt=timezone.now() - keep)


def _access_events() -> QuerySet[Event]:
    return _sealed(ACCESS_KEPT, access=True)


def _old_events() -> QuerySet[Event]:
    """Prunings are kept: the chain needs them to verify."""
    return _sealed(PERSON_KEPT, access=False).exclude(kind="audit.pruned")


def _prune(rows: QuerySet[Any]) -> None:
    """Remove them, a thousand at a time, and say which, so that the chain still verifies."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), PORTION):
        part = ids[start : start + PORTION]
        places = EventSeal.objects.filter(event_id__in=part).values_list("position", flat=True)
        with insert_only.lifted(labels=["core.Event"]):
            Event.objects.filter(pk__in=part).delete()
        events.record("audit.pruned", actor=None, **chain.pruning(list(places)))


for rule in (
    Rule("sessions", _("Sessions that ended"), _("until they expire"), _sessions, _delete),
    Rule(
        "seen_sessions", _("Where sessions were open"), _("as the session"), _dead_sessions, _delete
    ),
    Rule("uploads", _("Uploads that were not finished"), _("a night"), _uploads, _delete_files),
    Rule("effects", _("Mails and other work that was done"), _("30 days"), _effects, _delete),
    Rule("devices", _("Known browsers not seen again"), _("400 days"), _devices, _delete, "user"),
    Rule("invitations", _("Old invitations"), _("180 days"), _invitations, _delete, "user"),
    Rule("join_requests", _("Requests to join"), _("30 days after"), _asked, _delete),
    Rule("access_events", _("Access events of the audit"), _("2 years"), _access_events, _prune),
    Rule("events", _("Other events of the audit"), _("7 years"), _old_events, _prune),
    Rule("people", _("People who left"), _("7 years, then anonymised"), _left, _anonymise, "pk"),
):
    register(rule)
