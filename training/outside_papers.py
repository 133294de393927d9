"""The papers of outside training: stored, scanned, taken away. They are read and cleaned before."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from portal.core import events, mail, nightly, outbox, virus_scan
from portal.core.models import Effect
from portal.core.privacy.file_forms import Upload
from portal.people import aliases, anonymising
from training.models import OutsideTraining
from training.models.outside import FOLDER

SCAN = "training.outside_scan"
UNUSED_FOR = timedelta(days=1)
TAKEN = ["file", "name", "sha256", "scan"]
GIVEN = [*TAKEN, "size", "kind"]


def digest(upload: Upload) -> str:
    return sha256(upload.data).hexdigest()


def put(row: OutsideTraining, upload: Upload) -> None:
    """Store a paper and say so in the row, which is not saved yet; the one before it goes with
    the commit. Last of all, since a file stays where a transaction is rolled back: `sweep`.
    """
    _forget(str(row.file.name or ""))
    row.name, row.kind, row.size = upload.name, upload.kind, len(upload.data)
    row.sha256 = digest(upload)
    row.scan = row.Scan.WAITING if settings.CLAMD_URL else row.Scan.OFF
    row.file.save("", ContentFile(upload.data), save=False)


def ask_for_scan(row: OutsideTraining) -> None:
    if row.scan == row.Scan.WAITING:
        outbox.add(SCAN, str(row.pk), bucket=row.sha256[:16])


def purge(rows: Iterable[OutsideTraining]) -> None:
    """Empty rows of their paper and its name; the files go with the commit."""
    for row in rows:
        _forget(str(row.file.name or ""))
        row.file, row.name, row.sha256, row.scan = "", "", "", row.Scan.OFF
        row.save(update_fields=TAKEN)


def _forget(name: str) -> None:
    if name:
        transaction.on_commit(partial(default_storage.delete, name))


@outbox.handler(SCAN)
def scan(effect: Effect) -> None:
    """Scan one paper. A scanner that fails leaves it waiting, and the outbox asks again."""
    waiting = OutsideTraining.objects.filter(pk=effect.subject, scan=OutsideTraining.Scan.WAITING)
    row = waiting.exclude(file="").first()
    if row is None:
        return
    with row.file.open() as file:
        is_clean = virus_scan.is_clean(file.read(), settings.CLAMD_URL)
    same = waiting.filter(file=row.file.name)
    if is_clean:
        same.update(scan=OutsideTraining.Scan.CLEAN)
        return
    with transaction.atomic():
        for found in same.select_for_update():
            _refuse(found)


def _refuse(row: OutsideTraining) -> None:
    """Take away a paper in which the scanner found something, and let its person know."""
    purge([row])
    events.record("training.outside_paper_removed", actor=None, subject=row)
    mail.queue(
        aliases.resolve(row.person).pk,
        "outside_news",
        subject_key=f"outside-{row.pk}-{row.version}-paper",
        context={"path": row.get_absolute_url()},
        about=row,
    )


@anonymising.also
def wipe_papers(person_ids: list[int]) -> None:
    """A paper carries the name; what was accepted keeps counting without it."""
    purge(OutsideTraining.objects.filter(person__in=person_ids).exclude(file=""))


@nightly.job
def sweep(at: datetime | None = None) -> int:
    """Delete stored papers that no row knows: a crash between file and commit leaves one."""
    if not default_storage.exists(FOLDER):
        return 0
    before, swept = (at or timezone.now()) - UNUSED_FOR, 0
    known = set(OutsideTraining.objects.exclude(file="").values_list("file", flat=True))
    for file in default_storage.listdir(FOLDER)[1]:
        name = f"{FOLDER}/{file}"
        if name not in known and default_storage.get_modified_time(name) < before:
            default_storage.delete(name)
            swept += 1
    return swept
