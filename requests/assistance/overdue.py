"""What is past its time is told once: to whoever has it, and to those who manage today.

A deputy holds the manager's rights in a dated absence, and so is told as well.
"""

from django.db.models import Q
from django.utils import timezone

from assistance import notices
from assistance.lifecycle import OUR_TURN
from assistance.models import Ticket
from portal.core import nightly


@nightly.frequent
def tell() -> None:
    """Ask for one notice per request and clock; a second run, or worker, adds nothing."""
    now = timezone.now()
    open_ = Ticket.objects.filter(state__in=OUR_TURN)
    unanswered = Q(first_response_at=None, respond_by__lt=now)
    for ticket in open_.filter(unanswered):
        notices.overdue(ticket, "first")
    for ticket in open_.filter(answer_by__lt=now).exclude(unanswered):
        notices.overdue(ticket, "answer")
