from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "portal.reports"
    label = "reports"

    def ready(self) -> None:
        from portal.reports import (  # noqa: F401
            counters,
            kinds,
            marking,
            redactions,
            run_keeping,
            schedules,
        )

        marking.connect()
        redactions.register()
