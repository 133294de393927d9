from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    label = "training"

    def ready(self) -> None:
        from training import (  # noqa: F401
            certificates,
            completions,
            kinds,
            leavers,
            media,
            search,
            site_tree,
        )
