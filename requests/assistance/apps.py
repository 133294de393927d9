from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "assistance"
    label = "assistance"

    def ready(self) -> None:
        # Their nightly jobs and mail handlers are registered by the import.
        from assistance import (  # noqa: F401
            activity_keeping,
            attachments,
            calendar,
            clock,
            closing,
            drafts,
            follow_ups,
            guidance,
            keeping,
            kinds,
            lead_times,
            leavers,
            notices,
            overdue,
            quality,
            questions,
            redactions,
            scanning,
            search,
            seats,
        )
        from portal.core import ports

        ports.register("is_business_day", lambda day: calendar.is_business_day(day, clock.closed()))
