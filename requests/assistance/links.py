"""Pages of the portal that answer a request."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from assistance import lifecycle, policies, tickets
from assistance.lifecycle import NotAllowed, State, Work
from assistance.models import PageLink, Ticket
from portal.core import events
from portal.people import audience
from portal.people.models import User


def find_page(address: str) -> Page | None:
    """Return the live page at an address of ours, given whole or as a path."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    path = urlsplit(address.strip()).path.strip("/")
    if site is None or not path:
        return None
    url_path = f"{site.root_page.url_path}{path}/"
    return Page.objects.live().filter(url_path=url_path).specific(defer=True).first()


@transaction.atomic
def add(
    ticket: Ticket, *, by: User, page: Page, key: UUID | None = None, at: datetime | None = None
) -> PageLink:
    """Point to a page, once. NotAllowed when the requester could not open it."""
    ticket = tickets.lock(ticket)
    if key is not None and (link := PageLink.objects.filter(key=key).first()):
        if (link.ticket_id, link.added_by_id) != (ticket.pk, by.pk):
            raise NotAllowed("key of another link")
        return link
    if not lifecycle.may(Work.LINK, State(ticket.state), policies.parts(by, ticket)):
        raise NotAllowed("link")
    if not audience.can_read(ticket.requester, page):
        raise NotAllowed("link to a page the requester cannot open")
    link, made = PageLink.objects.get_or_create(
        ticket=ticket,
        page_id=page.pk,
        defaults={"added_by": by, "added_at": at or timezone.now(), "key": key},
    )
    if made:
        events.record(
            "request.linked",
            actor=by,
            subject=ticket,
            center_id=ticket.center_id,
            at=at,
            page=page.pk,
        )
    return link
