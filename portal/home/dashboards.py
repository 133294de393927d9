"""What each role sees first: the next step, then what waits for them. Reads across the apps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import TaskState

from assistance import queues
from assistance.models import Question, Ticket
from portal.core.models import Effect
from portal.people import coverage, roles
from portal.people.coverage import Coverage
from portal.people.models import HelpLine, JoinRequest, User
from resources.models import ResourcePage
from training import assignments, follow_ups, needs, paths, team, transcript, updates
from training import policies as training_policies
from training.models import (
    Assignment,
    EditSuggestion,
    FollowUp,
    LiveSession,
    ModulePage,
    ReleaseUpdate,
    UrgentCorrection,
)
from training.needs import Need
from training.paths import Path
from training.team import Coverage as TeamCoverage

SHOWN = 5  # rows of a list on a dashboard


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


@dataclass(frozen=True, slots=True)
class Lead:
    """A coordinator's part."""

    team: TeamCoverage
    requests: Sequence[Ticket]
    questions: Sequence[Question]
    joining: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The manager's part, and a specialist's: the queue, and what needs a hand."""

    counts: dict[str, int]
    pressing: Sequence[Ticket]
    counties: Coverage | None
    stale_lines: int
    reviews: int
    stuck: int


def learning(user: User) -> Learning:
    modules = team.modules()
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
        asked=list(assignments.own(user)[:SHOWN]),
        follow_ups=list(follow_ups.open_for(user)[:SHOWN]),
        updates=updates.unread(user),
    )


def lead(user: User) -> Lead:
    people = team.roster(user)
    return Lead(
        team.coverage(people, team.modules()),
        list(queues.open_for(user)[:SHOWN]),
        list(queues.questions_to_answer(user)[:SHOWN]),
        JoinRequest.objects.waiting().visible_to(user).count(),
    )


def desk(user: User) -> Desk:
    is_manager = roles.is_manager(user)
    return Desk(
        queues.counts_by_view(user),
        list(queues.open_for(user)[:SHOWN]),
        coverage.of_counties() if is_manager else None,
        HelpLine.objects.stale().count() if is_manager else 0,
        waiting_reviews(user),
        Effect.objects.filter(done_at__isnull=True, attempts__gt=2).count() if is_manager else 0,
    )


def waiting_reviews(user: User) -> int:
    """Count the workflow tasks that wait for somebody of the person's groups."""
    return int(TaskState.objects.reviewable_by(user).count())


def read(user: User) -> dict[str, Any]:
    """Return what the dashboard's template shows; a part that is not for the role is None."""
    works_desk = roles.is_manager(user) or roles.is_specialist(user)
    return {
        "learning": learning(user),
        "lead": lead(user) if roles.is_coordinator(user) else None,
        "desk": desk(user) if works_desk else None,
        "reviews": waiting_reviews(user) if roles.may_open_cms(user) and not works_desk else 0,
        "sees_evaluations": training_policies.can_see_evaluations(user),
        "suggestions": EditSuggestion.objects.to_answer_by(user).open().count(),
        "corrections": UrgentCorrection.objects.visible_to(user).open().count(),
        "sessions": LiveSession.objects.visible_to(user).upcoming().of(user).standing()[:3],
        "new_resources": ResourcePage.objects.visible_to(user).order_by("-first_published_at")[:4],
        "asked": Question.objects.filter(asker=user).order_by("-asked_at")[:3],
    }
