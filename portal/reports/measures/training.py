"""Measures 1 to 5: trainings, who took part, outreach, hours."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from portal.reports import cuts
from portal.reports.measures.base import TOTAL, Adding, Cell, Measure, Source, Window, day_of
from portal.reports.tables import Column, Table
from training.models import (
    Completion,
    LiveSession,
    ModuleRelease,
    OutreachTalk,
    TalkCount,
)


def held(window: Window) -> QuerySet[Any]:
    """Sessions of the window that were not cancelled."""
    rows = LiveSession.objects.standing().filter(**window.within("starts_at"))
    return rows.order_by().annotate(day=day_of("starts_at"))


def released(window: Window) -> QuerySet[Any]:
    """Numbers of modules released in the window; an editorial edition is no training of its own."""
    rows = ModuleRelease.objects.filter(edition=1, **window.within("released_at"))
    return rows.order_by().annotate(day=day_of("released_at"))


def taken(window: Window) -> Any:
    """Completions of modules and sessions; what others taught is not the program's training."""
    rows = Completion.objects.standing().filter(outside=None, **window.within("completed_at"))
    return rows.order_by().annotate(day=day_of("completed_at"))


TAKEN_CUTS: dict[str, Any] = {
    "discipline": Coalesce("discipline__slug", Value("")),
    "center": Coalesce("center__slug", Value("")),
}


def taken_cuts() -> dict[str, Any]:
    county = cuts.county_of("center_id", "day")
    return {
        **TAKEN_CUTS,
        # Of a person without a center nobody knows the county.
        "county": Case(When(center=None, then=Value("")), default=county, output_field=CharField()),
        "role": cuts.role_of("person_id", "day"),
        "way": Case(
            When(enrolment__isnull=False, then=Value("module")),
            default=Value("session"),
            output_field=CharField(),
        ),
    }


TAKEN_FUNDING = Coalesce("attendance__session__funding", Value(""))


class TrainingsDelivered(Adding):
    number = 1
    key = "trainings"
    name = _("Trainings delivered")
    definition = _(
        "Live sessions held, and modules released for the first time or with a substantive change. "
        "A session counts on the day it began, a module on the day of its release. Cancelled "
        "sessions and editorial corrections do not count. By topic, one training may count in "
        "several."
    )
    tables = ("training.LiveSession", "training.ModuleRelease")
    columns = (Column("trainings", _("Trainings")),)
    cuts = (cuts.WAY, cuts.CENTER, cuts.COUNTY, cuts.TOPIC, cuts.TRAINER)
    has_funding = True

    def sources(self) -> Sequence[Source]:
        session = {
            "way": F("mode"),
            "center": cuts.center_of("center"),
            "county": cuts.county_of("center_id", "day"),
            "trainer": Cast("trainer_id", CharField()),
        }
        module = {
            "way": Value("module"),
            "center": Value(cuts.STATEWIDE),
            "county": Value(cuts.STATEWIDE),
            "trainer": Value(""),
        }
        count = {"trainings": Count("pk")}
        return (
            Source(held, "day", count, session, "funding"),
            Source(released, "day", count, module),
        )

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        if cut != cuts.TOPIC.key:
            return super().read(window, cut, funding)
        found: dict[str, dict[str, int]] = defaultdict(lambda: {"trainings": 0})
        for cell in self._by_topic(window):
            if funding in ("", cell.funding):
                found[cell.value]["trainings"] += cell.amount
        return self.table(cut, found)

    def cells(self, window: Window) -> Iterator[Cell]:
        yield from super().cells(window)
        yield from self._by_topic(window)

    def _by_topic(self, window: Window) -> Iterator[Cell]:
        added: dict[tuple[str, str, Any], int] = defaultdict(int)
        rows = held(window).values_list("topics", "funding", "day")
        for topics, funding, day in [
            *rows,
            *(
                (o.get("topics"), "", day)
                for o, day in released(window).values_list("outline", "day")
            ),
        ]:
            for topic in set(topics or [""]):
                added[topic, funding, day] += 1
        for (topic, funding, day), amount in added.items():
            yield Cell("trainings", cuts.TOPIC.key, topic, funding, day, amount)


