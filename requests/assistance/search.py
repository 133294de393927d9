"""What search knows of requests: number, subject and topics, for those who see the request."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from assistance.lifecycle import FINISHED, State
from assistance.models import Ticket
from portal.search import index, principals, registry
from portal.search.records import Record, tags


@registry.register
class RequestSource(registry.Source):
    """Submitted requests. Drafts are their writer's alone, archived ones have no words left.

    The question and the conversation are not searched: they would stand in snippets.
    """

    name = "request"
    kinds = {"request": _("Request")}
    model = Ticket

    def queryset(self) -> QuerySet[Any]:
        kept = Ticket.objects.exclude(state__in=[State.DRAFT, State.ARCHIVED])
        # Django's types do not know a manager of tags as something to prefetch.
        topics: Any = "topics"
        return kept.select_related("discipline", "center").prefetch_related(
            topics, "center__counties"
        )

    def to_record(self, obj: Ticket) -> Record:
        counties = obj.center.counties.all() if obj.center else []
        return Record(
            title=obj.number or "",
            summary=obj.subject,
            url=obj.get_absolute_url(),
            kind="request",
            dated_at=obj.submitted_at or obj.created_at,
            topics=tags(obj),
            disciplines=[(obj.discipline.slug, obj.discipline.name)] if obj.discipline else [],
            counties=[(county.slug, county.name) for county in counties],
            principals=_readers(obj),
        )


def _readers(ticket: Ticket) -> list[str]:
    """The rule of `Ticket.objects.visible_to`, as tokens."""
    readers = [principals.MANAGER, principals.specialist(ticket.requester_id)]
    if ticket.center_id:
        readers.append(principals.center(ticket.center_id))
    if ticket.assignee_id:
        readers.append(principals.specialist(ticket.assignee_id))
    if ticket.state in FINISHED:
        readers.append(principals.user(ticket.requester_id))
    return readers


@receiver(m2m_changed, sender=Ticket.topics.through)
def follow_the_topics(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, Ticket):
        index.touch("request", instance.pk)
