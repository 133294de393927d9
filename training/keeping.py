"""What may not go: modules that somebody began, files of a release, rules that gave credit."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page

from training import media
from training.models import ModulePage, RequirementRule


def begun(pages: Iterable[Page]) -> QuerySet[Any]:
    """Return the modules among the pages and below them that people began or completed."""
    within = Q(pk__in=[])
    for page in pages:
        within |= Q(path__startswith=page.path)
    has_people = Q(enrolments__isnull=False) | Q(completions__isnull=False)
    begun: QuerySet[Any] = ModulePage.objects.filter(within).filter(has_people).distinct()
    return begun


def released(items: Iterable[Any]) -> list[Any]:
    """Return the images and documents that a release shows."""
    return [item for item in items if hasattr(item, "file") and media.releases_with(item)]


def counted_by(rules: Iterable[Any]) -> QuerySet[RequirementRule]:
    """Return the requirements under which credit was awarded or a licence was named."""
    ids = [rule.pk for rule in rules if isinstance(rule, RequirementRule)]
    has_people = Q(awards__isnull=False) | Q(licences__isnull=False)
    return RequirementRule.objects.filter(pk__in=ids).filter(has_people).distinct()
