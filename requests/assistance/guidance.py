"""From an answer to guidance: a draft page, published elsewhere, linked back to who asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from assistance import lifecycle, links, notices, policies, tickets
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import GuidanceDraft, Message, PageLink, Ticket
from portal.core import events, ports
from portal.core.redaction import showing
from portal.people.models import User

LOOKS_BACK = timedelta(days=365)
SIMILAR = 20  # requests offered to link a page to


@transaction.atomic
def draft(ticket: Ticket, *, by: User, title: str, text: str) -> GuidanceDraft:
    """Make an unpublished page of guidance. The caller has screened both texts. NotAllowed.

    A draft of the same title that is not published yet is returned as it is: sent twice, made once.
    """
    row = tickets.lock(ticket)
    if not lifecycle.may(Work.GUIDE, State(row.state), policies.parts(by, row)):
        raise NotAllowed("draft guidance")
    waiting = row.guidance_drafts.filter(published_at=None, page__title=title).first()
    if waiting is not None:
        return waiting
    page = ports.call("draft_guidance", title=title, text=text, user=by)
    made = GuidanceDraft.objects.create(ticket=row, page=page, made_by=by)
    events.record(
        "request.guidance_drafted", actor=by, subject=row, center_id=row.center_id, page=page.pk
    )
    return made


def starting_text(ticket: Ticket) -> str:
    """Return what a draft begins with: the last answer of the staff."""
    said = ticket.messages.replies().filter(is_from_staff=True).order_by("-created_at", "-pk")
    message: Message | None = said.first()
    return showing.without_hidden(message, "text") if message else ""


def similar(ticket: Ticket, page: Page) -> QuerySet[Ticket]:
    """Return requests of the same type that share a topic and do not point to the page yet."""
    pointing = PageLink.objects.filter(ticket=OuterRef("pk"), page=page)
    rows = Ticket.objects.submitted().filter(
        type=ticket.type, topics__name__in=list(ticket.topics.names())
    )
    rows = rows.filter(submitted_at__gte=timezone.now() - LOOKS_BACK).exclude(pk=ticket.pk)
    kept = rows.exclude(Exists(pointing)).exclude(state=State.ARCHIVED)
    return kept.distinct().order_by("-submitted_at")


@transaction.atomic
def link_similar(ticket: Ticket, page: Page, chosen: Iterable[Ticket], *, by: User) -> int:
    """Point other requests to the page; those whose requester cannot open it stay as they are."""
    allowed = set(similar(ticket, page).values_list("pk", flat=True))
    linked = 0
    for other in chosen:
        if other.pk not in allowed:
            continue
        try:
            links.add(other, by=by, page=page)
        except NotAllowed:
            continue
        linked += 1
    return linked


@transaction.atomic
def follow_publication(page: Page) -> None:
    """Link a page that went out for the first time to the request it came from, and say so."""
    now = timezone.now()
    rows = GuidanceDraft.objects.select_for_update().filter(page_id=page.pk, published_at=None)
    for row in rows.select_related("ticket", "made_by"):
        GuidanceDraft.objects.filter(pk=row.pk).update(published_at=now)
        try:
            links.add(row.ticket, by=row.made_by, page=page)
        except NotAllowed:
            continue  # archived, or not for the requester's eyes
        event = events.record(
            "request.guided",
            actor=row.made_by,
            subject=row.ticket,
            center_id=row.ticket.center_id,
            page=page.pk,
        )
        notices.guided(row.ticket, event=event, by=row.made_by)


def _published(sender: Any, instance: Page, **kwargs: Any) -> None:
    follow_publication(instance)


page_published.connect(_published, dispatch_uid="assistance.guidance")


@dataclass(frozen=True, slots=True)
class Gap:
    """How often a topic was asked in a year, and how often a page answered."""

    topic: str
    asked: int
    with_page: int

    @property
    def without_page(self) -> int:
        return self.asked - self.with_page


def gaps(at: datetime | None = None) -> list[Gap]:
    """Return the topics of the last year's requests, those least answered by a page first."""
    since = (at or timezone.now()) - LOOKS_BACK
    answered = Exists(PageLink.objects.filter(ticket=OuterRef("pk")))
    rows = Ticket.objects.submitted().filter(submitted_at__gte=since).annotate(has_page=answered)
    counted = (
        rows.exclude(topics__name=None)
        .order_by()
        .values_list("topics__name")
        .annotate(asked=Count("pk"), paged=Count("pk", filter=Q(has_page=True)))
    )
    found = [Gap(topic, asked, paged) for topic, asked, paged in counted]
    return sorted(found, key=lambda gap: (-gap.without_page, -gap.asked, gap.topic))
