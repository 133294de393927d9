"""Packs: asked for once, made by the worker, whole or not at all, and gone after thirty days."""

import csv
import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.core import making, outbox
from portal.core.models import Effect
from tests.training import learning_factories as make
from tests.training import pack_making as packing
from tests.training.pack_making import UNTIL
from tests.world import World, build_world
from training import packs, policies, tagged_pdf
from training.models import AccreditationPack, Certificate, ModulePage

pytestmark = pytest.mark.django_db
State = AccreditationPack.State


@pytest.fixture(autouse=True)
def nothing_lies_about() -> Iterator[None]:
    """Nothing of other tests of this process lies there, and nothing of this one stays."""
    packing.empty()
    yield
    packing.empty()


@pytest.fixture
def module(db: None) -> ModulePage:
    return make.make_release("F01", lessons=1)[0]


@pytest.fixture
def team(world: World, module: ModulePage) -> World:
    return packing.filled(world, module)


# Asking ---------------------------------------------------------------------------------------


def test_who_may_ask_is_who_may_see(team: World) -> None:
    pack = packing.ask(team.coordinator)
    for person in team.people.values():
        seen = AccreditationPack.objects.visible_to(person).filter(pk=pack.pk).exists()
        assert policies.can_see_pack(person, pack) == seen
        assert seen == (person in {team.coordinator, team.manager, team.deputy})
        if not seen:
            with pytest.raises(PermissionDenied):
                packing.ask(person)
            with pytest.raises(PermissionDenied):
                packs.try_again(pack, by=person)


