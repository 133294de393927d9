"""The directory's list and its two filters."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from portal.people.models import County
from resources.models import Service, ServiceCategory

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class DirectoryFilters:
    category: str = ""
    county: str = ""

    @classmethod
    def read(cls, data: QueryDict) -> "DirectoryFilters":
        return cls(*(data.get(name, "").replace("\0", "")[:40] for name in ("category", "county")))

    def services(self) -> QuerySet[Service]:
        services = Service.objects.prefetch_related("counties")
        if self.category:
            services = services.filter(category=self.category)
        return services.in_county(self.county) if self.county else services

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        return {
            "category": [(value, str(label)) for value, label in ServiceCategory.choices],
            "county": list(County.objects.values_list("slug", "name")),
        }
