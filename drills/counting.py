"""The count: what was acknowledged against what is there, and whether all that follows is whole."""

import io
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from drills.browser import Browser
from drills.engines import wait
from drills.ledger import Ledger, Operation
from drills.stand import Stand

DRAINS_WITHIN = 420  # seconds
FOUND_BY_SEARCH = 10  # tickets that are looked for, by chance
CARRY = "mail.carry"
NUMBER = re.compile(r"TA-(\d\d)-(\d{4,})")


@dataclass
class Tally:
    """`faults` are lines about what is not whole; `repeats` are mails that came more than once."""

    acknowledged: int = 0
    found: int = 0
    missing: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    mails: int = 0
    repeats: int = 0
    drained_in: float = 0.0

    @property
    def is_whole(self) -> bool:
        return not (self.missing or self.twice or self.faults)


def count(ledger: Ledger, stand: Stand, *, repeats_allowed: int, manager: str) -> Tally:
    """Wait until the outbox is empty, then count. `repeats_allowed` is at most one per kill."""
    from django.db import close_old_connections

    close_old_connections()
    stand.wait_for_web()
    tally = Tally()
    try:
        tally.drained_in = wait("The outbox did not drain", _is_drained, DRAINS_WITHIN)
    except RuntimeError as error:
        tally.faults.append(f"{error}: {_open_effects()}")
    compare(ledger, tally, rows_of)
    _look_at_certificates(ledger, tally, stand)
    _look_at_numbers(tally)
    _look_at_effects(tally)
    _look_at_mail(tally, stand, repeats_allowed)
    _look_at_search(ledger, tally, stand, manager)
    _look_at_the_whole(tally, stand)
    tally.faults += [f"refused: {line}" for line in ledger.refused]
    return tally


# -- One by one --------------------------------------------------------------------------------


def compare(ledger: Ledger, tally: Tally, rows: Callable[[str], Counter[str]]) -> None:
    """Count each operation in the rows of its kind; unacknowledged ones may be there, once.

    `rows(kind)` says how often each thing is there, by the operation's mark.
    """
    for kind in dict.fromkeys(operation.kind for operation in ledger.operations):
        there = rows(kind)
        for operation in ledger.of(kind):
            times = there[mark_of(operation)]
            said = f"{kind} {operation.key} ({operation.tries} tries)"
            if operation.is_acknowledged:
                tally.acknowledged += 1
                tally.found += times > 0
                if not times:
                    tally.missing.append(said)
            if times > 1:
                tally.twice.append(f"{said}: {times}")


def mark_of(operation: Operation) -> str:
    """Return what tells a thing apart from others but not from its own repeat under a new key."""
    return f"{operation.key}" if operation.kind in BY_KEY else operation.text


BY_KEY = {"enrol", "start", "completion", "lesson", "quiz"}


def rows_of(kind: str) -> Counter[str]:
    from assistance.models import Attachment, Message, Ticket
    from training.models import Completion, Enrolment, ProgressEvent, QuizAttempt

    if kind == "enrol":
        return _abouts(Enrolment.objects.values_list("person_id", "module__slug"))
    if kind == "start":
        tries = QuizAttempt.objects.filter(kind="quiz")
        return _abouts(tries.values_list("enrolment__person_id", "enrolment__module__slug"))
    if kind == "completion":
        return _abouts(Completion.objects.values_list("person_id", "module__slug"))
    if kind in ("lesson", "quiz"):
        return _events(ProgressEvent.objects.filter(kind=kind))
    if kind == "create":
        return _texts(Ticket.objects.submitted().values_list("subject", flat=True))
    if kind == "reply":
        return _texts(Message.objects.values_list("text", flat=True))
    if kind == "attach":
        return _texts(_contents(Attachment.objects.kept()))
    raise LookupError(kind)


def _abouts(rows: Iterable[tuple[Any, Any]]) -> Counter[str]:
    return Counter(f"{person}:{slug}" for person, slug in rows)


def _events(rows: Any) -> Counter[str]:
    """Count an event under its key as often as the same thing was done in the enrolment."""
    found = list(rows.values_list("key", "enrolment_id", "lesson_id"))
    done = Counter((enrolment, lesson) for _key, enrolment, lesson in found)
    return Counter({str(key): done[enrolment, lesson] for key, enrolment, lesson in found})


def _texts(texts: Iterable[str]) -> Counter[str]:
    return Counter(text.strip().rstrip(".").lower() for text in texts)


def _contents(rows: Any) -> Iterable[str]:
    for row in rows:
        with row.file.open("rb") as file:
            content = file.read()
        if sha256(content).hexdigest() != row.sha256:
            yield f"another content in {row.pk}"
        yield content.decode()


# -- What follows ------------------------------------------------------------------------------


def _is_drained() -> bool:
    from django.db import DatabaseError, close_old_connections

    close_old_connections()
    try:
        return not _open_effects()
    except DatabaseError:
        return False


def _open_effects() -> Counter[str]:
    """Count by kind what is to be had within a minute; what waits for its day is not."""
    from django.utils import timezone

    from portal.core.models import Effect

    soon = timezone.now() + timedelta(minutes=1)
    rows = Effect.objects.open().filter(due_at__lte=soon)
    return Counter(f"{kind} {error}" for kind, error in rows.values_list("kind", "last_error"))


