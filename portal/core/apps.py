from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"

    def ready(self) -> None:
        from portal.core import (  # noqa: F401
            checks,
            error_reports,
            heartbeats,
            insert_only,
            kinds,
            mail,
            prepared,
            reference,
        )
        from portal.core.redaction import pages, scrub  # noqa: F401

        pages.register()
        error_reports.start_where_set()

        post_migrate.connect(prepared.forget, dispatch_uid="core.prepared")
        # Connected without a sender: both wait for the last app of a run (see reference.py).
        post_migrate.connect(insert_only.restore_after_migrate, dispatch_uid="core.insert_only")
        post_migrate.connect(reference.load_after_migrate, dispatch_uid="core.reference")
