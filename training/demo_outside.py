"""Training elsewhere in the demo: one accepted, one that waits, one that came back. Fictional."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from portal.core.privacy.documents import cleaned, inspect
from portal.core.privacy.file_forms import Upload
from portal.people.models import User
from training import outside, topics
from training.models import OutsideTraining, RequirementRule
from training.outside import Corrected, Counts, Facts

PROVIDER = "Example Regional Training Center"
COUNTS_FOR = ("csec-mdt-14", "mdt-annual", "advocate-initial", "advocate-ongoing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`days` ago it was, `sent` days ago it was handed in; `reason` sends it back."""

    key: str
    title: str
    days: int
    sent: int
    minutes: int
    topics: tuple[str, ...]
    is_accepted: bool = False
    reason: str = ""


PLANS = (
    Plan(
        key="advocate",
        title="Supporting young witnesses through court",
        days=70,
        sent=60,
        minutes=180,
        topics=("court-support", "victims-rights", "caregiver-resilience"),
        is_accepted=True,
    ),
    Plan(
        key="member",
        title="Recognizing online coercion: a workshop for investigators",
        days=21,
        sent=5,
        minutes=210,
        topics=("online", "identification"),
    ),
    Plan(
        key="member",
        title="Working as a team with schools",
        days=45,
        sent=12,
        minutes=120,
        topics=("team-roles",),
        reason="minutes",
    ),
)


def load_outside(people: Mapping[str, User], now: datetime) -> None:
    """Hand in and review what is missing; `people` are the demo's, by key."""
    for plan in PLANS:
        person = people[plan.key]
        if not OutsideTraining.objects.filter(person=person, title=plan.title).exists():
            _follow(plan, person, people["specialist"], now)


def _follow(plan: Plan, person: User, reviewer: User, now: datetime) -> None:
    sent = now - timedelta(days=plan.sent)
    reviewed = sent + timedelta(days=2)
    row = outside.hand_in(
        _facts(plan, now),
        _paper(plan, person),
        by=person,
        key=uuid5(NAMESPACE_URL, f"demo/{person.email}/{plan.title}"),
        at=sent,
    )
    if plan.reason:
        outside.send_back(row, by=reviewer, version=1, reason=plan.reason, at=reviewed)
    if plan.is_accepted:
        said = Corrected(
            title=row.title,
            completed_on=row.completed_on,
            minutes=row.minutes,
            topics=row.topics,
        )
        outside.accept(row, said, _counts(plan), by=reviewer, version=1, at=reviewed)


def _facts(plan: Plan, now: datetime) -> Facts:
    return Facts(
        title=plan.title,
        provider=PROVIDER,
        completed_on=timezone.localdate(now) - timedelta(days=plan.days),
        minutes=plan.minutes,
        way=OutsideTraining.Way.LIVE,
        topics=list(plan.topics),
    )


def _counts(plan: Plan) -> list[Counts]:
    rules = RequirementRule.objects.filter(slug__in=COUNTS_FOR).prefetch_related("clauses")
    return [Counts(rule, None, topics.category(plan.topics, rule)) for rule in rules]


def _paper(plan: Plan, person: User) -> Upload:
    """Make a small certificate and read it as an upload is read."""
    lines = [PROVIDER, "Certificate of attendance", person.name, plan.title, "Invented for a demo"]
    read = inspect("certificate.pdf", _pdf(lines))
    return Upload(read.name, read.kind, cleaned(read))


def _pdf(lines: list[str]) -> bytes:
    """Write a PDF of one page by hand; the demo needs no typesetting for it."""
    said = "".join(f"({line}) Tj 0 -28 Td " for line in lines)
    content = zlib.compress(f"BT /F1 16 Tf 72 700 Td {said}ET".encode("latin-1"))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF"
    return bytes(made) + head.encode() + tail.encode()
