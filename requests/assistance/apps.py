from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "assistance"
    label = "assistance"

    def ready(self) -> None:
        # Their nightly jobs and mail handlers are registered by the import.
        from assistance import closing, drafts, notices, questions, search  # noqa: F401
