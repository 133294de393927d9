"""Files on a request: kept, given out, removed. They are read before anything here is called."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from errno import errorcode
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from assistance import lifecycle, notices, policies, tickets
from assistance.lifecycle import Action, NotAllowed, Part, State, Work
from assistance.models import Attachment, Message, Ticket
from assistance.models.attachments import FOLDER, random_name
from portal.core import events, nightly, outbox
from portal.core.models import Event
from portal.core.privacy.documents import LARGEST
from portal.core.privacy.file_forms import Upload
from portal.people.models import User

MOST = 10  # files on one request
TOGETHER = 25 * 1024 * 1024  # bytes
UNUSED_FOR = timedelta(days=1)
SCAN = "assistance.scan"
logger = logging.getLogger(__name__)


class TooMany(Exception):
    """The request holds ten files, or 25 MB, already; nothing was stored."""


class NotStored(Exception):
    """The stored files take nothing just now; nothing was kept of what came with the file."""


@transaction.atomic
def add(
    ticket: Ticket,
    upload: Upload,
    *,
    by: User,
    key: UUID,
    is_internal: bool = False,
    version: int | None = None,
    at: datetime | None = None,
) -> Attachment:
    """Put a file on a request; the same key puts one.

    NotAllowed as for a reply or a note, Stale when `version` is not the request's, TooMany,
    NotStored. A file of the requester ends the waiting, as a reply does.
    """
    at = at or timezone.now()
    row = tickets.lock(ticket)
    if there := _there(row, by, key):
        return there
    tickets.check_version(row, None if is_internal else version)
    held = policies.parts(by, row)
    _check(row, held, is_internal=is_internal)
    is_staff = policies.is_from_staff(row, by, held)
    if not is_internal:
        _move_on(row, by, at, is_staff=is_staff)
    version = None if is_internal else row.version
    made, event = _keep(row, upload, by=by, key=key, is_internal=is_internal, at=at, now=version)
    if not is_internal:
        notices.replied(row, event=event, by=by, is_from_staff=is_staff)
    return made


def _there(row: Ticket, by: User, key: UUID) -> Attachment | None:
    there = Attachment.objects.filter(key=key).first()
    if there is not None and (there.ticket_id, there.uploaded_by_id) != (row.pk, by.pk):
        raise NotAllowed("key of another file")
    return there


def _check(row: Ticket, held: frozenset[Part], *, is_internal: bool) -> None:
    if not lifecycle.may(Work.ATTACH, State(row.state), held):
        raise NotAllowed("attach")
    if is_internal and not held & policies.STAFF:
        raise NotAllowed("attach to a note")


def _move_on(row: Ticket, by: User, at: datetime, *, is_staff: bool) -> None:
    row.version += 1
    row.moved_at = at
    row.notice_at = None
    if not is_staff and row.state == State.WAITING:
        tickets.move(row, Action.RESUME, by=by, at=at)
    row.save()


def keep(message: Message, upload: Upload, *, key: UUID, at: datetime) -> None:
    """Store the file of a reply or note whose request is locked; last of all, since a file stays
    where a transaction is rolled back."""
    row, is_internal = message.ticket, message.kind == Message.Kind.NOTE
    _check(row, policies.parts(message.author, row), is_internal=is_internal)
    _keep(
        row,
        upload,
        by=message.author,
        key=key,
        at=at,
        message=message,
        is_internal=is_internal,
    )


def _keep(
    row: Ticket,
    upload: Upload,
    *,
    by: User,
    key: UUID,
    at: datetime,
    is_internal: bool,
    message: Message | None = None,
    now: int | None = None,
) -> tuple[Attachment, Event]:
    """`now` is the version that the requester sees it with, where the file moved it."""
    _check_room(row, len(upload.data))
    made = Attachment(
        ticket=row,
        message=message,
        is_internal=is_internal,
        uploaded_by=by,
        name=upload.name,
        size=len(upload.data),
        sha256=sha256(upload.data).hexdigest(),
        kind=upload.kind,
        names_kept=upload.names_kept,
        unread_kept=upload.unread_kept,
        scan=Attachment.Scan.WAITING if settings.CLAMD_URL else Attachment.Scan.OFF,
        key=key,
        created_at=at,
    )
    made.file.name = _store(random_name(made, upload.name), upload.data)
    try:
        made.save()
        if settings.CLAMD_URL:
            outbox.add(SCAN, str(made.pk))
        return made, events.record("request.attached", **_about(made, row, by, at, now))
    except BaseException:
        default_storage.delete(str(made.file.name))
        raise


def _store(name: str, data: bytes) -> str:
    """Store a file and return its name. NotStored, with nothing left behind, where it does not go:
    a full disk, mostly.
    """
    try:
        return default_storage.save(name, ContentFile(data))
    except OSError as error:
        logger.error("A file could not be stored: %s", errorcode.get(error.errno or 0, "OSError"))
        default_storage.delete(name)
        raise NotStored from error


def _about(
    file: Attachment, row: Ticket, by: User | None, at: datetime, version: int | None
) -> dict[str, Any]:
    said = {"actor": by, "subject": row, "center_id": row.center_id, "at": at, "file": file.pk}
    return said if version is None else {**said, "version": version}


def _check_room(row: Ticket, size: int) -> None:
    there = row.attachments.kept()
    taken = there.aggregate(size=Sum("size"))["size"] or 0
    if size > LARGEST or there.count() >= MOST or taken + size > TOGETHER:
        raise TooMany


@transaction.atomic
def remove(attachment: Attachment, *, by: User, at: datetime | None = None) -> Attachment:
    """Take a file away; the conversation says that there was one. Doing it twice is harmless.

    NotAllowed for anybody but whoever brought it and the manager, and once the request has ended.
    """
    row = tickets.lock(attachment.ticket)
    held = policies.parts(by, row)
    if not can_remove(attachment, by, row, held):
        raise NotAllowed("remove a file")
    return take(attachment, row, by=by, at=at or timezone.now())


def take(attachment: Attachment, row: Ticket, *, by: User | None, at: datetime) -> Attachment:
    """Take a file off a locked request; `by` is None where the scanner found something in it."""
    there = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if not there.is_there:
        return there
    there.removed_at, there.removed_by = at, by
    purge([there], ["removed_at", "removed_by"])
    version = None
    if not there.is_internal:
        row.version += 1
        row.save(update_fields=["version"])
        version = row.version
    events.record("request.detached", **_about(there, row, by, at, version))
    return there


def can_remove(attachment: Attachment, by: User, row: Ticket, held: frozenset[Part]) -> bool:
    is_own = attachment.uploaded_by_id == by.pk
    is_open = lifecycle.may(Work.ATTACH, State(row.state), held)
    may_see = not attachment.is_internal or bool(held & policies.STAFF)
    return is_open and may_see and (is_own or Part.MANAGER in held)


def purge(rows: Iterable[Attachment], also: Iterable[str] = ()) -> None:
    """Empty rows of name and file; the files go with the commit."""
    for row in rows:
        name, row.name, row.sha256 = row.file.name, "", ""
        row.file = ""
        row.save(update_fields=["name", "file", "sha256", *also])
        if name:
            transaction.on_commit(partial(default_storage.delete, name))


@nightly.job
def sweep(at: datetime | None = None) -> int:
    """Delete stored files that no row knows: a crash between file and commit leaves one."""
    if not default_storage.exists(FOLDER):
        return 0
    before, swept = (at or timezone.now()) - UNUSED_FOR, 0
    known = set(Attachment.objects.kept().values_list("file", flat=True))
    for file in default_storage.listdir(FOLDER)[1]:
        name = f"{FOLDER}/{file}"
        if name not in known and default_storage.get_modified_time(name) < before:
            default_storage.delete(name)
            swept += 1
    return swept