def test_the_same_pack_asked_again_within_a_minute_is_given_back(team: World) -> None:
    pack = packing.ask(team.coordinator)
    assert packing.ask(team.coordinator) == pack
    assert packing.ask(team.manager) != pack
    assert packing.ask(team.coordinator, until=UNTIL - timedelta(days=1)) != pack
    AccreditationPack.objects.update(asked_at=timezone.now() - timedelta(seconds=61))
    assert packing.ask(team.coordinator) != pack
    assert Effect.objects.filter(kind=packs.KIND, subject=str(pack.pk)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "wake", lambda lane: None)  # the worker is slow today
    world = build_world()
    gate, found = threading.Barrier(4), []

    def click() -> None:
        try:
            gate.wait()
            found.append(packing.ask(world.coordinator).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert AccreditationPack.objects.count() == 1


# Made -----------------------------------------------------------------------------------------


def test_the_worker_makes_it_and_says_how_far_it_is(
    team: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = packing.ask(team.coordinator)
    assert (pack.state, pack.total) == (State.ASKED, 0)
    seen: list[tuple[str, str, int]] = []
    real = packs.Packing.next_step

    def watched(run: packs.Packing, step: str) -> None:
        real(run, step)
        row = AccreditationPack.objects.get(pk=pack.pk)
        seen.append((row.state, row.step, row.done))
        assert row.done < row.total

    monkeypatch.setattr(packs.Packing, "next_step", watched)
    packing.work(pack)
    assert [state for state, _step, _done in seen] == [State.WORKING] * len(seen)
    assert list(dict.fromkeys(step for _state, step, _done in seen)) == [
        "workbook", "paper", "certificates", "keeping",
    ]  # fmt: skip
    dones = [done for _state, _step, done in seen]
    assert dones == sorted(dones)
    assert (pack.state, pack.done, pack.step) == (State.READY, pack.total, "")
    assert pack.kept_until == timezone.localdate() + timedelta(days=30)
    assert packing.events_of(pack) == ["training.pack_asked", "training.pack_made"]


def test_a_second_delivery_changes_nothing(team: World) -> None:
    pack = packing.made(team.coordinator)
    files = pack.files
    Effect.objects.update(done_at=None, due_at=timezone.now())
    packing.work(pack)
    assert pack.files == files
    assert sorted(packing.lying_about()) == sorted(each["name"] for each in files.values())


def test_size_and_digest_are_those_of_the_files(team: World) -> None:
    pack = packing.made(team.coordinator)
    assert set(pack.files) == {"zip", "pdf", "xlsx"}
    for ending, said in pack.files.items():
        content = packing.stored(pack, ending)
        assert (said["size"], said["sha256"]) == (
            len(content),
            hashlib.sha256(content).hexdigest(),
        )
        assert said["name"].startswith(f"packs/{pack.pk}/")


def test_the_zip_holds_every_part_the_certificates_and_the_papers(team: World) -> None:
    pack = packing.made(team.coordinator)
    archive = zipfile.ZipFile(io.BytesIO(packing.stored(pack, "zip")))
    assert archive.testzip() is None
    assert archive.namelist() == [
        "pack.pdf",
        "pack.xlsx",
        "csv/1-cover.csv",
        "csv/2-roster.csv",
        "csv/3-hours.csv",
        "csv/4-topics.csv",
        "csv/5-requirements.csv",
        "csv/6-competencies.csv",
        "csv/7-sign-in-sheets.csv",
        "certificates/member-robin-f01-2026-03-10.pdf",
        "papers/member-robin-paper-2026-03-10.pdf",
    ]
    for ending in ("pdf", "xlsx"):
        assert archive.read(f"pack.{ending}") == packing.stored(pack, ending)
    row: Certificate = team.things["certificate"]
    certificate = archive.read("certificates/member-robin-f01-2026-03-10.pdf")
    assert hashlib.sha256(certificate).hexdigest() == row.pdf_sha256
    assert archive.read("papers/member-robin-paper-2026-03-10.pdf") == b"%PDF-1.7 a paper"
    hours = archive.read("csv/3-hours.csv").decode("utf-8-sig")
    proofs = {line["Source"]: line for line in csv.DictReader(io.StringIO(hours))}
    assert proofs["Module"]["Certificate or paper"] == row.code
    assert proofs["Outside training"]["Certificate or paper"] == "Paper on file"


def test_the_workbook_has_frozen_filtered_headers_numbers_and_days(team: World) -> None:
    book = load_workbook(io.BytesIO(packing.stored(packing.made(team.coordinator), "xlsx")))
    assert book.sheetnames == [
        "Cover", "Roster", "Hours", "Topics", "Requirements", "Competencies", "Sign-in sheets",
    ]  # fmt: skip
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions["A"].width > 5
    sheet = book["Hours"]
    day, minutes = sheet["B2"], sheet["F2"]
    assert (day.is_date, day.value.date()) == (True, date(2026, 3, 10))
    assert minutes.data_type == "n"
    assert book["Roster"]["L2"].data_type == "n"


def test_a_formula_is_text_in_every_table(team: World) -> None:
    team.member.chosen_name = "=HYPERLINK(1)"
    team.member.agency = "+1"
    team.member.save()
    pack = packing.made(team.coordinator)
    book = load_workbook(io.BytesIO(packing.stored(pack, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if cell.value == "'=HYPERLINK(1)"]
    with zipfile.ZipFile(io.BytesIO(packing.stored(pack, "zip"))) as archive:
        lines = [
            line
            for name in archive.namelist()
            if name.endswith(".csv")
            for line in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))
        ]
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+"))]


def test_the_pdf_is_tagged_and_says_the_sums_in_any_script(team: World) -> None:
    team.member.chosen_name = "Zoë Łuć"
    team.member.save()
    pack = packing.made(team.coordinator)
    said = pack.files["pdf"]
    file = SimpleNamespace(storage=default_storage, name=said["name"], size=said["size"])
    assert tagged_pdf.is_tagged(SimpleNamespace(file=file))
    reader = PdfReader(io.BytesIO(packing.stored(pack, "pdf")))
    assert reader.trailer["/Root"]["/Lang"] == "en"
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert f"Minutes {pack.facts['minutes']}" in text
    assert "Zoë Łuć" in text
    assert f"Page 1 of {len(reader.pages)}" in text
    assert "Accreditation pack: " in str(reader.metadata.title)  # type: ignore[union-attr]


def test_a_center_where_nothing_happened_has_a_pack_too(world: World) -> None:
    pack = packing.made(world.coordinator, date(2020, 1, 1), date(2020, 2, 1))
    assert pack.state == State.READY
    assert (pack.facts["people"], pack.facts["minutes"], pack.facts["hours"]) == (0, 0, "0")


# What goes wrong ------------------------------------------------------------------------------


def test_what_fails_is_seen_and_can_be_tried_again(team: World, settings: Any) -> None:
    pack = packing.ask(team.coordinator)
    kept = settings.STORAGES
    nowhere = {**kept["default"], "OPTIONS": {"location": "/dev/null/nowhere"}}
    settings.STORAGES = {**kept, "default": nowhere}
    packing.work(pack)
    assert pack.state == State.FAILED
    settings.STORAGES = kept
    packs.try_again(pack, by=team.coordinator)
    pack.refresh_from_db()
    assert (pack.state, pack.done, pack.total) == (State.ASKED, 0, 0)
    assert packing.work(pack).state == State.READY
    packs.try_again(pack, by=team.coordinator)
    pack.refresh_from_db()
    assert pack.state == State.READY
    assert packing.events_of(pack) == [
        "training.pack_asked", "training.pack_failed", "training.pack_asked", "training.pack_made",
    ]  # fmt: skip


def test_a_worker_that_died_in_the_middle_is_followed_by_one_that_begins_anew(
    team: World,
) -> None:
    pack = packing.ask(team.coordinator)
    half = f"packs/{pack.pk}/half.pdf"
    default_storage.save(half, io.BytesIO(b"half"))  # type: ignore[arg-type]
    AccreditationPack.objects.update(state=State.WORKING, done=3, total=6, step="paper")
    Effect.objects.update(leased_until=timezone.now() + timedelta(minutes=1), attempts=1)
    assert not outbox.deliver(packing.effect_of(pack).pk), "the dead worker still holds it"
    Effect.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert packing.work(pack).state == State.READY
    assert half not in {each["name"] for each in pack.files.values()}


def test_what_ends_the_worker_each_time_is_not_tried_for_ever(team: World) -> None:
    pack = packing.ask(team.coordinator)
    Effect.objects.update(attempts=making.MOST_TRIES)
    assert packing.work(pack).state == State.FAILED


def test_of_two_runs_the_slower_one_leaves_nothing(team: World) -> None:
    others = set(packing.lying_about())
    pack = packing.ask(team.coordinator)
    effect = packing.effect_of(pack)
    AccreditationPack.objects.update(state=State.WORKING)
    slow = packs.Packing(pack, effect)
    packing.work(pack)
    files = pack.files
    with pytest.raises(making.Overtaken):
        slow.make()
    slow.discard()
    pack.refresh_from_db()
    assert (pack.state, pack.files) == (State.READY, files)
    assert set(packing.lying_about()) - others == {each["name"] for each in files.values()}


def test_a_run_holds_its_effect_while_it_works(team: World) -> None:
    pack = packing.ask(team.coordinator)
    effect = packing.effect_of(pack)
    AccreditationPack.objects.update(state=State.WORKING)
    run = packs.Packing(pack, effect)
    run.total = 3
    run.next_step("paper")
    effect.refresh_from_db()
    assert effect.leased_until is not None
    assert effect.leased_until > timezone.now() + timedelta(minutes=1)


def test_a_pack_that_nobody_begins_is_told(team: World) -> None:
    pack = packing.ask(team.coordinator)
    assert not making.is_stalled(packs.KIND, pack)
    Effect.objects.update(due_at=timezone.now() - timedelta(minutes=6))
    assert making.is_stalled(packs.KIND, pack)
    Effect.objects.update(leased_until=timezone.now() + timedelta(minutes=1))
    assert not making.is_stalled(packs.KIND, pack)
    assert not making.is_stalled(packs.KIND, packing.work(packing.ask(team.manager)))
