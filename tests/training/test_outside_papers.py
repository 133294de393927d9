"""The paper of outside training: scanned, redacted, swept, and gone with the name."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from portal.core import inventory, outbox
from portal.core.redaction import showing
from portal.people import anonymising, leaving, personal_data, redactions
from tests.core.test_virus_scan import clamd
from tests.training import outside_making as make
from tests.world import World
from training import outside, outside_papers, outside_redaction
from training.models import Completion, OutsideTraining

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_papers() -> Any:
    make.empty()
    yield
    make.empty()


def scanned(world: World, settings: Any, answer: bytes) -> OutsideTraining:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    with clamd(answer) as (url, _asked):
        settings.CLAMD_URL = url
        row = make.handed_in(world.member)
        with pytest.raises(outside.NoPaper):
            make.accept(row, by=world.specialist)
        outbox.deliver_all()
    row.refresh_from_db()
    return row


def test_a_clean_paper_can_be_accepted(world: World, settings: Any) -> None:
    row = scanned(world, settings, b"stream: OK\0")
    assert row.scan == row.Scan.CLEAN
    assert make.accept(row, by=world.specialist).state == "accepted"


def test_an_infected_one_goes_and_another_may_be_sent(
    world: World, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = scanned(world, settings, b"stream: Eicar-Test FOUND\0")
    assert (row.lacks_paper, row.can_be_sent, make.stored()) == (True, True, [])
    assert row not in OutsideTraining.objects.waiting()
    settings.CLAMD_URL = ""
    said = {"by": world.member, "key": uuid4(), "version": 1, "upload": make.upload()}
    assert outside.send_again(row, make.facts(), **said).may_be_had


def test_anonymising_takes_the_paper_and_leaves_the_hours(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    row = make.accepted(world.member, by=world.specialist)
    waiting = make.handed_in(world.member)
    leaving.leave(world.member, by=world.manager)
    world.member.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        anonymising.anonymise(world.member, by=world.manager)
    row.refresh_from_db()
    assert (bool(row.file), row.name, row.sha256, row.state) == (False, "", "", "accepted")
    assert waiting not in OutsideTraining.objects.waiting()
    assert make.stored() == []
    assert Completion.objects.standing().count() == 1


def test_the_night_sweeps_papers_that_no_row_knows(world: World) -> None:
    row = make.handed_in(world.member)
    default_storage.save("outside/lost", make.SimpleUploadedFile("lost", b"x"))
    assert outside_papers.sweep() == 0
    assert outside_papers.sweep(timezone.now() + timedelta(days=2)) == 1
    assert make.stored() == [row.file.name.partition("/")[2]]


def test_the_export_of_a_person_holds_its_facts(world: World) -> None:
    row = make.handed_in(world.member)
    said = personal_data.as_json(world.member, for_themselves=True)
    for word in (make.TITLE, make.PROVIDER, row.sha256):
        assert word in said
    assert "scan" in inventory.entries()["training.OutsideTraining"].fields


def test_words_and_papers_can_be_redacted(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    row = make.handed_in(world.member, title="About Zebulon Quackenbush-Test")
    asked: dict[str, Any] = {"category": "name", "reason": "typed", "by": world.member}
    made = outside_redaction.ask(row, key=uuid4(), words="Zebulon Quackenbush-Test", **asked)
    assert "Zebulon" not in showing.words(OutsideTraining.objects.get(pk=row.pk), "title")
    redactions.agree(made, by=world.manager)
    row.refresh_from_db()
    assert "Zebulon" not in row.title
    assert row.file
    place = next(p for p, _label, _text in outside_redaction.texts_of(row) if p[2] == "name")
    whole = outside_redaction.ask(row, key=uuid4(), whole=place, **asked)
    with django_capture_on_commit_callbacks(execute=True):
        redactions.agree(whole, by=world.manager)
    row.refresh_from_db()
    assert (row.lacks_paper, make.stored()) == (True, [])
