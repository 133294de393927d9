"""What each role sees first: the next step, then what waits for them. Reads across the apps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from assistance import due, queues
from assistance.lifecycle import FINISHED, State
from assistance.models import NextStep, Question, Ticket
from portal.core import counting, heartbeats, quality
from portal.core.models import Effect
from portal.core.redaction import showing
from portal.home import week
from portal.people import aliases, coverage, roles
from portal.people.coverage import Coverage
from portal.people.models import HelpLine, JoinRequest, MailSuppression, User
from resources import reading, reading_state
from resources.models import PageSuggestion, ResourcePage
from resources.policies import can_see_reading as may_see_reading
from resources.reading_state import PageState
from training import (
    assignments,
    center_page,
    follow_ups,
    lapsing,
    needs,
    paths,
    protocols,
    team,
    transcript,
    updates,
)
from training import policies as training_policies
from training.center_page import Line as CenterLine
from training.lapsing import Lapse
from training.models import (
    Assignment,
    EditSuggestion,
    FollowUp,
    LiveSession,
    ModulePage,
    OutsideTraining,
    ReleaseUpdate,
    UrgentCorrection,
)
from training.needs import Need
from training.paths import Path
from training.team import Coverage as TeamCoverage

SHOWN = 5  # rows of a list on a dashboard
NEWS = 4  # rows of what is new
LAPSING = timedelta(days=60)
STEPS_WITHIN = timedelta(days=14)
VIEWS = {State.WAITING: "waiting", State.ANSWERED: "answered"}
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Learning:
    """A member's own part. `path` is what to go on with, `next_up` what to begin."""

    path: Path | None
    next_up: ModulePage | None
    needs: Sequence[Need]
    minutes: int
    hours: str
    fiscal_year_hours: str
    done: int
    on_offer: int
    follow_ups: Sequence[FollowUp]
    asked: Sequence[Assignment]
    updates: Sequence[ReleaseUpdate]
    also_begun: Sequence[Path]
    new_modules: Sequence[ModulePage]

    @property
    def next_due(self) -> Assignment | None:
        """Return what is asked of the person first, what is late before what is to come."""
        return min(self.asked, key=lambda row: row.due_on, default=None)


@dataclass(frozen=True, slots=True)
class Lapses:
    """Whose required hours lapse before a day: how many, the first of them, how many a center."""

    before: date
    people: int
    first: Sequence[Lapse]
    bars: Sequence[tuple[str, int, str]] = ()


@dataclass(frozen=True, slots=True)
class InState:
    """How many of the requests are in a state, and the view of the queue that shows them."""

    label: str
    count: int
    view: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A coordinator's part."""

    team: TeamCoverage
    requests: Sequence[Ticket]
    by_state: Sequence[InState]
    questions: Sequence[Question]
    joining: int
    centers: Sequence[CenterLine]
    lapses: Lapses
    steps: Sequence[NextStep]


@dataclass(frozen=True, slots=True)
class Desk:
    """The part of the manager and of a specialist: the queue, how old it is."""

    counts: Counts
    pressing: Sequence[Ticket]
    oldest: Ticket | None

    @property
    def oldest_days(self) -> int:
        """Whole days (America/New_York) since the oldest open request came."""
        if self.oldest is None or self.oldest.submitted_at is None:
            return 0
        return (timezone.localdate() - timezone.localdate(self.oldest.submitted_at)).days


@dataclass(frozen=True, slots=True)
class Program:
    """The state of the program, for the manager: what needs a hand."""

    counties: Coverage
    lapses: Lapses
    protocols: int
    reviews: int
    stale_lines: int
    stuck: int
    dead: int
    is_silent: bool
    returned: int
    joining: int
    week: Sequence[week.News]
    quality: quality.Total


def learning(user: User, modules: Sequence[ModulePage]) -> Learning:
    record = transcript.of(user)
    done = {line.completion.module_id for line in record.lines}
    started = paths.started(user)
    begun = {path.page.pk for path in started}
    fresh = [m for m in modules if m.pk not in done and m.pk not in begun]
    year = f"FY {transcript.fiscal_year(timezone.localdate())}"
    this_year = next((t.hours for t in record.fiscal_years if t.label == year), "0")
    return Learning(
        path=started[0] if started else None,
        next_up=fresh[0] if fresh else None,
        needs=needs.of(user),
        minutes=record.total.minutes,
        hours=record.total.hours,
        fiscal_year_hours=this_year,
        done=sum(m.pk in done for m in modules),
        on_offer=len(modules),
        asked=assignments.own(user)[:SHOWN],
        follow_ups=list(follow_ups.open_for(user)[:SHOWN]),
        updates=updates.unread(user),
        also_begun=started[1:SHOWN],
        new_modules=list(team.newest_for(user)[:NEWS]),
    )


def lead(user: User, counts: Counts, modules: Sequence[ModulePage]) -> Lead:
    people = team.roster(user)
    return Lead(
        team.coverage(people, modules),
        list(queues.open_for(user)[:SHOWN]),
        _by_state(queues.counts_by_state(user)),
        list(queues.questions_to_answer(user)[:SHOWN]),
        counts["joining"],
        center_page.lines(user),
        _lapses(people),
        list(due.steps_of_centers(user, within=STEPS_WITHIN)[:SHOWN]),
    )


