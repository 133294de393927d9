"""Searching the audit. Names are read when it is looked at; the events hold ids alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import events
from portal.core.models import Event
from portal.people.models import Center, User

PERSON = "people.user"
PORTION = 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words."""

    event: Event
    what: Any
    actor: str
    about: str
    center: str
    details: str


class AuditForm(forms.Form):
    """What is not understood filters nothing."""

    kind = forms.ChoiceField(label=_("What"), required=False)
    person = forms.CharField(
        label=_("Person"), required=False, max_length=120, help_text=_("Name or e-mail")
    )
    center = forms.ModelChoiceField(
        label=_("Center"), queryset=Center.objects.all(), required=False, empty_label=_("All")
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, Any]]] = {}
        for name, kind in events.kinds().items():
            groups.setdefault(name.partition(".")[0], []).append((name, kind.label))
        named = [
            (str(AREAS.get(area, area)), [(f"{area}.", _("Everything of these")), *rows])
            for area, rows in groups.items()
        ]
        self.fields["kind"].choices = [("", _("All")), *named]  # type: ignore[attr-defined]


AREAS = {
    "audit": _("The audit"),
    "backup": _("Backups"),
    "mail": _("Mail"),
    "outbox": _("What could not be delivered"),
    "people": _("People and roles"),
    "publishing": _("Publishing"),
    "question": _("Questions"),
    "redaction": _("Redactions"),
    "reports": _("Reports"),
    "request": _("Requests"),
    "resources": _("Resources"),
    "retention": _("Retention and holds"),
    "rights": _("Rights in the admin"),
    "signin": _("Signing in"),
    "team": _("Team"),
    "training": _("Training"),
}


def search(form: AuditForm) -> QuerySet[Event]:
    """Return the events that a form asks for, newest first."""
    form.full_clean()
    data = getattr(form, "cleaned_data", {})
    found = Event.objects.order_by("-pk")
    if kind := data.get("kind"):
        found = (
            found.filter(kind__startswith=kind) if kind.endswith(".") else found.filter(kind=kind)
        )
    if person := data.get("person"):
        found = found.filter(_about(person))
    if center := data.get("center"):
        found = found.filter(center_id=center.pk)
    if since := data.get("since"):
        found = found.filter(at__gte=_midnight(since))
    if (until := data.get("until")) and until < until.max:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found


def people_called(text: str) -> list[int]:
    """Return the ids of people whose name or address holds each word; at most 500."""
    words = Q()
    for word in text.replace("\0", "").split()[:4]:
        words &= Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(
            email__icontains=word
        ) | Q(chosen_name__icontains=word)  # fmt: skip
    return list(User.objects.filter(words).values_list("pk", flat=True)[:500]) if words else []


def _about(text: str) -> Q:
    ids = people_called(text)
    return Q(actor_id__in=ids) | Q(subject_type=PERSON, subject_id__in=[str(pk) for pk in ids])


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def lines(rows: Iterable[Event]) -> list[Line]:
    """Put events into words, in a fixed number of queries."""
    shown = list(rows)
    ids = {event.actor_id for event in shown if event.actor_id}
    ids |= {
        int(e.subject_id) for e in shown if e.subject_type == PERSON and e.subject_id.isdecimal()
    }
    names = {user.pk: user.name for user in User.objects.filter(pk__in=ids)}
    centers = dict(Center.objects.values_list("pk", "name"))
    return [_line(event, names, centers) for event in shown]


def _line(event: Event, names: dict[int, str], centers: dict[int, str]) -> Line:
    about = f"{event.subject_type.rpartition('.')[2]} {event.subject_id}".strip()
    if event.subject_type == PERSON and event.subject_id.isdecimal():
        about = names.get(int(event.subject_id), about)
    actor = names.get(event.actor_id, f"person {event.actor_id}") if event.actor_id else ""
    details = ", ".join(f"{key}: {_said(value)}" for key, value in sorted(event.data.items()))
    center = centers.get(event.center_id or 0, "")
    return Line(event, events.kind_of(event.kind).label, actor, about, center, details)


def _said(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def export_rows(form: AuditForm) -> Iterator[list[Any]]:
    """Yield the rows of the CSV, newest first, in portions."""
    found, last = search(form), None
    while True:
        part = list(found.filter(pk__lt=last)[:PORTION] if last else found[:PORTION])
        if not part:
            return
        for line in lines(part):
            at = timezone.localtime(line.event.at).strftime("%Y-%m-%d %H:%M:%S %Z")
            kind = line.event.kind
            yield [at, line.what, kind, line.actor, line.about, line.center, line.details]
        last = part[-1].pk
