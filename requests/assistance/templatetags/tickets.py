"""How a request's state and what is due are written, in each row of the queue and on its page."""

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assistance.lifecycle import State
from assistance.models import Ticket

register = template.Library()

TIMED = "{} <small>{}</small>"
TONES = {
    State.SUBMITTED: "info",
    State.IN_PROGRESS: "info",
    State.WAITING: "warning",
    State.ANSWERED: "success",
    State.CLOSED: "success",
}


@register.filter
def state_tag(ticket: Ticket) -> SafeString:
    tone = TONES.get(State(ticket.state), "neutral")
    return format_html('<span class="tag tag--{}">{}</span>', tone, ticket.get_state_display())


@register.filter
def due(ticket: Ticket) -> SafeString:
    """Write by when its next word is due, what it is, and whether it is late."""
    said = SafeString("")
    if ticket.is_awaiting_first_reply:
        said = format_html(TIMED, _at(ticket.respond_by), _("first reply"))
    elif ticket.is_our_turn and ticket.answer_by:
        said = format_html(TIMED, _at(ticket.answer_by), _("answer"))
    elif ticket.is_open and ticket.wanted_by:
        said = SafeString(date_format(ticket.wanted_by, "DATE_FORMAT"))
    if ticket.is_late:
        said += format_html(' <span class="tag tag--warning">{}</span>', _("Late"))
    return said


def _at(instant: datetime | None) -> str:
    return date_format(localtime(instant), "D j M, g:i A") if instant else ""
