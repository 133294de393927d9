"""The library's list: what was chosen, what is left, and how many each further choice leaves."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import QueryDict
from taggit.models import Tag

from portal.people.models import Discipline
from resources import choice_counts, topics
from resources.models import Kind, ResourcePage

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    count: int
    url: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """One value per filter, or none; `topic` is a slug, whichever word was asked for."""

    kind: str = ""
    topic: str = ""
    discipline: str = ""

    @classmethod
    def read(cls, data: QueryDict) -> "Filters":
        kind, topic, discipline = (
            data.get(name, "").replace("\0", "")[:80] for name in ("kind", "topic", "discipline")
        )
        return cls(kind, topics.resolve(topic) if topic else "", discipline)

    @property
    def is_empty(self) -> bool:
        return not (self.kind or self.topic or self.discipline)

    def url(self) -> str:
        parts = {name: getattr(self, name) for name in ("kind", "topic", "discipline")}
        return "?" + urlencode({name: value for name, value in parts.items() if value})

    def pages(self, user: Any) -> QuerySet[ResourcePage]:
        """Return what the person may read and these filters leave, by title."""
        pages = ResourcePage.objects.visible_to(user)
        if self.kind:
            pages = pages.filter(kind=self.kind)
        if self.topic:
            pages = pages.filter(tagged_items__tag__slug=self.topic)
        if self.discipline:
            pages = pages.for_discipline(self.discipline)
        found: QuerySet[ResourcePage] = pages.order_by("title", "pk")
        return found

    def listed(self, user: Any) -> QuerySet[ResourcePage]:
        """Return the pages with what a list says of them, which is not their text."""
        return self.pages(user).defer("body", "sources")

    def choices(self, user: Any) -> dict[str, list[Choice]]:
        """Return the choices of each filter; a filter's counts ignore its own choice."""
        counted = choice_counts.kept(user, self.url(), lambda: self._count(user))
        return {name: self._choices(name, rows) for name, rows in counted.items()}

    def _count(self, user: Any) -> choice_counts.Counts:
        return {
            "kind": self._kinds(user),
            "topic": self._topics(user),
            "discipline": self._disciplines(user),
        }

    def _choices(self, name: str, rows: list[tuple[str, str, int]]) -> list[Choice]:
        chosen = getattr(self, name)
        return [
            Choice(label, n, replace(self, **{name: "" if chosen == v else v}).url(), chosen == v)
            for v, label, n in rows
            if n or chosen == v
        ]

    def _kinds(self, user: Any) -> list[tuple[str, str, int]]:
        pages = replace(self, kind="").pages(user)
        rows = dict(
            ResourcePage.objects.filter(pk__in=pages.values("pk"))
            .order_by()
            .values_list("kind")
            .annotate(n=Count("pk"))
        )
        return [(kind.value, str(kind.label), rows.get(kind.value, 0)) for kind in Kind]

    def _topics(self, user: Any) -> list[tuple[str, str, int]]:
        pages = replace(self, topic="").pages(user).values("pk")
        tags = Tag.objects.filter(resources_resourcetopic_items__content_object__in=pages)
        counted = tags.annotate(n=Count("pk")).order_by("name")
        return [(tag.slug, tag.name, tag.n) for tag in counted]

    def _disciplines(self, user: Any) -> list[tuple[str, str, int]]:
        """What names no discipline is for everyone, and counts for each."""
        pages = replace(self, discipline="").pages(user).values("pk")
        among = ResourcePage.objects.filter(pk__in=pages)
        for_all = among.filter(disciplines=None).count()
        named = dict(among.order_by().values_list("disciplines").annotate(n=Count("pk")))
        return [(d.slug, d.name, named.get(d.pk, 0) + for_all) for d in Discipline.objects.all()]
