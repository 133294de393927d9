"""Files wait for their scan; what the scanner finds goes, and a failing scanner is seen."""

from typing import Any

import pytest
from django.test import Client

from assistance import scanning, timeline
from assistance.models import Attachment
from portal.core import outbox
from portal.core.models import Effect
from tests.assistance.making import assigned, attached
from tests.assistance.storing import stored
from tests.core.test_virus_scan import clamd
from tests.world import World, build_world


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def scanned(world: World, settings: Any, answer: bytes) -> Attachment:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    with clamd(answer) as (url, _asked):
        settings.CLAMD_URL = url
        made = attached(assigned(world), world.coordinator)
        outbox.deliver_all()
    made.refresh_from_db()
    return made


def test_a_clean_file_is_given_out(world: World, settings: Any, client: Client) -> None:
    made = scanned(world, settings, b"stream: OK\0")
    assert made.scan == Attachment.Scan.CLEAN
    client.force_login(world.specialist)
    assert client.get(made.get_absolute_url()).status_code == 200


def test_an_infected_one_goes_and_the_conversation_says_so(world: World, settings: Any) -> None:
    made = scanned(world, settings, b"stream: Eicar-Test FOUND\0")
    assert (bool(made.file), made.name, made.removed_by) == (False, "", None)
    assert stored() == []
    entries = timeline.of(made.ticket, user=world.specialist)
    assert [entry.by for entry in entries if entry.change == "detached"] == [None]


def test_a_failing_scanner_leaves_it_waiting_and_is_seen(
    world: World, settings: Any, client: Client
) -> None:
    made = scanned(world, settings, b"stream: nonsense ERROR\0")
    assert made.scan == Attachment.Scan.WAITING
    effect = Effect.objects.get(kind="assistance.scan")
    assert (effect.done_at, effect.last_error) == (None, "ScanFailed")
    client.force_login(world.specialist)
    assert client.get(made.get_absolute_url()).status_code == 404
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["scanner"] == "ConnectionRefusedError"


def test_scanning_twice_is_harmless(world: World, settings: Any) -> None:
    made = scanned(world, settings, b"stream: OK\0")
    scanning.scan(Effect(subject=str(made.pk)))
    made.refresh_from_db()
    assert made.scan == Attachment.Scan.CLEAN
