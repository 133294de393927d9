"""A request to join: asked by anybody with a work address, decided by a coordinator."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from portal.core import events, mail, mail_registry, outbox
from portal.core.models import Effect
from portal.people import invitations, scope
from portal.people.mailing import sending
from portal.people.models import Invitation, JoinRequest, User

SALT = "people.join_request"
CONFIRM_WITHIN = timedelta(days=7)
mail_registry.put("account", "join_confirm")
mail_registry.put("queue", "join_waiting")


@mail_registry.thing("people.joinrequest")
def still_waits(user: User, pk: int) -> bool:
    return JoinRequest.objects.waiting().visible_to(user).filter(pk=pk).exists()


class NotOpen(Exception):
    """The request was decided already, is not confirmed, or the link is too old."""


@transaction.atomic
def ask(request: JoinRequest) -> None:
    """Keep a request (the form has screened it) and mail the link that confirms its address.

    What the page says is the same whether the address has an account or not, so it tells nobody
    who has one. Somebody who has joined gets no mail; one open request of an address is enough.
    """
    request.email = request.email.lower()
    known = User.objects.filter(email=request.email, joined_at__isnull=False, is_active=True)
    since = timezone.now() - CONFIRM_WITHIN
    waiting = JoinRequest.objects.filter(
        email=request.email, decided_at__isnull=True, asked_at__gt=since
    )
    if known.exists() or waiting.exists():
        return
    request.save(force_insert=True)
    outbox.add("people.join_confirm", str(request.pk), payload={"request": request.pk})


@outbox.handler("people.join_confirm")
def send(effect: Effect) -> None:
    request = JoinRequest.objects.filter(pk=effect.payload["request"]).first()
    if request is not None and request.confirmed_at is None:
        context: dict[str, str | int] = {"path": f"/accounts/join/{token(request)}/"}
        sending.send_to_stranger(effect, request.email, "join_confirm", context)


def token(request: JoinRequest) -> str:
    return signing.dumps(request.pk, salt=SALT)


def find(signed: str) -> JoinRequest:
    """Return the request behind a link that is at most seven days old. NotOpen otherwise."""
    try:
        pk = signing.loads(signed, salt=SALT, max_age=CONFIRM_WITHIN)
        return JoinRequest.objects.select_related("center").get(pk=pk, decided_at__isnull=True)
    except (signing.BadSignature, JoinRequest.DoesNotExist) as error:
        raise NotOpen from error


@transaction.atomic
def confirm(request: JoinRequest) -> None:
    """The address is the asker's; now the center's coordinators are told. Twice is harmless."""
    now = timezone.now()
    changed = JoinRequest.objects.filter(pk=request.pk, confirmed_at=None).update(confirmed_at=now)
    if not changed:
        return
    told = scope.coordinators_of(request.center_id)
    for user in told if told.exists() else scope.managers():
        key, context = f"join:{request.pk}", {"path": "/team/joining/"}
        mail.queue(user.pk, "join_waiting", subject_key=key, context=context, about=request)


@transaction.atomic
def approve(request: JoinRequest, *, by: User) -> Invitation | None:
    """Put the person on the roster and send the invitation. NotOpen, or CannotInvite."""
    row = _decide(request, by, JoinRequest.Decision.APPROVED)
    invitation = invitations.invite(
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        center=row.center,
        discipline=row.discipline,
        by=by,
    )
    fresh = User.objects.filter(email=row.email, joined_at=None, agency="", title="")
    fresh.update(agency=row.agency, title=row.title)
    return invitation


@transaction.atomic
def decline(request: JoinRequest, *, by: User) -> None:
    """Turn it down. No mail: the coordinator talks to whom they know."""
    _decide(request, by, JoinRequest.Decision.DECLINED)


def _decide(request: JoinRequest, by: User, decision: str) -> JoinRequest:
    row = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if row.confirmed_at is None or row.decided_at is not None:
        raise NotOpen
    row.decided_at, row.decided_by, row.decision = timezone.now(), by, decision
    row.save(update_fields=["decided_at", "decided_by", "decision"])
    events.record(f"people.join_{decision}", actor=by, subject=row, center_id=row.center_id)
    return row
