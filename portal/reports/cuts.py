"""The ways to cut a measure, and the words for their values.

County and role are those of the day. A center that serves several counties stands for them all
together, so that nothing is counted twice: its value is their addresses joined by "+".
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from assistance.models.choices import RequestType, Urgency
from portal.core.funding import Funding
from portal.people.models import (
    Center,
    CenterCounty,
    CoordinatorAssignment,
    County,
    Discipline,
    Role,
    RoleGrant,
    User,
)
from portal.reports.tables import Cut
from resources.models import Forum, Kind
from training import topics
from training.models import ModulePage, TalkCount

NOT_RECORDED = _("Not recorded")
STATEWIDE = "statewide"

DISCIPLINE = Cut("discipline", _("Discipline"))
CENTER = Cut("center", _("Center"))
COUNTY = Cut("county", _("County"))
ROLE = Cut("role", _("Role"))
TOPIC = Cut("topic", _("Topic"), overlaps=True)
FUNDING = Cut("funding", _("Paid by"))
TRAINER = Cut("trainer", _("Trainer"), is_personal=True)
WAY = Cut("way", _("Kind of training"))
AUDIENCE = Cut("audience", _("Audience"))
MODULE = Cut("module", _("Module"))
TYPE = Cut("type", _("Type of request"))
URGENCY = Cut("urgency", _("Urgency"))
KIND = Cut("kind", _("Kind of material"))
LEVEL = Cut("level", _("Level"))
INITIATIVE = Cut("initiative", _("Initiative"))

WAYS = {
    "module": _("Module, on one's own"),
    "session": _("Live session"),
    "in_person": _("In person"),
    "virtual": _("Virtual"),
    "hybrid": _("In person and virtual"),
}
# The first that fits is a person's role of the day.
ROLES = (Role.MANAGER, Role.DEPUTY, Role.COORDINATOR, Role.SPECIALIST, Role.AUTHOR,
         Role.REVIEWER, Role.TRAINER)  # fmt: skip


_remembered: ContextVar[dict[str, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Read the words of each cut, and who served which county, once while a report is read."""
    if _remembered.get() is not None:
        yield
        return
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def once(key: str, read: Callable[[], Any]) -> Any:
    """Return what `read` gives, read once while a report is read."""
    known = _remembered.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return known[key]


def labels(cut: str) -> dict[str, str]:
    """Return the words for the values of a cut, in the order in which they stand."""
    found: dict[str, str] = once(cut, lambda: {str(v): str(w) for v, w in _LABELS[cut]()})
    return found


def _counties() -> list[tuple[str, str]]:
    names = dict(County.objects.values_list("slug", "name"))
    groups = {value for _center, _first, _last, value in served()}
    joined = {g: ", ".join(names[slug] for slug in g.split("+")) for g in groups}
    return sorted([*joined.items(), (STATEWIDE, str(_("Statewide")))], key=lambda pair: pair[1])


def _choices(choices: Any) -> Any:
    return lambda: list(choices.choices)


_LABELS: dict[str, Any] = {
    "discipline": lambda: list(Discipline.objects.values_list("slug", "name")),
    "center": lambda: [*Center.objects.values_list("slug", "name"), (STATEWIDE, _("Statewide"))],
    "county": _counties,
    "role": lambda: [(role.value, role.label) for role in (*ROLES, Role.MEMBER)],
    "topic": lambda: list(topics.every().items()),
    "funding": _choices(Funding),
    "trainer": lambda: [(u.pk, u.name) for u in User.objects.order_by("last_name", "first_name")],
    "way": lambda: list(WAYS.items()),
    "audience": _choices(TalkCount.Audience),
    "module": lambda: list(ModulePage.objects.order_by("code").values_list("code", "title")),
    "type": _choices(RequestType),
    "urgency": _choices(Urgency),
    "kind": _choices(Kind),
    "level": _choices(Forum.Level),
    "initiative": lambda: _initiatives(),
}


def _initiatives() -> list[tuple[str, str]]:
    from resources.models import Initiative

    return list(Initiative.objects.values_list("slug", "name"))


def served() -> list[tuple[int, date, date | None, str]]:
    """Return which counties a center served from a day to a day, both included."""
    found: list[tuple[int, date, date | None, str]] = once("served", _served)
    return found


def _served() -> list[tuple[int, date, date | None, str]]:
    links = CenterCounty.objects.select_related("county").order_by("center_id", "county__slug")
    by_center: dict[int, list[CenterCounty]] = defaultdict(list)
    for link in links:
        by_center[link.center_id].append(link)
    found = []
    for center, rows in by_center.items():
        days = sorted({r.starts_on for r in rows} | {_after(r.ends_on) for r in rows if r.ends_on})
        for first, following in zip(days, [*days[1:], None], strict=True):
            slugs = sorted({r.county.slug for r in rows if r.is_active(first)})
            if slugs:
                last = _before(following) if following else None
                found.append((center, first, last, "+".join(slugs)))
    return found


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def county_of(center: str, day: str) -> Case:
    """The counties that a row's center served on its day; `day` is a name in the queryset."""
    whens = []
    for pk, first, last, value in served():
        holds = Q(**{center: pk, f"{day}__gte": first})
        if last is not None:
            holds &= Q(**{f"{day}__lte": last})
        whens.append(When(holds, then=Value(value)))
    whens.append(When(**{f"{center}__isnull": True}, then=Value(STATEWIDE)))
    return Case(*whens, default=Value(""), output_field=CharField())


def center_of(center: str) -> Case:
    """The center's address, or that it is for the whole state."""
    return Case(
        When(**{f"{center}__isnull": True}, then=Value(STATEWIDE)),
        default=f"{center}__slug",
        output_field=CharField(),
    )


def role_of(person: str, day: str) -> Case:
    """The role a person had on a row's day; `person` and `day` are names in the queryset."""
    holds = Q(starts_on__lte=OuterRef(day)) & (Q(ends_on=None) | Q(ends_on__gte=OuterRef(day)))
    grants = RoleGrant.objects.filter(holds, user=OuterRef(person))
    coordinates = CoordinatorAssignment.objects.filter(holds, user=OuterRef(person))
    whens = [
        When(
            Exists(coordinates if role == Role.COORDINATOR else grants.filter(role=role)),
            then=Value(role.value),
        )
        for role in ROLES
    ]
    return Case(*whens, default=Value(Role.MEMBER.value), output_field=CharField())
