"""What search knows of requests: number, subject and topics, for those who see the request."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONArray
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from taggit.models import TaggedItem

from assistance.lifecycle import FINISHED, State
from assistance.models import Ticket
from portal.core.gathering import JSONRows
from portal.core.redaction import showing
from portal.people.models import County
from portal.search import index, principals, registry
from portal.search.records import Record

# What a record is made of, as far as saves name their fields: those that end a request, and so
# change who finds it, save it whole.
FOUND_BY = frozenset(
    "number subject submitted_at created_at discipline center requester assignee".split()
)


@registry.register
class RequestSource(registry.Source):
    """Submitted requests. Drafts are their writer's alone, archived ones have no words left.

    The question and the conversation are not searched: they would stand in snippets.
    """

    name = "request"
    kinds = {"request": _("Request")}
    model = Ticket

    def concerns(self, obj: Ticket, fields: Iterable[str] | None) -> bool:
        """A draft is not found, and not what moves with each word that is said."""
        return obj.state != State.DRAFT and (fields is None or not FOUND_BY.isdisjoint(fields))

    def queryset(self) -> QuerySet[Any]:
        """Topics and counties come along as lists of pairs."""
        kept = Ticket.objects.exclude(state__in=[State.DRAFT, State.ARCHIVED])
        kinds = ContentType.objects.get_for_model(Ticket)
        topics = TaggedItem.objects.filter(content_type=kinds, object_id=OuterRef("pk"))
        counties = County.objects.filter(centers=OuterRef("center")).order_by()
        return kept.select_related("discipline").annotate(
            topic_pairs=JSONRows(topics.values(found=JSONArray("tag__slug", "tag__name"))),
            county_pairs=JSONRows(counties.values(found=JSONArray("slug", "name"))),
        )

    def to_record(self, obj: Any) -> Record:
        return Record(
            title=obj.number or "",
            summary=showing.without_hidden(obj, "subject"),
            url=obj.get_absolute_url(),
            kind="request",
            dated_at=obj.submitted_at or obj.created_at,
            topics=[(slug, name) for slug, name in obj.topic_pairs],
            disciplines=[(obj.discipline.slug, obj.discipline.name)] if obj.discipline else [],
            counties=[(slug, name) for slug, name in obj.county_pairs],
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
    is_ticket = action.startswith("post_") and isinstance(instance, Ticket)
    if is_ticket and instance.state != State.DRAFT:
        index.touch("request", instance.pk)
