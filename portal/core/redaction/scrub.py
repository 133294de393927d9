"""Letting go of erased words below the rows: SQLite keeps them in its index and its journal.

Deleted rows are overwritten at once (`secure_delete`, in the settings); what is left are parts of
a search index that were not merged yet, and the write-ahead log. On PostgreSQL dead rows go with
the next vacuum; old backups age out (settings.BACKUP_KEPT_DAYS).
"""

import logging

from django.db import connection
from django.utils import timezone

from portal.core import nightly, outbox
from portal.core.models import Effect, Redaction
from portal.core.redaction import registry

KIND = "redaction.compact"
logger = logging.getLogger(__name__)


class Busy(Exception):
    """Somebody reads: the journal cannot be emptied now. The outbox comes again."""


@outbox.handler(KIND)
def finish(effect: Effect) -> None:
    """Let go of the words, and note that they are gone from the file as well."""
    if not compact():
        raise Busy
    rows = Redaction.objects.agreed().filter(pk=effect.payload["redaction"], done_at=None)
    rows.update(done_at=timezone.now())


def compact() -> bool:
    """Merge the indexes and empty the journal; say whether the journal is empty."""
    for function in registry.compactors():
        function()
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    return not busy


@nightly.job
def compact_nightly() -> None:
    """For what retention erased."""
    if not compact():
        logger.info("The journal is in use; it is emptied another night.")
