"""The files of a video: what counts as one, how it is stored, and at which address it stands."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
LARGEST = 200 * MEGABYTE  # about half an hour at the quality that a lesson needs
HEAD = 4096  # bytes at the beginning that say what a file is
TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}
# Brands of MP4 that common encoders write and puremagic does not know.
BRANDS = frozenset({b"avc1", b"dash", b"iso4", b"iso5", b"iso6", b"mp41"})
EBML = b"\x1aE\xdf\xa3"
# Each file of a video by its field, with its name in addresses.
STEMS = {"file": "video", "described": "described", "captions": "captions"}


class CheckedFile(FieldFile):
    """A stored file whose address is the view that checks who asks."""

    _committed: bool

    @property
    def is_new(self) -> bool:
        """Say whether it is an upload that is not stored yet."""
        return not self._committed

    @property
    def extension(self) -> str:
        return PurePosixPath(str(self.name)).suffix.lower()

    @property
    def address_name(self) -> str:
        return f"{STEMS[self.field.name]}{self.extension}"

    @property
    def url(self) -> str:
        return reverse("video_file", args=[self.instance.pk, self.address_name])

    @property
    def kind(self) -> str:
        return TYPES.get(self.extension, "text/vtt")

    def pieces(self) -> Iterator[bytes]:
        """Yield the content; an upload is wound back for whoever stores it."""
        if self.is_new:
            yield from self.file.chunks()
            self.file.seek(0)
        else:
            with self.storage.open(str(self.name)) as stored:
                yield from stored.chunks()

    def sha256(self) -> str:
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()

    def is_kept_by(self, after: "CheckedFile") -> bool:
        """Say whether the same stored file would stand there after saving."""
        return bool(after) and not after.is_new and after.name == self.name


class CheckedFileField(models.FileField):
    attr_class = CheckedFile


def random_name(instance: Any, filename: str) -> str:
    """Return a name that says nothing; the one that the author gave is kept nowhere."""
    return f"videos/{uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


def forget(names: Iterable[str]) -> None:
    """Remove stored files once the transaction stands."""
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))


def kind_of(head: bytes) -> str:
    """Return the extension that a file's beginning stands for; empty when it is no such video."""
    if head.startswith(EBML):
        return ".webm" if _candidates(head) & {".webm", ".mkv"} == {".webm"} else ""
    # The first box of an MP4 is small; text that only spells "ftyp" reads as a huge number.
    is_box = head[4:8] == b"ftyp" and int.from_bytes(head[:4], "big") <= HEAD
    return ".mp4" if is_box and (".mp4" in _candidates(head) or head[8:12] in BRANDS) else ""


def _candidates(head: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(head[:HEAD])}
    except (puremagic.PureError, ValueError):
        return set()


def validate_video(value: Any) -> None:
    """Refuse what is no MP4 and no WebM, by name and by content, or is too large."""
    if not value.is_new:
        return
    if value.extension not in TYPES:
        raise ValidationError(_("Choose a video in the format MP4 or WebM."))
    if value.size > LARGEST:
        largest = {"largest": filesizeformat(LARGEST)}
        raise ValidationError(_("This file is larger than %(largest)s."), params=largest)
    value.file.seek(0)
    head = value.file.read(HEAD)
    value.file.seek(0)
    if kind_of(head) != value.extension:
        raise ValidationError(
            _("The file's name ends in %(extension)s, but what is in it is no such video."),
            params={"extension": value.extension},
        )
