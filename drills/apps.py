"""The app that makes the outbox's times those of a drill."""

from datetime import timedelta

from django.apps import AppConfig

LEASE = 10  # seconds; twelve times shorter than the portal's, as the times in settings are
BUDGET = 2.0
PAUSE = 3  # seconds at most between two tries


class DrillsConfig(AppConfig):
    name = "drills"

    def ready(self) -> None:
        from portal.core import outbox

        outbox.LEASE = timedelta(seconds=LEASE)
        outbox.BUDGET = BUDGET
        outbox.LONGEST_PAUSE = timedelta(seconds=PAUSE)
