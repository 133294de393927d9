"""How long what was answered is kept; completions, credit and scores stay as records."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import insert_only
from portal.people import retention
from training.models import Response

ANSWERS_KEPT = timedelta(days=7 * 365 + 2)  # seven years, leap days included


def _old_answers() -> QuerySet[Response]:
    return Response.objects.filter(attempt__closed_at__lt=timezone.now() - ANSWERS_KEPT)


def _delete(rows: QuerySet[Response]) -> None:
    with insert_only.lifted(labels=["training.Response"]):
        Response.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()


retention.register(
    retention.Rule(
        "quiz_answers",
        _("What was answered in checks and quizzes"),
        _("7 years after it was handed in; the score stays"),
        _old_answers,
        _delete,
        "attempt__enrolment__person",
    )
)