def _look_at_certificates(ledger: Ledger, tally: Tally, stand: Stand) -> None:
    """Each completion of the load has one certificate; its file is whole, its address answers."""
    from django.core.files.storage import default_storage

    from training.models import Certificate, Completion

    wanted = {operation.key for operation in ledger.of("completion")}
    stranger = Browser(stand.port)
    rows = Completion.objects.filter(module__isnull=False).select_related("module")
    for row in rows:
        about = f"{row.person_id}:{row.module.slug}"  # type: ignore[union-attr]
        if about not in wanted:
            continue
        papers = list(Certificate.objects.filter(completion=row))
        if len(papers) != 1:
            (tally.twice if papers else tally.missing).append(f"certificate of {about}")
            continue
        paper = papers[0]
        if not paper.pdf_sha256 or not default_storage.exists(paper.file_name):
            tally.missing.append(f"the file of the certificate of {about}")
            continue
        with default_storage.open(paper.file_name) as file:
            content = file.read()
        if sha256(content).hexdigest() != paper.pdf_sha256 or not content.startswith(b"%PDF"):
            tally.faults.append(f"The certificate of {about} is not the file that was made")
        answer = stranger.get(f"/verify/{paper.code}/")
        if answer.status != 200 or row.module.title not in answer.text.replace("&#x27;", "'"):  # type: ignore[union-attr]
            tally.faults.append(f"The certificate of {about} does not verify: {answer.status}")


def _look_at_numbers(tally: Tally) -> None:
    """Numbers are unique, and the counter promises that none is left out."""
    from assistance.models import NumberCounter, Ticket

    given = [n for n in Ticket.objects.values_list("number", flat=True) if n]
    for number, times in Counter(given).items():
        if times > 1:
            tally.twice.append(f"number {number}")
    for counter in NumberCounter.objects.all():
        year = f"{counter.fiscal_year % 100:02}"
        there = {int(m[2]) for n in given if (m := NUMBER.match(n)) and m[1] == year}
        if gaps := set(range(1, counter.last + 1)) ^ there:
            tally.faults.append(f"Numbers of {counter.fiscal_year} with gaps: {sorted(gaps)[:5]}")


def _look_at_effects(tally: Tally) -> None:
    from portal.core.models import Effect

    for kind, subject, error in Effect.objects.dead().values_list("kind", "subject", "last_error"):
        tally.faults.append(f"A dead effect: {kind} {subject} {error}")


def _look_at_mail(tally: Tally, stand: Stand, repeats_allowed: int) -> None:
    """Each mail that the log calls sent came; a repeat is of the same Message-ID, and rare."""
    from portal.core.models import Effect, MailLog

    Outcome = MailLog.Outcome
    sent = MailLog.objects.filter(outcome=Outcome.SENT).exclude(message_id="")
    wanted = set(sent.values_list("message_id", flat=True))
    seen = stand.mailbox.seen
    tally.mails = len(wanted)
    tally.missing += [f"mail {name}" for name in wanted - seen.keys()]
    tally.faults += [f"A mail that the log does not know: {name}" for name in seen.keys() - wanted]
    repeated = sum(times - 1 for times in seen.values())
    tally.repeats = repeated - stand.repeats_before
    stand.repeats_before = repeated
    if tally.repeats > repeats_allowed:
        tally.faults.append(f"{tally.repeats} mails came again, {repeats_allowed} may")
    stuck = MailLog.objects.filter(outcome__in=[Outcome.TRYING, Outcome.GIVEN_UP, Outcome.REFUSED])
    if stuck.exists():
        tally.faults.append(f"{stuck.count()} mails were not handed over")
    # One that a clock ahead has planned waits until then; no mail waits without a plan.
    planned = set(Effect.objects.open().filter(kind=CARRY).values_list("payload__user", flat=True))
    waiting = MailLog.objects.filter(outcome=Outcome.WAITING).exclude(goes=MailLog.Goes.DAY)
    if lost := waiting.exclude(user_id__in=planned).count():
        tally.faults.append(f"{lost} mails wait and nothing will bring them")


def _look_at_search(ledger: Ledger, tally: Tally, stand: Stand, manager: str) -> None:
    """Some requests are found by their words, by the manager."""
    from urllib.parse import quote_plus

    from assistance.models import Ticket

    asked = list(ledger.of("create", acknowledged=True))
    browser = Browser(stand.port, manager)
    for operation in random.sample(asked, min(len(asked), FOUND_BY_SEARCH)):
        ticket = Ticket.objects.filter(uuid=UUID(operation.key)).first()
        if ticket is None:
            continue  # said to be missing already
        answer = browser.get(f"/requests/?view=open&q={quote_plus(operation.text)}")
        if str(ticket.number) not in answer.text + answer.location:
            tally.faults.append(f"Search does not find {ticket.number}")


def _look_at_the_whole(tally: Tally, stand: Stand) -> None:
    from django.core.management import call_command

    out = io.StringIO()
    try:
        call_command("verify_audit", stdout=out)
    except SystemExit:
        tally.faults.append(f"The audit does not verify: {out.getvalue()[:300]}")
    answer = Browser(stand.port).get("/readyz")
    if answer.status != 200:
        tally.faults.append(f"/readyz answers {answer.status}: {answer.text[:200]}")
