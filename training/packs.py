"""Accreditation packs: asked for, made by the worker (`core.making`), kept for thirty days."""

import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from portal.core import events, making, outbox
from portal.core.models import Effect
from portal.people.models import Center, User
from training import pack_files, pack_reading, pack_tables, policies
from training.models import AccreditationPack

State = AccreditationPack.State
KIND = "training.pack"
SAME = timedelta(minutes=1)  # asked again within it, the same pack is given


@transaction.atomic
def ask(*, center: Center, since: date, until: date, by: User) -> AccreditationPack:
    """Ask for a pack; the same one asked by the same person within a minute is given back.

    PermissionDenied for a center that is none of theirs.
    """
    if not policies.can_ask_pack(by, center):
        raise PermissionDenied
    User.objects.select_for_update().get(pk=by.pk)  # two clicks at once make one pack
    same = AccreditationPack.objects.filter(
        center=center, since=since, until=until, asked_by=by, asked_at__gt=timezone.now() - SAME
    )
    if there := same.exclude(state__in=[State.FAILED, State.GONE]).first():
        return there
    pack = AccreditationPack.objects.create(center=center, since=since, until=until, asked_by=by)
    events.record("training.pack_asked", actor=by, subject=pack, center_id=center.pk)
    making.queue(KIND, pack)
    return pack


@transaction.atomic
def try_again(pack: AccreditationPack, *, by: User) -> None:
    """Have a pack made that could not be; harmless for any other. PermissionDenied as for `ask`."""
    row = AccreditationPack.objects.select_for_update().get(pk=pack.pk)
    if not policies.can_see_pack(by, row):
        raise PermissionDenied
    if making.again(KIND, row):
        events.record("training.pack_asked", actor=by, subject=row, center_id=row.center_id)


@outbox.handler(KIND)
def make(effect: Effect) -> None:
    pack = AccreditationPack.objects.select_related("center", "asked_by").get(pk=effect.subject)
    making.attempt(Packing(pack, effect))


class Packing(making.Attempt):
    """One try at making a pack."""

    endings = ("zip", "pdf", "xlsx")
    row: AccreditationPack

    def make(self) -> None:
        content = pack_reading.read(self.row)
        tables = pack_tables.of(content)
        self.total = 5 + -(-pack_files.papers_in(content) // pack_files.PORTION)
        self.next_step("workbook")
        with tempfile.TemporaryDirectory(prefix="pack-") as folder:
            book, paper, archive = (Path(folder) / f"pack.{end}" for end in ("xlsx", "pdf", "zip"))
            pack_files.write_workbook(tables, book)
            self.next_step("paper")
            standard = pack_files.write_paper(content, paper)
            self.next_step("certificates")
            for _done in pack_files.write_archive(content, tables, archive, [paper, book]):
                self.next_step("certificates")
            self.next_step("keeping")
            files = {path.suffix[1:]: self._keep(path) for path in (archive, paper, book)}
        files["pdf"]["standard"] = standard
        self.finish(files, facts=content.facts)

    def _keep(self, path: Path) -> dict[str, Any]:
        with path.open("rb") as source:
            return self.keep(path.suffix[1:], File(source))

    def record(self, *, is_made: bool) -> None:
        pack = self.row
        if is_made:
            events.record("training.pack_made", actor=None, subject=pack, center_id=pack.center_id)
        else:
            events.record(
                "training.pack_failed", actor=None, subject=pack, center_id=pack.center_id
            )


def remove(rows: Iterable[AccreditationPack]) -> None:
    """Remove the files of packs that are ready; the rows stay with their sums."""
    making.remove(rows)
