"""The catalogue: pathways in order, then the other modules, each with the person's own state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from taggit.models import Tag

from portal.people import accounts
from portal.people.models import Discipline
from training import policies, served
from training.models import Enrolment, ModulePage, PathwayPage, PathwayStep

States = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A module as it stands for one person. `state` is complete, started, new or preparation."""

    module: ModulePage
    state: str

    @property
    def minutes(self) -> int:
        return self.module.release_minutes or 0


@dataclass(frozen=True, slots=True)
class Way:
    """A pathway as it stands for one person."""

    page: PathwayPage
    entries: list[Entry]

    @property
    def ready(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.state != "preparation"]

    @property
    def complete(self) -> int:
        return sum(entry.state == "complete" for entry in self.entries)

    @property
    def minutes(self) -> int:
        """Honest minutes of what can be taken today."""
        return sum(entry.minutes for entry in self.ready)


@login_required
def index(request: HttpRequest) -> HttpResponse:
    topic, discipline = request.GET.get("topic", ""), request.GET.get("discipline", "")
    modules = _modules(request.user)
    if topic:
        modules = modules.about(topic)
    if discipline:
        modules = modules.for_discipline(discipline)
    entries = _entries(modules, request.user)
    ways = [] if topic or discipline else _ways(request.user, entries)
    on_a_way = {entry.module.pk for way in ways for entry in way.entries}
    context = {
        "ways": ways,
        "electives": [e for e in entries if e.module.pk not in on_a_way],
        "topics": Tag.objects.filter(modulepage__live=True).distinct().order_by("name"),
        "disciplines": Discipline.objects.filter(modulepage__live=True).distinct(),
        "topic": topic,
        "discipline": discipline,
        "sees_outcomes": policies.can_see_outcomes(request.user),
        "reviews_outside": policies.reviews_outside(request.user),
    }
    return render(request, "training/catalogue.html", context)


@login_required
def pathway(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(PathwayPage.objects.visible_to(request.user), slug=slug)
    return pathway_response(request, page)


def pathway_response(request: HttpRequest, page: PathwayPage) -> HttpResponse:
    """Answer with a pathway; the editor's preview comes here with a draft."""
    entries = {e.module.pk: e for e in _entries(_modules(request.user), request.user)}
    wanted = [step.module_id for step in page.steps.all()]
    way = Way(page, [entries[pk] for pk in wanted if pk in entries])
    return render(request, "training/pathway.html", {"page": page, "way": way})


def _modules(user: Any) -> Any:
    modules = ModulePage.objects.visible_to(user).with_release().defer(*served.TEXTS)
    return modules.prefetch_related("disciplines").order_by("code")


def _entries(modules: Iterable[ModulePage], user: Any) -> list[Entry]:
    states = _states(user)
    return [Entry(module, _state(module, states)) for module in modules]


def _state(module: Any, states: States) -> str:
    closed = module.is_in_preparation or module.release_number is None
    return states.get(module.pk, "preparation" if closed else "new")


def _states(user: Any) -> States:
    """Return complete or started by module, for the person and those merged into them."""
    rows = Enrolment.objects.filter(person__in=accounts.of(user.pk))
    states: dict[int, str] = {}
    for module, done, annulled in rows.values_list(
        "module_id", "completion__pk", "completion__annulment__pk"
    ):
        if done and not annulled:
            states[module] = "complete"
        elif not done:
            states.setdefault(module, "started")
    return states


def _ways(user: Any, entries: Iterable[Entry]) -> list[Way]:
    by_module = {entry.module.pk: entry for entry in entries}
    pages = list(PathwayPage.objects.visible_to(user).order_by("path"))
    steps = PathwayStep.objects.filter(pathway__in=pages).order_by("pathway", "sort_order")
    pairs = list(steps.values_list("pathway_id", "module_id"))
    return [
        Way(page, [by_module[m] for p, m in pairs if p == page.pk and m in by_module])
        for page in pages
    ]
