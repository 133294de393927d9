from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    label = "training"

    def ready(self) -> None:
        from training import (  # noqa: F401
            certificates,
            completions,
            corrections,
            credit,
            evaluations,
            glossary_loader,
            kinds,
            leavers,
            media,
            nudges,
            requirement_loader,
            search,
            site_tree,
            suggestions,
        )
