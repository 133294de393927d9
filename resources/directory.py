"""The directory: its list and filters, who checked an entry, and what a reader finds wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils import timezone

from portal.core import events, mail, mail_registry
from portal.people import scope
from portal.people.models import County, User
from resources import policies
from resources.catalogue import Choice
from resources.models import Service, ServiceCategory, ServiceNote
from resources.models import ServiceLanguage as Language
from resources.policies import NotAllowed

PAGE_SIZE = 25
DUE_PATH = "/resources/directory/due/"
NAMES = ("category", "county", "language")
Row = tuple[str, str, int]
mail_registry.put("queue", "directory_note")


@dataclass(frozen=True, slots=True)
class DirectoryFilters:
    """One value per filter, or none."""

    category: str = ""
    county: str = ""
    language: str = ""

    @classmethod
    def read(cls, data: QueryDict) -> "DirectoryFilters":
        return cls(*(data.get(name, "").replace("\0", "")[:40] for name in NAMES))

    @property
    def query(self) -> str:
        """Return the filters as a part of an address; empty without any."""
        parts = {name: getattr(self, name) for name in NAMES}
        return urlencode({name: value for name, value in parts.items() if value})

    def services(self) -> QuerySet[Service]:
        """Return what these filters leave, by name."""
        services = Service.objects.all()
        if self.category:
            services = services.filter(category=self.category)
        if self.language:
            services = services.filter(languages__slug=self.language)
        return services.in_county(self.county) if self.county else services

    def listed(self) -> QuerySet[Service]:
        return self.services().prefetch_related("counties", "languages")

    def choices(self) -> dict[str, list[Choice]]:
        """Return the choices of each filter; a filter's counts ignore its own choice."""
        return {
            "category": self._choices("category", self._categories()),
            "county": self._choices("county", self._counties()),
            "language": self._choices("language", self._languages()),
        }

    def _choices(self, name: str, rows: Iterable[Row]) -> list[Choice]:
        chosen = getattr(self, name)
        return [
            Choice(label, n, self._toggled(name, "" if value == chosen else value), value == chosen)
            for value, label, n in rows
            if n or value == chosen
        ]

    def _toggled(self, name: str, value: str) -> str:
        return f"?{replace(self, **{name: value}).query}"

    def _among(self, name: str) -> QuerySet[Service]:
        found = replace(self, **{name: ""}).services()
        return Service.objects.filter(pk__in=found.values("pk")).order_by()

    def _categories(self) -> list[Row]:
        counts = dict(self._among("category").values_list("category").annotate(n=Count("pk")))
        return [(c.value, str(c.label), counts.get(c.value, 0)) for c in ServiceCategory]

    def _counties(self) -> list[Row]:
        """What names no county serves the whole state, and counts for each."""
        counts = dict(self._among("county").values_list("counties").annotate(n=Count("pk")))
        whole_state = counts.get(None, 0)
        return [(c.slug, c.name, counts.get(c.pk, 0) + whole_state) for c in County.objects.all()]

    def _languages(self) -> list[Row]:
        counts = dict(self._among("language").values_list("languages").annotate(n=Count("pk")))
        return [(x.slug, x.name, counts.get(x.pk, 0)) for x in Language.objects.all()]


def by_county(filters: DirectoryFilters) -> list[tuple[County | None, list[Service]]]:
    """Return what the filters leave, county by county; what serves the whole state comes last."""
    services = list(filters.listed())
    counties = [c for c in County.objects.all() if filters.county in {"", c.slug}]
    serving: dict[int, list[Service]] = {}
    for service in services:
        for county in service.counties.all():
            serving.setdefault(county.pk, []).append(service)
    statewide = [service for service in services if not service.counties.all()]
    groups: list[tuple[County | None, list[Service]]] = [
        (county, serving[county.pk]) for county in counties if county.pk in serving
    ]
    return [*groups, (None, statewide)] if statewide else groups


@transaction.atomic
def verify(service: Service, *, by: User) -> Service:
    """Say that an entry was checked today (America/New_York) and stands. NotAllowed by policy."""
    row = Service.objects.select_for_update().get(pk=service.pk)
    if not policies.can_verify(by):
        raise NotAllowed
    row.needs_verifying = False
    row.verified_on, row.verified_by = timezone.localdate(), by
    row.save(update_fields=["needs_verifying", "verified_on", "verified_by", "updated_at"])
    events.record("resources.service_verified", actor=by, subject=row)
    return row


@transaction.atomic
def change(
    service: Service,
    values: dict[str, Any],
    *,
    counties: Sequence[County],
    languages: Sequence[Language],
    by: User,
) -> Service:
    """Write an entry anew from screened `values`. NotAllowed by policy."""
    row = Service.objects.select_for_update().get(pk=service.pk)
    if not policies.can_verify(by):
        raise NotAllowed
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    row.counties.set(counties)
    row.languages.set(languages)
    events.record("resources.service_changed", actor=by, subject=row)
    return row


@transaction.atomic
def report(service: Service, *, text: str, by: User, key: UUID, overrides: int = 0) -> ServiceNote:
    """Keep what a member found wrong, and tell the manager once; the same key makes one."""
    if not policies.can_see_directory(by):
        raise NotAllowed
    values = {"service": service, "text": text, "written_by": by}
    note, is_new = ServiceNote.objects.get_or_create(key=key, defaults=values)
    if is_new:
        events.record("resources.service_reported", actor=by, subject=service, overrides=overrides)
        for user in scope.managers():
            name = f"directory-note:{note.pk}"
            mail.queue(user.pk, "directory_note", subject_key=name, context={"path": DUE_PATH})
    return note


@transaction.atomic
def settle(note: ServiceNote, *, by: User) -> ServiceNote:
    """Say that a note is dealt with; saying it twice keeps the first. NotAllowed by policy."""
    row = ServiceNote.objects.select_for_update().get(pk=note.pk)
    if not policies.can_verify(by):
        raise NotAllowed
    if row.settled_at is None:
        row.settled_by, row.settled_at = by, timezone.now()
        row.save(update_fields=["settled_by", "settled_at"])
        events.record("resources.service_note_settled", actor=by, subject=row)
    return row
