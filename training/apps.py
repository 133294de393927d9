from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    label = "training"

    def ready(self) -> None:
        from training import (  # noqa: F401
            assignments,
            certificates,
            completions,
            corrections,
            credit,
            evaluations,
            follow_ups,
            glossary_loader,
            kinds,
            leavers,
            media,
            nudges,
            outside,
            outside_papers,
            outside_redaction,
            pack_keeping,
            packs,
            plans,
            protocols,
            quality,
            redactions,
            requirement_loader,
            retention,
            search,
            sessions,
            site_tree,
            suggestions,
        )

        redactions.register()
