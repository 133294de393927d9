from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"

    def ready(self) -> None:
        from portal.core import checks, insert_only, kinds, mail, reference  # noqa: F401

        # Connected without a sender: both wait for the last app of a run (see reference.py).
        post_migrate.connect(insert_only.restore_after_migrate, dispatch_uid="core.insert_only")
        post_migrate.connect(reference.load_after_migrate, dispatch_uid="core.reference")
