from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    label = "resources"

    def ready(self) -> None:
        from portal.core import ports
        from resources import guidance, kinds, leavers, reference, search  # noqa: F401

        ports.register("draft_guidance", guidance.draft)
