"""The certificates of a team in one ZIP file, with a list of them."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.core.tables import csv_response
from portal.people.models import User
from training import certificates
from training.models import Certificate

MOST = 200  # in one file, which is built while the browser waits


def found(
    user: User, people: QuerySet[User], *, since: date | None = None, until: date | None = None
) -> QuerySet[Certificate]:
    """Return the certificates that stand and that a user may see, of people on a roster.

    Those of modules completed from one day to another (America/New_York); one without a PDF yet
    is left out. By name.
    """
    rows = Certificate.objects.visible_to(user).standing().ready()
    rows = rows.counting_for(people.values("pk")).select_related("completion__person")
    if since is not None:
        rows = rows.filter(completion__completed_at__gte=_begin(since))
    if until is not None:
        rows = rows.filter(completion__completed_at__lt=_begin(until + timedelta(days=1)))
    return rows.order_by(
        "completion__person__last_name", "completion__person__first_name", "completion_id"
    )


def build(rows: Sequence[Certificate]) -> BytesIO:
    """Return the ZIP file, at its beginning: in memory, some 40 kB for each of `MOST` papers."""
    spool = BytesIO()
    names = file_names(rows)
    with ZipFile(spool, "w") as archive:
        archive.writestr("index.csv", _index(rows, names), ZIP_DEFLATED)
        for row, name in zip(rows, names, strict=True):
            archive.writestr(name, certificates.pdf(row), ZIP_STORED)
    spool.seek(0)
    return spool


def file_names(rows: Sequence[Certificate], taken: set[str] | None = None) -> list[str]:
    """Return a name for each: Latin letters, digits and hyphens alone, each name once.

    `taken` are names given before; it grows by these.
    """
    used = set() if taken is None else taken
    return [once(_stem(row), "pdf", used) for row in rows]


def once(stem: str, ending: str, taken: set[str]) -> str:
    """Return a file name that nobody has taken, and take it."""
    number = 1
    while (name := f"{stem}.{ending}" if number == 1 else f"{stem}-{number}.{ending}") in taken:
        number += 1
    taken.add(name)
    return name


def _stem(row: Certificate) -> str:
    code = _folded(row.content["module_code"]) or "session"
    return stem_of(row.completion.person, code, row.content["completed_on"])


def stem_of(person: User, what: str, day: str) -> str:
    name = f"{_folded(person.last_name)}-{_folded(person.first_name)}".strip("-")
    return f"{name or f'person-{person.pk}'}-{what}-{day}"


def _folded(text: str) -> str:
    """Return what is left of a text in ASCII; nothing of a script that has no Latin letters."""
    return slugify(unicodedata.normalize("NFKD", text))


def _index(rows: Sequence[Certificate], names: Sequence[str]) -> bytes:
    header = [
        _("Name"),
        _("Module"),
        _("Title"),
        _("Version"),
        _("Date"),
        _("Clock minutes"),
        _("Certificate"),
        _("File"),
    ]
    lines = [
        [
            row.content["name"],
            row.content["module_code"],
            row.content["module_title"],
            row.content["version"],
            row.content["completed_on"],
            row.content["minutes"],
            row.code,
            name,
        ]
        for row, name in zip(rows, names, strict=True)
    ]
    return csv_response("index.csv", header, lines).content


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
