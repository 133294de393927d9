"""Requests for technical assistance: conversation, files, hours, and members' questions."""

from assistance.models.activity import ActivityRecord, GoalChange, GoalStatus, NextStep
from assistance.models.attachments import Attachment
from assistance.models.clock import Closure, Target, TypeNote
from assistance.models.conversation import Message, PageLink
from assistance.models.desk import Passage, SpecialistSeat
from assistance.models.follow_up import FollowUp, FollowUpChange
from assistance.models.guidance import GuidanceDraft
from assistance.models.hours import TimeEntry
from assistance.models.number import NumberCounter
from assistance.models.question import Question
from assistance.models.relations import Relation, Watcher
from assistance.models.ticket import Ticket

__all__ = [
    "ActivityRecord",
    "Attachment",
    "Closure",
    "FollowUp",
    "FollowUpChange",
    "GoalChange",
    "GoalStatus",
    "GuidanceDraft",
    "Message",
    "NextStep",
    "NumberCounter",
    "PageLink",
    "Passage",
    "Question",
    "Relation",
    "SpecialistSeat",
    "Target",
    "Ticket",
    "TimeEntry",
    "TypeNote",
    "Watcher",
]
