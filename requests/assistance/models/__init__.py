"""Requests for technical assistance, their conversation and hours, and members' questions."""

from assistance.models.clock import Closure, Target
from assistance.models.conversation import Message, PageLink
from assistance.models.guidance import GuidanceDraft
from assistance.models.hours import TimeEntry
from assistance.models.number import NumberCounter
from assistance.models.question import Question
from assistance.models.ticket import Ticket

__all__ = [
    "Closure",
    "GuidanceDraft",
    "Message",
    "NumberCounter",
    "PageLink",
    "Question",
    "Target",
    "Ticket",
    "TimeEntry",
]
