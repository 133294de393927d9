"""What befalls a machine: a disk that is full, a clock that is moved. Seconds throughout."""

import shutil
import time
from pathlib import Path

from drills.browser import Browser
from drills.faults import Context, Result, under_load
from drills.load import NOT_STORED, Load
from drills.stand import Stand

FULL_FOR, CLOCK_FOR = 10.0, 12.0
FAKETIME = "/usr/lib/*/faketime/libfaketimeMT.so.1"
OFF = 600  # how far the clock is moved


def disk(context: Context) -> Result:
    """Fill the disk of stored files and state; what cannot be kept says so and arrives later."""
    stand = context.stand
    if not stand.is_small:
        return Result("disk full", skipped="a small disk could not be mounted here")

    def full(load: Load, result: Result) -> int:
        load.wait_for(10, 20)
        filler = _fill(stand)
        try:
            since, taken = time.monotonic(), load.ledger.acknowledged
            answers = _bring_a_file(load, stand)
            time.sleep(FULL_FOR)
            reads = [read for read in load.reads if read.at > since]
            bad = [f"{read.page} {read.status}" for read in reads if not read.is_well]
            result.tally.faults += [f"could not be read: {line}" for line in bad]
            result.notes.append(
                f"full for {time.monotonic() - since:.0f} s: {len(reads)} pages read, "
                f"{load.ledger.acknowledged - taken} forms taken; a file was answered {answers}"
            )
        finally:
            filler.unlink()
        load.wait_for(10, 30)
        result.tally.faults += _half()
        return 0

    return under_load("disk full", context, full, files=True)


def _fill(stand: Stand) -> Path:
    """Write until nothing more fits."""
    filler = stand.room / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError:
                continue
    return filler


def _bring_a_file(load: Load, stand: Stand) -> str:
    """Send one file once; return what came."""
    from uuid import uuid4

    from assistance.models import Ticket

    ticket = Ticket.objects.filter(state="submitted").order_by("-pk").first()
    if ticket is None:
        return "nothing: there was no request"
    browser = Browser(stand.port, load.cast.manager.session)
    form = {
        "attach-key": str(uuid4()),
        "attach-version": str(ticket.version),
        "attach-seen_by": "reply",
    }
    file = ("attach-file", "agenda.txt", b"A plain agenda.\n" * 2000)
    answer = browser.post(f"/requests/{ticket.number}/files/", form, file)
    return f"{answer.status} {'plainly' if NOT_STORED in answer.text else ''}".strip()


def _half() -> list[str]:
    """Return the rows that name a file which is not there or not whole."""
    from hashlib import sha256

    from django.core.files.storage import default_storage

    from assistance.models import Attachment

    faults = []
    for row in Attachment.objects.kept():
        if not default_storage.exists(str(row.file.name)):
            faults.append(f"attachment {row.pk} has no file")
            continue
        with row.file.open("rb") as file:
            if sha256(file.read()).hexdigest() != row.sha256:
                faults.append(f"attachment {row.pk} is half there")
    return faults


def clock(context: Context) -> Result:
    """Move the clock of one of two workers ahead, and then behind."""
    found = sorted(Path("/").glob(FAKETIME.lstrip("/")))
    if shutil.which("faketime") is None or not found:
        return Result("clock moved", skipped="faketime is not installed")
    stand = context.stand
    moved = stand.folder / "clock"
    moved.write_text("+0")
    env = {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME_TIMESTAMP_FILE": str(moved),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }

    def fault(load: Load, result: Result) -> int:
        stand.begin("worker", as_name="moved", env=env)
        load.wait_for(20, 30)
        for offset in (OFF, -OFF, 0):
            moved.write_text(f"{offset:+d}")
            time.sleep(CLOCK_FOR)
            load.wait_for(20, 30)
        result.notes.append(f"one worker of two {OFF} s ahead, then {OFF} s behind")
        return REPEATS

    try:
        return under_load("clock moved", context, fault)
    finally:
        stand.end("moved")


# A clock that is ahead by more than a lease finds every lease run out: who holds one is asked again
# before a mail goes, and what is left is the moment between that and the mail server's answer.
REPEATS = 10
