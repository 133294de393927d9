"""How many pages each choice of the library leaves, remembered for a minute.

Counting goes through every page, and whoever may read the same and chose the same sees the same
numbers. They are forgotten at once when a page is published, withdrawn or removed and when a topic
or a discipline changes. Only in a cache that forgets by itself (`HOME_KEPT_SECONDS`).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language
from taggit.models import Tag
from wagtail.signals import page_published, page_unpublished

from portal.core import remembered
from portal.people import audience
from portal.people.models import Discipline
from resources.models import ResourcePage, Topic

SCOPE = "library"
Counts = dict[str, list[tuple[str, str, int]]]  # value, label and pages, by filter


def kept(user: Any, chosen: str, count: Callable[[], Counts]) -> Counts:
    """Return what `count` gives for these choices, counted now or within the last minute."""
    said = [chosen, get_language() or "", *audience.readable_by(user)]
    return remembered.kept("library", said, [SCOPE], count)


def _forget(**_kwargs: Any) -> None:
    transaction.on_commit(partial(remembered.forget, SCOPE), robust=True)


for _signal in (page_published, page_unpublished, post_delete):
    _signal.connect(_forget, sender=ResourcePage)
for _signal in (post_save, post_delete):
    for _sender in (Tag, Topic, Discipline):
        _signal.connect(_forget, sender=_sender)
