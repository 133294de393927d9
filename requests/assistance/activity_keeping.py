"""What ends of activity records: working notes nobody approved, and records after seven years."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.models import ActivityRecord, GoalChange, NextStep
from portal.core import insert_only
from portal.people import retention

NOTES_KEPT = timedelta(days=180)
RECORDS_KEPT = timedelta(days=7 * 365 + 2)
# A legal hold on the request keeps the words.
FREE = Q(ticket=None) | Q(ticket__is_on_hold=False)
TEXTS = ["assistance.ActivityRecord", "assistance.GoalChange", "assistance.NextStep"]


def _old_notes() -> QuerySet[ActivityRecord]:
    before = timezone.localdate() - NOTES_KEPT
    unapproved = ActivityRecord.objects.filter(FREE, approved_at=None, happened_on__lt=before)
    return unapproved.exclude(working_notes="")


def _wipe_notes(rows: QuerySet[Any]) -> None:
    rows.update(working_notes="")


def _old_records() -> QuerySet[ActivityRecord]:
    before = timezone.localdate() - RECORDS_KEPT
    has_words = ~Q(goal="") | Exists(NextStep.objects.filter(record=OuterRef("pk")))
    return ActivityRecord.objects.filter(FREE, has_words, happened_on__lt=before)


def _wipe_texts(rows: QuerySet[Any]) -> None:
    """Take the words; type, day, minutes, head-count and professions go on counting."""
    ids = list(rows.values_list("pk", flat=True))
    with insert_only.lifted(labels=TEXTS):
        NextStep.objects.filter(record__in=ids).delete()
        GoalChange.objects.filter(record__in=ids).update(reason="-")
        ActivityRecord.objects.filter(pk__in=ids).update(goal="", working_notes="")


for rule in (
    retention.Rule(
        "activity_notes",
        _("Working notes of activities that nobody approved"),
        _("180 days"),
        _old_notes,
        _wipe_notes,
        "recorded_by ticket__requester",
    ),
    retention.Rule(
        "activities",
        _("Goals and next steps of activities"),
        _("7 years, then the record alone"),
        _old_records,
        _wipe_texts,
        "recorded_by approved_by ticket__requester",
    ),
):
    retention.register(rule)