def desk(user: User) -> Desk:
    return Desk(
        queues.counts_by_view(user),
        list(queues.open_for(user)[:SHOWN]),
        queues.oldest_open(user),
    )


def program(user: User, counts: Counts) -> Program:
    return Program(
        coverage.of_counties(),
        _lapses(team.roster(user), with_centers=True),
        protocols.in_arrears(),
        waiting_reviews(user),
        counts["stale_lines"],
        counts["stuck"],
        counts["dead"],
        counts["heard"] < len(heartbeats.EVERY),
        counts["returned"],
        counts["joining"],
        week.of(counts),
        quality.total(counts),
    )


def _lapses(people: QuerySet[User], *, with_centers: bool = False) -> Lapses:
    before = timezone.localdate() + LAPSING
    found = lapsing.soon(people, before=before)
    bars: Iterable[tuple[str, int]] = lapsing.by_center(found) if with_centers else ()
    return Lapses(
        before,
        len(found),
        found[:SHOWN],
        [(name or _("On no roster"), count, str(count)) for name, count in bars],
    )


def _by_state(counts: Counts) -> list[InState]:
    """Return the states that occur, in the order of a request's life; the ended ones as one."""
    rows = [
        InState(str(state.label), counts[state], VIEWS.get(state, "open"))
        for state in State
        if state not in FINISHED and state in counts
    ]
    ended = sum(counts.get(state, 0) for state in FINISHED)
    return [*rows, InState(_("Closed"), ended, "closed")] if ended else rows


def waiting(user: User) -> dict[str, QuerySet[Any]]:
    """Return what waits for somebody, each a set to be counted; empty where it is not theirs."""
    leads = roles.is_manager(user) or roles.is_coordinator(user)
    joining = JoinRequest.objects.waiting().visible_to(user)
    return {
        "outside": OutsideTraining.objects.to_review_by(user),
        "suggestions": EditSuggestion.objects.to_answer_by(user).open(),
        "corrections": UrgentCorrection.objects.visible_to(user).open(),
        "page_suggestions": PageSuggestion.objects.to_answer_by(user).open(),
        "joining": joining if leads else joining.none(),
    }


def of_program(user: User) -> dict[str, QuerySet[Any]]:
    """Return what the manager sees numbers of; the checks of the data among them."""
    return {
        "stale_lines": HelpLine.objects.stale(),
        "stuck": Effect.objects.failing(),
        "dead": Effect.objects.dead(),
        "heard": heartbeats.heard(),
        "returned": MailSuppression.objects.visible_to(user).standing(),
        **week.sets(user),
        **quality.sets(user),
    }


def news(user: User) -> QuerySet[ResourcePage]:
    """Return what the library published last for a person's discipline, or for all."""
    pages = ResourcePage.objects.visible_to(user)
    if user.discipline is not None:
        pages = pages.for_discipline(user.discipline.slug)
    found: QuerySet[ResourcePage] = pages.defer("body", "sources")
    return found.order_by("-last_published_at", "-pk")


def waiting_reviews(user: User) -> int:
    """Count the workflow tasks that wait for somebody of the person's groups."""
    return int(TaskState.objects.reviewable_by(user).count())


def unread(user: User) -> list[PageState]:
    """Return the guidance that not everybody has read, for whoever sees who has."""
    return reading_state.unread(user) if may_see_reading(user) else []


def _asked(user: User) -> QuerySet[Question]:
    return Question.objects.filter(asker=user).order_by("-asked_at")[:3]


def _sessions(user: User) -> QuerySet[LiveSession]:
    return LiveSession.objects.visible_to(user).upcoming().of(user).standing()[:3]


def _to_read(user: User) -> QuerySet[ResourcePage]:
    return reading.open_for(user).defer("body", "sources")


def read(user: User) -> dict[str, Any]:
    """Return what the dashboard's template shows; a part that is not for the role is None.

    A manager who coordinates no center is not shown a learner's part: it stands on My record.
    """
    with aliases.remembered():
        return _read(user)


def _read(user: User) -> dict[str, Any]:
    manages, leads = roles.is_manager(user), roles.is_coordinator(user)
    works_desk = manages or roles.is_specialist(user)
    counts = counting.in_one({**waiting(user), **(of_program(user) if manages else {})})
    learns = leads or not manages
    modules = team.modules() if learns else []
    leading = lead(user, counts, modules) if leads else None
    working = desk(user) if works_desk else None
    asked = [] if leads or works_desk else list(_asked(user))
    shown = [*leading.requests, *leading.questions, *leading.steps] if leading else []
    showing.prepare([*shown, *(working.pressing if working else []), *asked])
    return {
        "learning": learning(user, modules) if learns else None,
        "lead": leading,
        "desk": working,
        "program": program(user, counts) if manages else None,
        "reviews": waiting_reviews(user) if roles.may_open_cms(user) and not manages else 0,
        "sees_evaluations": training_policies.can_see_evaluations(user),
        "outside": counts["outside"],
        "suggestions": counts["suggestions"],
        "corrections": counts["corrections"],
        "page_suggestions": counts["page_suggestions"],
        "sessions": list(_sessions(user)),
        "new_resources": news(user)[:NEWS],
        "to_read": list(_to_read(user)) if learns else [],
        "unread": unread(user),
        "asked": asked,
    }
