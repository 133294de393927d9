from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "assistance"
    label = "assistance"

    def ready(self) -> None:
        # Their nightly jobs and mail handlers are registered by the import.
        from assistance import (  # noqa: F401
            clock,
            closing,
            drafts,
            guidance,
            kinds,
            leavers,
            notices,
            overdue,
            questions,
            search,
        )
