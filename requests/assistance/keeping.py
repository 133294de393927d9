"""How long the text of a question is kept that never became a request; who asked, when, stays.

What became a request goes with it (closing.py).
"""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.closing import DELETED
from assistance.models import Question
from portal.core.redaction import showing
from portal.people import retention

ANSWERED_KEPT = timedelta(days=180)
UNANSWERED_KEPT = timedelta(days=365)


def _old(answered: bool) -> QuerySet[Question]:
    now = timezone.now()
    due = (
        Q(answered_at__lt=now - ANSWERED_KEPT)
        if answered
        else Q(answered_at=None, asked_at__lt=now - UNANSWERED_KEPT)
    )
    alone = Question.objects.filter(due, ticket=None).exclude(body="", subject="")
    # What waits for a second person is looked at first.
    return alone.exclude(pk__in=showing.hidden_in(Question))


def _purge(rows: QuerySet[Question]) -> None:
    ids = list(rows.values_list("pk", flat=True))
    found = Question.objects.filter(pk__in=ids)
    found.exclude(answer="").update(answer=DELETED)
    found.update(subject="", body="")


for _key, _label, _kept, _answered in (
    ("questions", _("Questions that were answered"), _("180 days after, then the record"), True),
    ("unanswered", _("Questions that nobody answered"), _("1 year, then the record alone"), False),
):
    retention.register(
        retention.Rule(
            _key,
            _label,
            _kept,
            lambda answered=_answered: _old(answered),  # type: ignore[misc]
            _purge,
            "asker answered_by",
        )
    )
