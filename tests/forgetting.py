"""What the caches remember is forgotten, for a test that begins or counts anew."""

from django.conf import settings
from django.core.cache import caches


def forget_everything() -> None:
    for name in settings.CACHES:  # the live server's threads may have filled any of them
        caches[name].clear()
