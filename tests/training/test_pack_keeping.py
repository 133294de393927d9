"""Accreditation packs: how long their files are kept, and what makes them go."""

import io
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from openpyxl import load_workbook

from portal.core import making
from portal.core.redaction import registry
from portal.people import anonymising, leaving, retention
from portal.people.models import Center
from tests.training import learning_factories as make
from tests.training import pack_making as packing
from tests.training.pack_making import SINCE, UNTIL
from tests.world import World
from training import pack_keeping, packs
from training.models import AccreditationPack, LiveSession, ModulePage

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


def days_pass(pack: AccreditationPack) -> None:
    AccreditationPack.objects.update(kept_until=timezone.localdate() - timedelta(days=1))


def test_after_thirty_days_the_files_go_and_the_sums_stay(
    team: World, django_capture_on_commit_callbacks: Any
) -> None:
    pack = packing.made(team.coordinator)
    retention.apply_all()
    pack.refresh_from_db()
    assert pack.state == State.READY
    days_pass(pack)
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.apply_all()["accreditation_packs"] == 1
    pack.refresh_from_db()
    assert (pack.state, pack.files) == (State.GONE, {})
    assert pack.facts["minutes"] > 0
    assert not list(packing.lying_about())


def test_a_hold_on_everything_keeps_them(team: World) -> None:
    pack = packing.made(team.coordinator)
    days_pass(pack)
    retention.place_hold(reason="litigation", by=team.manager)
    retention.apply_all()
    pack.refresh_from_db()
    assert pack.state == State.READY


def test_files_that_no_pack_knows_are_swept(team: World) -> None:
    pack = packing.made(team.coordinator)
    name = default_storage.save(f"packs/{pack.pk}/lost.pdf", io.BytesIO(b"x"))  # type: ignore[arg-type]
    assert pack_keeping.sweep() == 0, "it may belong to a run that goes on"
    _age(Path(default_storage.path(name)))
    for each in pack.files.values():
        _age(Path(default_storage.path(each["name"])))
    assert pack_keeping.sweep() == 1
    assert set(packing.lying_about()) == {each["name"] for each in pack.files.values()}


def _age(path: Path) -> None:
    long_ago = timezone.now().timestamp() - 3 * 24 * 3600
    os.utime(path, (long_ago, long_ago))


def test_a_pack_with_the_name_of_somebody_anonymised_goes(
    team: World, django_capture_on_commit_callbacks: Any
) -> None:
    pack = packing.made(team.coordinator)
    leaving.leave(team.other_member, by=team.manager)
    with django_capture_on_commit_callbacks(execute=True):
        anonymising.anonymise(team.other_member, by=team.manager)
    pack.refresh_from_db()
    assert pack.state == State.READY
    leaving.leave(team.member, by=team.manager)
    with django_capture_on_commit_callbacks(execute=True):
        anonymising.anonymise(team.member, by=team.manager)
    pack.refresh_from_db()
    assert pack.state == State.GONE
    assert not list(packing.lying_about())


def test_a_pack_goes_when_words_of_a_title_may_no_longer_be_read(team: World) -> None:
    pack, open_one = packing.made(team.coordinator), packing.ask(team.manager)
    AccreditationPack.objects.filter(pk=open_one.pk).update(state=State.WORKING)
    run = packs.Packing(open_one, packing.effect_of(open_one))
    registry.run_after([LiveSession.objects.get()])
    pack.refresh_from_db()
    open_one.refresh_from_db()
    assert (pack.state, open_one.state) == (State.GONE, State.FAILED)
    with pytest.raises(making.Overtaken):
        run.make()


def test_only_the_center_asked_for_is_in_the_pack(team: World, module: ModulePage) -> None:
    packing.complete(packing.belong(team.other_member), module)
    bristol = Center.objects.get(slug="bristol")
    own = packing.made(team.coordinator)
    other = packing.work(packs.ask(center=bristol, since=SINCE, until=UNTIL, by=team.manager))
    names = [
        {row[0].value for row in load_workbook(io.BytesIO(packing.stored(p, "xlsx")))["Roster"]}
        for p in (own, other)
    ]
    assert "Lee Other" not in names[0]
    assert names[1] == {"Name", "Lee Other"}
