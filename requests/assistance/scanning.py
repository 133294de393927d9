"""The virus scan of files, where CLAMD_URL is set: until it is done a file is given to nobody."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assistance import attachments, tickets
from assistance.models import Attachment
from portal.core import outbox, virus_scan
from portal.core.models import Effect


@outbox.handler(attachments.SCAN)
def scan(effect: Effect) -> None:
    """Scan one file. A scanner that fails leaves the file waiting, and the outbox asks again."""
    waiting = Attachment.objects.filter(pk=effect.subject, scan=Attachment.Scan.WAITING)
    row = waiting.exclude(file="").select_related("ticket").first()
    if row is None:
        return
    with row.file.open() as file:
        is_clean = virus_scan.is_clean(file.read(), settings.CLAMD_URL)
    if is_clean:
        waiting.update(scan=Attachment.Scan.CLEAN)
        return
    with transaction.atomic():
        attachments.take(row, tickets.lock(row.ticket), by=None, at=timezone.now())
