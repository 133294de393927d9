"""A worker that comes back after its lease ran out does no harm to what another made."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from portal.core import outbox
from portal.core.models import Effect
from tests.training import learning_factories as make
from tests.training import pack_making as packing
from tests.world import World
from training import packs, paper
from training.leavers import NAME_GONE
from training.models import AccreditationPack, Certificate, Completion

pytestmark = pytest.mark.django_db
State = AccreditationPack.State


@pytest.fixture
def completion() -> Completion:
    person = make.learner(first_name="Ana", last_name="Silva")
    return make.complete(person, make.make_release("T01")[0])


def lease_runs_out() -> None:
    Effect.objects.filter(done_at=None).update(leased_until=timezone.now() - timedelta(seconds=1))


def test_of_two_workers_with_one_certificate_one_file_is_left(
    completion: Completion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    effect = Effect.objects.get(kind="training.certificate")
    render = paper.render

    def stand_still(*args: Any) -> Any:
        monkeypatch.setattr(paper, "render", render)
        lease_runs_out()
        assert outbox.deliver(effect.pk), "the second worker makes it"
        return render(*args)

    monkeypatch.setattr(paper, "render", stand_still)
    outbox.deliver(effect.pk)
    certificate = Certificate.objects.get()
    folder, name = os.path.split(certificate.file_name)
    stem = name.removesuffix(".pdf")
    stored = [file for file in default_storage.listdir(folder)[1] if file.startswith(stem)]
    assert stored == [name]
    assert certificate.is_ready


def test_a_late_worker_does_not_bring_back_a_name_that_had_to_go(
    completion: Completion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name goes while the paper with it is being set."""
    effect = Effect.objects.get(kind="training.certificate")
    render, said = paper.render, []

    def stand_still(name: str, inputs: dict[str, Any]) -> Any:
        said.append(inputs["name"])
        if len(said) == 1:
            row = Certificate.objects.get()
            row.content = {**row.content, "name": NAME_GONE}
            row.save(update_fields=["content"])
        return render(name, inputs)

    monkeypatch.setattr(paper, "render", stand_still)
    assert outbox.deliver(effect.pk)
    assert said == ["Ana Silva", NAME_GONE]
    assert Certificate.objects.get().content["name"] == NAME_GONE


def test_a_pack_whose_worker_stood_still_is_made_by_the_next_and_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = packing.ask(world.coordinator)
    effect = packing.effect_of(pack)
    lying = set(packing.lying_about())
    real, is_first = packs.Packing.next_step, [True]

    def stand_still(run: packs.Packing, step: str) -> None:
        if step == "paper" and is_first:
            is_first.clear()
            lease_runs_out()
            taken = outbox._take(effect.pk)
            assert taken is not None, "the second worker has it now, and is at work"
        real(run, step)

    monkeypatch.setattr(packs.Packing, "next_step", stand_still)
    assert not outbox.deliver(effect.pk), "the first one stops, and says nothing of it"
    effect.refresh_from_db()
    pack.refresh_from_db()
    assert (effect.done_at, effect.attempts) == (None, 2)
    assert pack.state == State.WORKING, "it is the second one's"
    assert set(packing.lying_about()) == lying
    lease_runs_out()
    assert outbox.deliver(effect.pk)
    pack.refresh_from_db()
    assert pack.state == State.READY


def test_a_late_failure_does_not_fail_the_pack_that_another_worker_makes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = packing.ask(world.coordinator)
    effect = packing.effect_of(pack)

    def fail(run: packs.Packing) -> None:
        lease_runs_out()
        outbox._take(effect.pk)
        raise OSError

    monkeypatch.setattr(packs.Packing, "make", fail)
    assert not outbox.deliver(effect.pk)
    pack.refresh_from_db()
    effect.refresh_from_db()
    assert pack.state == State.WORKING
    assert effect.done_at is None
