from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "search"

    def ready(self) -> None:
        from portal.core import ports
        from portal.search import (  # noqa: F401
            checks,
            finder,
            fulltext,
            log,
            promotions,
            redaction,
        )

        post_migrate.connect(fulltext.make_table, dispatch_uid="search.fulltext")
        ports.register("suggest", finder.suggest)
        log.keep_short()
        redaction.register()
        promotions.screen_words()
