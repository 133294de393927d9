"""A center with a year of training for tests of packs, and packs made of it."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from portal.core import outbox
from portal.core.models import Effect, Event
from portal.people.models import Center, Membership, User
from tests.training import learning_factories as make
from tests.training.session_factories import make_session
from tests.world import World
from training import certificates, credit, packs
from training.models import (
    AccreditationPack,
    Attendance,
    Completion,
    LiveSession,
    ModulePage,
    OutsideTraining,
)

SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)
MARCH = datetime(2026, 3, 10, 16, tzinfo=UTC)


def essex() -> Center:
    return Center.objects.get(slug="essex")


def belong(person: User, since: date = date(2024, 5, 1), until: date | None = None) -> User:
    """Say when the person's one membership holds."""
    Membership.objects.filter(user=person).update(starts_on=since, ends_on=until)
    return person


def attend(
    session: LiveSession, person: User, minutes: int = 60, *, counts: bool = True
) -> Completion | None:
    """Put a person on a session's list; a completion follows where it counts."""
    row = Attendance.objects.create(
        session=session,
        person=person,
        minutes=minutes,
        source=Attendance.Source.LIST,
        recorded_by=session.trainer,
    )
    if not counts:
        return None
    made = Completion.objects.create(
        person=person,
        attendance=row,
        minutes=session.counted_minutes,
        completed_at=session.starts_at,
    )
    credit.award([made.pk])
    return made


def session_at(trainer: User, at: datetime = MARCH, **fields: Any) -> LiveSession:
    return make_session(trainer, center="essex", starts_at=at, **fields)


def elsewhere(person: User, reviewer: User, at: datetime = MARCH, **fields: Any) -> Completion:
    """Training elsewhere with its paper, accepted."""
    row = OutsideTraining(
        person=person,
        title=fields.pop("title", "A day at a conference"),
        provider="A college",
        completed_on=at.date(),
        minutes=fields.pop("minutes", 300),
        way=OutsideTraining.Way.CONFERENCE,
        state=OutsideTraining.State.ACCEPTED,
        reviewed_by=reviewer,
        reviewed_at=at,
        kind="pdf",
        key=uuid4(),
        **fields,
    )
    row.file.save("", ContentFile(b"%PDF-1.7 a paper"), save=False)
    row.save()
    return Completion.objects.create(
        person=person, outside=row, minutes=row.minutes, completed_at=at
    )


def complete(person: User, module: ModulePage, at: datetime = MARCH) -> Completion:
    return make.complete(person, module, at=at)


def ask(by: User, since: date = SINCE, until: date = UNTIL) -> AccreditationPack:
    return packs.ask(center=essex(), since=since, until=until, by=by)


def effect_of(pack: AccreditationPack) -> Effect:
    return Effect.objects.filter(kind=packs.KIND, subject=str(pack.pk)).latest("pk")


def work(pack: AccreditationPack) -> AccreditationPack:
    """Let the worker have this pack alone."""
    outbox.deliver(effect_of(pack).pk)
    pack.refresh_from_db()
    return pack


def made(by: User, since: date = SINCE, until: date = UNTIL) -> AccreditationPack:
    return work(ask(by, since, until))


def stored(pack: AccreditationPack, ending: str) -> bytes:
    with default_storage.open(pack.files[ending]["name"]) as file:
        content: bytes = file.read()
    return content


def lying_about() -> Iterator[str]:
    """Yield every stored file of packs."""
    folders = default_storage.listdir("packs")[0] if default_storage.exists("packs") else []
    for folder in folders:
        for file in default_storage.listdir(f"packs/{folder}")[1]:
            yield f"packs/{folder}/{file}"


def empty() -> None:
    for name in list(lying_about()):
        default_storage.delete(name)


def filled(world: World, module: ModulePage) -> World:
    """One member with something of each kind; the certificate is in `world.things`."""
    belong(world.member)
    done = complete(world.member, module)
    world.things["certificate"] = certificates.issue(done, at=done.completed_at)
    elsewhere(world.member, world.manager, topics=["trauma"])
    attend(session_at(world.trainer), world.member)
    return world


def events_of(pack: AccreditationPack) -> list[str]:
    rows = Event.objects.filter(subject_type="training.accreditationpack", subject_id=str(pack.pk))
    return list(rows.order_by("pk").values_list("kind", flat=True))


def sheet_rows(pack: AccreditationPack, title: str) -> list[dict[str, object]]:
    book = load_workbook(io.BytesIO(stored(pack, "xlsx")))
    header, *rows = book[title].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def csv_rows(pack: AccreditationPack, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(stored(pack, "zip"))) as archive:
        text = archive.read(f"csv/{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))
