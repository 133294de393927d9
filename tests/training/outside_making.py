"""Outside training for tests: a paper made here, handed in, and accepted."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.core.privacy.file_forms import Upload
from portal.people.models import User
from tests.core.privacy.uploads import pdf
from training import outside
from training.models import OutsideTraining, RequirementRule
from training.models.outside import FOLDER
from training.outside import Corrected, Counts, Facts

TITLE = "Working with reluctant families"
PROVIDER = "Example Regional Training Center"


def upload(text: str = "") -> Upload:
    return Upload("certificate.pdf", "pdf", text.encode() or uuid4().bytes)


def facts(**changes: Any) -> Facts:
    said: dict[str, Any] = {
        "title": TITLE,
        "provider": PROVIDER,
        "completed_on": timezone.localdate() - timedelta(days=10),
        "minutes": 180,
        "way": "live",
        "topics": ["trauma"],
    }
    return Facts(**{**said, **changes})


def handed_in(person: User, *, paper: str = "", **changes: Any) -> OutsideTraining:
    return outside.hand_in(facts(**changes), upload(paper), by=person, key=uuid4())


def corrected(row: OutsideTraining, **changes: Any) -> Corrected:
    names = Corrected.__dataclass_fields__
    return Corrected(**{**{name: getattr(row, name) for name in names}, **changes})


def rule(slug: str) -> RequirementRule:
    return RequirementRule.objects.get(slug=slug)


def accept(
    row: OutsideTraining, *, by: User, counts: Sequence[Counts] = (), **changes: Any
) -> OutsideTraining:
    return outside.accept(row, corrected(row, **changes), counts, by=by, version=row.version)


def accepted(person: User, *, by: User, slug: str = "csec-mdt-14", **said: Any) -> OutsideTraining:
    row = handed_in(person, **said)
    return accept(row, by=by, counts=[Counts(rule(slug))])


def paper(*pages: str, name: str = "certificate.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(*pages), "application/pdf")


def typed(**changes: Any) -> dict[str, Any]:
    """What a person types and chooses."""
    return {
        "key": str(uuid4()),
        "title": TITLE,
        "provider": PROVIDER,
        "completed_on": (timezone.localdate() - timedelta(days=10)).isoformat(),
        "hours": "3",
        "minutes": "30",
        "way": "live",
        "topics": ["trauma", "team-roles"],
        "file": paper("Certificate of completion, three hours and a half"),
        "have_read": "on",
        **changes,
    }


def stored() -> list[str]:
    return default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []


def empty() -> None:
    for name in stored():
        default_storage.delete(f"{FOLDER}/{name}")


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def main(answer: Any) -> str:
    return text(answer).partition("<main")[2]
