from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    label = "resources"

    def ready(self) -> None:
        from portal.core import ports
        from resources import (  # noqa: F401
            announcing,
            directory,
            guidance,
            highlights,
            kinds,
            languages,
            leavers,
            overdue,
            quality,
            reading,
            reading_reminders,
            redactions,
            reference,
            search,
            statewide_leavers,
            statewide_search,
            suggestions,
            usefulness,
        )

        redactions.register()
        ports.register("draft_guidance", guidance.draft)