class Attendances(Adding):
    number = 2
    key = "attendances"
    name = _("People trained, each time counted")
    definition = _(
        "Every completion of a module, and every attendance of a session that reached the share "
        "its trainer asked for. A person who took part three times counts three times. Annulled "
        "completions and training by others do not count. Discipline, center, county and role are "
        "those of the day."
    )
    tables = ("training.Completion", "training.Attendance")
    columns = (Column("attendances", _("Attendances")),)
    cuts = (cuts.DISCIPLINE, cuts.CENTER, cuts.COUNTY, cuts.ROLE, cuts.WAY)
    has_funding = True

    def sources(self) -> Sequence[Source]:
        count = {"attendances": Count("pk")}
        return (Source(taken, "day", count, taken_cuts(), TAKEN_FUNDING),)


class PeopleTrained(Measure):
    number = 3
    key = "people"
    name = _("People trained, each person counted once")
    definition = _(
        "Distinct people among the attendances of the period; merged accounts are one person. Who "
        "changed discipline or center within the period counts once in each of them, and once in "
        "the whole: the parts may add up to more."
    )
    tables = ("training.Completion", "people.PersonAlias")
    columns = (Column("people", _("People"), adds=False),)
    cuts = (cuts.DISCIPLINE, cuts.CENTER, cuts.COUNTY, cuts.ROLE, cuts.WAY)
    has_funding = True

    def read(self, window: Window, cut: str = TOTAL, funding: str = "") -> Table:
        rows = taken(window).with_counted_person()
        if funding:
            rows = rows.filter(attendance__session__funding=funding)
        value = Value("") if cut == TOTAL else taken_cuts()[cut]
        counted = rows.annotate(cut_value=value).values("cut_value")
        found = counted.annotate(people=Count("counted_person", distinct=True)).order_by()
        return self.table(cut, {row["cut_value"]: row for row in found})


def _talks(window: Window) -> QuerySet[Any]:
    talks = OutreachTalk.objects.standing().filter(happened_on__range=(window.first, window.last))
    return talks.order_by().annotate(day=F("happened_on"))


def _heads(window: Window) -> QuerySet[Any]:
    talks = _talks(window).values("pk")
    rows = TalkCount.objects.filter(talk__in=talks).order_by()
    return rows.annotate(day=F("talk__happened_on"))


class OutreachReach(Adding):
    number = 4
    key = "outreach"
    name = _("Outreach: people reached")
    definition = _(
        "Talks to people without accounts, and heads counted there. Nobody's name is known, so "
        "nobody can be counted once. By audience, a talk counts in each audience it had. Corrected "
        "talks count as corrected."
    )
    tables = ("training.OutreachTalk", "training.TalkCount")
    columns = (
        Column("talks", _("Talks")),
        Column("heads", _("People reached")),
        Column("minutes", _("Person-hours"), unit="min"),
    )
    cuts = (cuts.AUDIENCE, cuts.CENTER, cuts.COUNTY)
    has_funding = True

    def sources(self) -> Sequence[Source]:
        talks = {"talks": Count("pk")}
        # Small numbers multiplied by the engine would not fit their own kind.
        spent = Sum(Cast("people", BigIntegerField()) * F("talk__minutes"))
        heads = {"heads": Sum("people"), "minutes": spent}
        place = {
            "center": cuts.center_of("center"),
            "county": Case(
                When(county__isnull=False, then=F("county__slug")),
                default=cuts.county_of("center_id", "day"),
                output_field=CharField(),
            ),
        }
        there = {
            "center": cuts.center_of("talk__center"),
            "county": Case(
                When(talk__county__isnull=False, then=F("talk__county__slug")),
                default=cuts.county_of("talk__center_id", "day"),
                output_field=CharField(),
            ),
        }
        return (
            Source(_talks, "day", talks, place, "funding"),
            Source(_heads, "day", heads, {**there, "audience": F("audience")}, "talk__funding"),
            Source(_heads, "day", {"talks": Count("talk", distinct=True)},
                   {"audience": F("audience")}, "talk__funding", is_whole=False),
        )  # fmt: skip


class TrainingHours(Adding):
    number = 5
    key = "minutes"
    name = _("Training hours")
    definition = _(
        "Minutes of the modules completed and of the sessions attended, times the people who took "
        "them, in hours of 60 minutes. A module counts with its published minutes."
    )
    tables = ("training.Completion",)
    columns = (Column("minutes", _("Hours"), unit="min"),)
    cuts = (cuts.DISCIPLINE, cuts.CENTER, cuts.COUNTY, cuts.WAY)
    has_funding = True

    def sources(self) -> Sequence[Source]:
        minutes = {"minutes": Sum("minutes")}
        return (Source(taken, "day", minutes, taken_cuts(), TAKEN_FUNDING),)
