"""Every measure once more, from the raw rows, in plain loops: what the portal must agree with."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from assistance import calendar
from assistance.models import Ticket, TimeEntry
from portal.core.models import Event
from portal.people.models import (
    CenterCounty,
    CoordinatorAssignment,
    County,
    Membership,
    RoleGrant,
    User,
)
from portal.people.models.person import PersonAlias
from portal.reports.periods import EASTERN
from resources.models import Forum, Initiative, PublishedVersion, ResourceUse
from tests.reports.rounding import half_up, middle, ninety
from training import needs
from training.models import (
    Completion,
    EvaluationAnswer,
    LiveSession,
    ModuleRelease,
    OutreachTalk,
    QuizAttempt,
    Response,
)

Counts = dict[tuple[str, str], dict[str, dict[str, Any]]]
ENDS = {f"request.{name}" for name in
        ("confirm", "close_silent", "decline", "mark_duplicate", "withdraw")}  # fmt: skip


def local(at: datetime) -> date:
    return at.astimezone(EASTERN).date()


class Recount:
    """Counts of the days from `first` to `last`, paid by `funding` ("" is all)."""

    def __init__(self, first: date, last: date, funding: str = "") -> None:
        self.first, self.last, self.funding = first, min(last, timezone.localdate()), funding
        self.counts: Counts = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        self.distinct: dict[tuple[str, str, str, str], set[Any]] = defaultdict(set)
        self.links = list(CenterCounty.objects.select_related("county"))
        self.merged = {a.alias_id: a.person_id for a in PersonAlias.objects.filter(undone_at=None)}

    def run(self) -> Counts:
        self.trainings()
        self.taken()
        self.talks()
        self.knowledge()
        self.evaluations()
        self.requests()
        self.effort()
        self.speed()
        self.forums()
        if not self.funding:
            self.library()
            self.snapshots()
        self.open()
        for (measure, column, cut, value), people in self.distinct.items():
            self.counts[measure, cut][value][column] = len(people)
        return self.counts

    def falls(self, day: date, funding: str) -> bool:
        return self.first <= day <= self.last and self.funding in ("", funding)

    def add(self, measure: str, column: str, amount: int, **values: str) -> None:
        self.counts[measure, ""][""][column] += amount
        for cut, value in values.items():
            self.counts[measure, cut][value][column] += amount

    def county(self, center: int | None, day: date) -> str:
        if center is None:
            return "statewide"
        slugs = [
            link.county.slug
            for link in self.links
            if link.center_id == center
            and link.starts_on <= day
            and (link.ends_on is None or day <= link.ends_on)
        ]
        return "+".join(sorted(slugs))

    def role(self, person: int, day: date) -> str:
        def active(rows: Any) -> bool:
            return any(r.starts_on <= day and (r.ends_on is None or day <= r.ends_on) for r in rows)

        for role in ("manager", "deputy", "coordinator", "specialist", "author", "reviewer",
                     "trainer"):  # fmt: skip
            if role == "coordinator":
                rows: Any = CoordinatorAssignment.objects.filter(user=person)
            else:
                rows = RoleGrant.objects.filter(user=person, role=role)
            if active(rows):
                return role
        return "member"

    def trainings(self) -> None:
        for session in LiveSession.objects.select_related("center"):
            day = local(session.starts_at)
            if session.cancelled_at or not self.falls(day, session.funding):
                continue
            self.add(
                "trainings",
                "trainings",
                1,
                way=session.mode,
                center=session.center.slug if session.center else "statewide",
                county=self.county(session.center_id, day),
                trainer=str(session.trainer_id),
            )
            for topic in session.topics or [""]:
                self.counts["trainings", "topic"][topic]["trainings"] += 1
        for release in ModuleRelease.objects.all():
            if release.edition == 1 and self.falls(local(release.released_at), ""):
                if self.funding:
                    continue
                self.add("trainings", "trainings", 1, way="module", center="statewide",
                         county="statewide", trainer="")  # fmt: skip
                for topic in release.outline.get("topics") or [""]:
                    self.counts["trainings", "topic"][topic]["trainings"] += 1

    def taken(self) -> None:
        rows = Completion.objects.select_related(
            "discipline", "center", "attendance__session", "person"
        )
        for row in rows.filter(annulment=None, outside=None):
            day = local(row.completed_at)
            funding = row.attendance.session.funding if row.attendance else ""
            if not self.falls(day, funding):
                continue
            values = {
                "discipline": row.discipline.slug if row.discipline else "",
                "center": row.center.slug if row.center else "",
                "county": self.county(row.center_id, day) if row.center else "",
                "way": "session" if row.attendance else "module",
            }
            role = self.role(row.person_id, day)
            self.add("attendances", "attendances", 1, **values, role=role)
            self.add("minutes", "minutes", row.minutes, **values)
            person = self.merged.get(row.person_id, row.person_id)
            for cut, value in {"": "", **values, "role": role}.items():
                self.distinct["people", "people", cut, value].add(person)

    def talks(self) -> None:
        for talk in OutreachTalk.objects.select_related("center", "county"):
            if talk.is_void or OutreachTalk.objects.filter(corrects=talk).exists():
                continue
            if not self.falls(talk.happened_on, talk.funding):
                continue
            place = {
                "center": talk.center.slug if talk.center else "statewide",
                "county": talk.county.slug
                if talk.county
                else self.county(talk.center_id, talk.happened_on),
            }
            self.add("outreach", "talks", 1, **place)
            audiences = set()
            for count in talk.counts.all():
                self.add("outreach", "heads", count.people, **place, audience=count.audience)
                spent = count.people * talk.minutes
                self.add("outreach", "minutes", spent, **place, audience=count.audience)
                audiences.add(count.audience)
            for audience in audiences:
                self.counts["outreach", "audience"][audience]["talks"] += 1

    def knowledge(self) -> None:
        if self.funding:
            return
        groups: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
        tries: dict[int, dict[str, list[QuizAttempt]]] = defaultdict(lambda: defaultdict(list))
        for attempt in QuizAttempt.objects.select_related("enrolment__module"):
            if attempt.closed_at:
                tries[attempt.enrolment_id][attempt.kind].append(attempt)
        for kinds in tries.values():
            if not kinds["before"] or not kinds["quiz"]:
                continue
            first = min(kinds["quiz"], key=lambda a: (a.closed_at, a.pk))
            if not first.closed_at or not self.first <= local(first.closed_at) <= self.last:
                continue
            before = {r.question.question_id: r.is_right
                      for r in Response.objects.filter(attempt=kinds["before"][0])}  # fmt: skip
            after = {r.question.question_id: r.is_right
                     for r in Response.objects.filter(attempt=first)}  # fmt: skip
            both = before.keys() & after.keys()
            found = (len(both), sum(before[q] for q in both), sum(after[q] for q in both))
            groups["", ""].append(found)
            groups["module", first.enrolment.module.code].append(found)
        for (cut, value), pairs in groups.items():
            asked = sum(p[0] for p in pairs)
            self.counts["knowledge", cut][value] = {
                "people": len(pairs),
                "before": half_up(100 * sum(p[1] for p in pairs), asked),
                "after": half_up(100 * sum(p[2] for p in pairs), asked),
                "better": half_up(100 * sum(p[2] > p[1] for p in pairs), len(pairs)),
            }

    def evaluations(self) -> None:
        if self.funding:
            return
        items = ("clear", "length", "useful", "safe", "objectives")
        groups: dict[tuple[str, str], list[EvaluationAnswer]] = defaultdict(list)
        for answer in EvaluationAnswer.objects.select_related("module"):
            if answer.month and self.first <= answer.month <= self.last:
                groups["", ""].append(answer)
                groups["module", answer.module.code].append(answer)  # type: ignore[union-attr]
        done: dict[tuple[str, str], list[bool]] = defaultdict(list)
        for row in Completion.objects.filter(annulment=None, enrolment__isnull=False):
            if self.first <= local(row.completed_at) <= self.last:
                said = hasattr(row.enrolment, "evaluation_done")
                done["", ""].append(said)
                done["module", row.module.code].append(said)  # type: ignore[union-attr]
        for key, answers in groups.items():
            shares = {
                item: half_up(100 * sum(getattr(a, item) >= 4 for a in answers), len(answers))
                for item in items
            }
            could = done[key]
            rate = half_up(100 * sum(could), len(could)) if could else None
            self.counts["evaluations", key[0]][key[1]] = {
                "answers": len(answers), "rate": rate, **shares,
            }  # fmt: skip

    def requests(self) -> None:
        tickets = {t.pk: t for t in Ticket.objects.select_related("discipline", "center")}
        for ticket in tickets.values():
            if ticket.submitted_at:
                self._request(ticket, "received", local(ticket.submitted_at))
        for event in Event.objects.filter(subject_type="assistance.ticket"):
            if event.kind in ENDS:
                self._request(tickets[int(event.subject_id)], "resolved", local(event.at))

    def _request(self, ticket: Ticket, column: str, day: date) -> None:
        if self.falls(day, ticket.funding):
            self.add(
                "requests",
                column,
                1,
                type=ticket.type,
                discipline=ticket.discipline.slug if ticket.discipline else "",
                center=ticket.center.slug if ticket.center else "",
                county=self.county(ticket.center_id, day) if ticket.center else "",
            )

    def open(self) -> None:
        for ticket in Ticket.objects.select_related("discipline", "center"):
            if ticket.submitted_at is None or local(ticket.submitted_at) > self.last:
                continue
            if self.funding not in ("", ticket.funding):
                continue
            course = [
                e
                for e in Event.objects.filter(
                    subject_type="assistance.ticket", subject_id=str(ticket.pk)
                ).order_by("at", "pk")
                if local(e.at) <= self.last and e.kind in {*ENDS, "request.reopen"}
            ]
            if not course or course[-1].kind == "request.reopen":
                self.add(
                    "open",
                    "open",
                    1,
                    type=ticket.type,
                    center=ticket.center.slug if ticket.center else "",
                    discipline=ticket.discipline.slug if ticket.discipline else "",
                )

    def effort(self) -> None:
        for row in TimeEntry.objects.select_related("ticket__center", "activity__center"):
            of = row.ticket or row.activity
            funding = (
                row.funding
                or (row.ticket.funding if row.ticket else "")
                or (row.activity.funding if row.activity else "")
            )
            if self.falls(row.worked_on, funding) and of is not None:
                center = of.center.slug if of.center else ""
                kind = row.ticket.type if row.ticket else ""
                for column, amount in (
                    ("staff", row.staff_minutes),
                    ("activity", row.activity_minutes),
                    ("contact", row.activity_minutes * row.attendees),
                ):
                    self.add("effort", column, amount, type=kind, center=center)

    def speed(self) -> None:
        closed: frozenset[date] = frozenset()
        found: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(
            lambda: {"reply": [], "answer": []}
        )
        for ticket in Ticket.objects.all():
            start = ticket.submitted_at
            if start is None or self.funding not in ("", ticket.funding):
                continue
            for name, end, less in (
                ("reply", ticket.first_response_at, 0),
                ("answer", ticket.answered_at, ticket.paused_minutes),
            ):
                if end and self.first <= local(end) <= self.last:
                    minutes = max(0, calendar.minutes_between(start, end, closed) - less)
                    for key in (("", ""), ("type", ticket.type), ("urgency", ticket.urgency)):
                        found[key][name].append(minutes)
        for (cut, value), times in found.items():
            self.counts["speed", cut][value] = {
                "replied": len(times["reply"]),
                "reply_median": middle(times["reply"]),
                "reply_nine": ninety(times["reply"]),
                "answered": len(times["answer"]),
                "answer_median": middle(times["answer"]),
                "answer_nine": ninety(times["answer"]),
            }

    def library(self) -> None:
        for row in PublishedVersion.objects.all():
            if self.falls(local(row.published_at), ""):
                column = "developed" if row.is_first else "revised"
                self.add("materials", column, 1, kind=row.kind)
        for use in ResourceUse.objects.select_related("person__discipline"):
            if self.falls(use.day, ""):
                slug = use.person.discipline.slug if use.person.discipline else ""
                self.add("readers", "uses", 1, discipline=slug)
                for cut, value in (("", ""), ("discipline", slug)):
                    self.distinct["readers", "people", cut, value].add(use.person_id)

    def forums(self) -> None:
        for row in Forum.objects.all():
            if self.falls(row.happened_on, row.funding):
                self.add("forums", "forums", 1, level=row.level)
                self.add("forums", "people", row.audience or 0, level=row.level)

    def snapshots(self) -> None:
        for initiative in Initiative.objects.all():
            for step in initiative.milestones.all():
                done = step.done_on is not None and step.done_on <= self.last
                self.add("initiatives", "milestones", 1, initiative=initiative.slug)
                self.add("initiatives", "done", int(done), initiative=initiative.slug)
                late = not done and step.due_on < self.last
                self.add("initiatives", "late", int(late), initiative=initiative.slug)
        self._coverage()
        self._pathway()

    def _coverage(self) -> None:
        covered = 0
        for county in County.objects.all():
            centers = [
                link.center_id
                for link in self.links
                if link.county_id == county.pk
                and link.starts_on <= self.last
                and (link.ends_on is None or self.last <= link.ends_on)
            ]
            covered += any(
                row.starts_on <= self.last and (row.ends_on is None or self.last <= row.ends_on)
                for row in CoordinatorAssignment.objects.filter(
                    center__in=centers, kind="primary", user__is_active=True
                )
            )
        self.add("coverage", "covered", covered)
        self.add("coverage", "counties", 14)

    def _pathway(self) -> None:
        on: dict[str, set[int]] = defaultdict(set)
        for row in Membership.objects.select_related("center", "user"):
            active = row.starts_on <= self.last and (
                row.ends_on is None or self.last <= row.ends_on
            )
            if active and row.user.is_active:
                on[row.center.slug].add(row.user_id)
        people = set().union(*on.values())
        met = set()
        for user in User.objects.filter(pk__in=people):
            for need in needs.of(user, on=self.last):
                if need.rule.slug == "csec-mdt-14" and need.standing.is_met:
                    met.add(user.pk)
        for cut, value, who in [("", "", people), *(("center", s, w) for s, w in on.items())]:
            self.counts["pathway", cut][value] = {
                "people": len(who),
                "met": len(who & met),
                "share": len(who & met) * 100 // len(who) if who else None,
            }
