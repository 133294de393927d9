"""Measures 6 to 8: what people learned and said, and who has the hours."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    F,
    Q,
    Value,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import Center, Membership
from portal.reports import cuts
from portal.reports.measures.base import TOTAL, Measure, Window
from portal.reports.measures.training import taken
from portal.reports.tables import Column, Table
from training import gains, meeting
from training.models import (
    EvaluationAnswer,
    RequirementRule,
)
from training.models.evaluation import ITEMS

CSEC_14_HOURS = "csec-mdt-14"
AGREES = 4  # and more, of five


class KnowledgeChange(Measure):
    number = 6
    key = "knowledge"
    name = _("What people learned")
    definition = _(
        "Right answers to the same questions before a module and at the first try of its quiz, in "
        "per cent of all of them, of those who answered both; and how many of these people did "
        "better. A person counts in the period of that first try."
    )
    tables = ("training.QuizAttempt", "training.Response")
    columns = (
        Column("people", _("People"), adds=False),
        Column("before", _("Right before"), unit="%", adds=False, behind="people"),
        Column("after", _("Right after"), unit="%", adds=False, behind="people"),
        Column("better", _("Did better"), unit="%", adds=False, behind="people"),
    )
    cuts = (cuts.MODULE,)
    is_small = True

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        groups: dict[str, list[gains.Pair]] = defaultdict(list)
        for pair in gains.pairs(*window.bounds()):
            groups[pair.module if cut else TOTAL].append(pair)
        return self.table(cut, {value: _learned(pairs) for value, pairs in groups.items()})


def _learned(pairs: Sequence[gains.Pair]) -> dict[str, Any]:
    asked = sum(pair.asked for pair in pairs)
    return {
        "people": len(pairs),
        "before": percent(sum(pair.before for pair in pairs), asked),
        "after": percent(sum(pair.after for pair in pairs), asked),
        "better": percent(sum(pair.after > pair.before for pair in pairs), len(pairs)),
    }


def percent(part: int, whole: int) -> int | None:
    """Whole per cent, a half rounded up; None of nothing."""
    return (part * 200 + whole) // (2 * whole) if whole else None


class Satisfaction(Measure):
    number = 7
    key = "evaluations"
    name = _("What people said of trainings")
    definition = _(
        "Evaluations by the month in which they were written down, and how many of those who could "
        "give one did, among the completions of modules in the period. For each sentence: how many "
        "agree, 4 or 5 of 5. Evaluations bear no name, so nobody can be counted once."
    )
    tables = ("training.EvaluationAnswer", "training.EvaluationDone")
    columns = (
        Column("answers", _("Evaluations"), adds=False),
        Column("rate", _("Of completions"), unit="%", adds=False, behind="answers"),
        *(
            Column(item, _("Agree: %s") % words, unit="%", adds=False, behind="answers")
            for item, words in ((name, str(words)) for name, words in ITEMS.items())
        ),
    )
    cuts = (cuts.MODULE,)
    is_small = True

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        value = F("module__code") if cut else Value("")
        agree = {f"n_{i}": Count("pk", filter=_agrees(i)) for i in ITEMS}
        said = EvaluationAnswer.objects.filter(month__gte=window.first, month__lte=window.last)
        if cut:
            said = said.filter(module__isnull=False)
        rows = said.order_by().annotate(cut_value=value).values("cut_value")
        done, could = self._asked(window, cut)
        found = {}
        counted: Any = rows.annotate(answers=Count("pk"), **agree)
        for row in counted:
            key, n = row["cut_value"] or "", row["answers"]
            shares = {i: percent(row[f"n_{i}"], n) for i in ITEMS}
            rate = percent(done.get(key, 0), could.get(key, 0))
            found[key] = {"answers": n, "rate": rate, **shares}
        return self.table(cut, found)

    def _asked(self, window: Window, cut: str) -> tuple[dict[str, int], dict[str, int]]:
        """Count, by value, the completions of modules that were evaluated, and all of them."""
        rows = taken(window).filter(enrolment__isnull=False)
        value = F("module__code") if cut else Value("")
        counted = (
            rows.annotate(cut_value=value)
            .values("cut_value")
            .annotate(could=Count("pk"), done=Count("enrolment__evaluation_done"))
        )
        found = list(counted.order_by())
        done = {row["cut_value"] or "": row["done"] for row in found}
        return done, {row["cut_value"] or "": row["could"] for row in found}


def _agrees(item: str) -> Any:
    return Q(**{f"{item}__gte": AGREES})


def _meeting(rule: RequirementRule | None, people: set[int], day: date) -> set[int]:
    return meeting.who_meets(rule, people, on=day) if rule else set()


class PathwayCoverage(Measure):
    number = 8
    key = "pathway"
    name = _("Team members with the 14 hours")
    definition = _(
        "People on the rosters on the last day of the period, and how many of them then met the "
        "requirement of 14 hours of CSEC training. Who is on two rosters counts once in the whole."
    )
    tables = ("people.Membership", "training.CreditAward")
    columns = (
        Column("people", _("On the roster"), adds=False),
        Column("met", _("With 14 hours"), adds=False),
        Column("share", _("Share"), unit="%", adds=False),
    )
    cuts = (cuts.CENTER,)
    is_snapshot = True

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        day = min(window.last, timezone.localdate())
        rule = RequirementRule.objects.filter(slug=CSEC_14_HOURS).first()
        links = list(
            Membership.objects.active(day)
            .filter(user__is_active=True)
            .values_list("user_id", "center__slug")
        )
        people = {user for user, _center in links}
        met = cuts.once(
            f"met {day}", lambda: meeting.who_meets(rule, people, on=day) if rule else set()
        )
        groups: dict[str, set[int]] = defaultdict(set)
        for user, center in links:
            groups[center if cut else TOTAL].add(user)
        if cut:
            for slug in Center.objects.values_list("slug", flat=True):
                groups.setdefault(slug, set())
        return self.table(
            cut,
            {
                value: {
                    "people": len(on),
                    "met": len(on & met),
                    "share": len(on & met) * 100 // len(on) if on else None,
                }
                for value, on in groups.items()
            },
        )
