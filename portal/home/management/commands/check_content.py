"""`manage.py check_content`: what the content checks say of everything that is published."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from resources.models import ResourcePage
from training.models import ModulePage


class Command(BaseCommand):
    help = "Print every concern of the live modules and resources. They are warnings: ends with 0."

    def handle(self, **options: Any) -> None:
        count = 0
        for name, concerns in _pages():
            for concern in concerns:
                count += 1
                self.stdout.write(f"{name}: {concern}")
        self.stdout.write(f"{count} concerns." if count != 1 else "1 concern.")


def _pages() -> Iterator[tuple[str, Iterator[str]]]:
    for module in ModulePage.objects.live().order_by("code"):
        yield f"{module.code} {module.title}", module.concerns()
    for resource in ResourcePage.objects.live().order_by("title", "pk"):
        yield resource.title, resource.concerns()
