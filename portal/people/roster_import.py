"""A roster from a CSV file: read, shown row by row, then written. A second run changes nothing."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.core import events
from portal.core.privacy.validators import validate_screened
from portal.people import agencies, invitations, policies, roster, scope
from portal.people.models import Center, Discipline, User

MOST = 2_000  # rows
COLUMNS = {
    "email": ("email", "e-mail", "work e-mail", "work email", "mail"),
    "first_name": ("first name", "first_name", "first", "given name"),
    "last_name": ("last name", "last_name", "last", "surname", "family name"),
    "discipline": ("discipline",),
    "center": ("center", "centre", "cac"),
    "title": ("title", "role", "job title"),
    "agency": ("agency", "organization", "organisation", "employer"),
}
NEEDED = ("email", "first_name", "last_name")


class Unreadable(Exception):
    """The file is not a roster; its text says why, for the person who chose it."""


@dataclass(slots=True)
class Row:
    """One line. `does`: new, joins (somebody known here comes to this center's roster), changes,
    nothing, error.
    """

    line: int
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    title: str = ""
    agency: str = ""
    discipline: Discipline | None = None
    center: Center | None = None
    does: str = "error"
    changes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def decode(content: bytes) -> str:
    """Return the text of a file that a spreadsheet wrote: UTF-8, or Windows' own."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read(text: str, *, by: User) -> list[Row]:
    """Read a roster and say of each row what it would do; nothing is written. Unreadable."""
    lines = list(_lines(text))
    disciplines = _by_name(Discipline.objects.all())
    centers = _by_name(scope.centers(by))
    seen: set[tuple[str, int]] = set()
    rows = []
    for number, values in lines:
        row = Row(number)
        _fill(row, values, disciplines, centers)
        _judge(row, by, seen)
        rows.append(row)
    return rows


def write(text: str, *, by: User, invite: bool) -> list[Row]:
    """Do what `read` said; rows with an error are left out. Invitations go to new people only.

    Each row is a transaction of its own, so that a long file keeps nobody waiting; one that
    stopped half-way is simply sent again.
    """
    rows = read(text, by=by)
    for row in rows:
        with transaction.atomic():
            if row.does == "changes":
                _change(row, by)
            elif row.does in {"new", "joins"}:
                _put_on(row, by, invite)
    done = sum(row.does in {"new", "joins", "changes"} for row in rows)
    events.record("people.imported", actor=by, rows=len(rows), done=done, invited=invite)
    return rows


def _put_on(row: Row, by: User, invite: bool) -> None:
    """Put a person on the roster. An account that `by` does not see is asked, or left alone."""
    assert row.center is not None  # noqa: S101  a row without a center is an error
    user = User.objects.filter(email=row.email).first()
    try:
        if user is None:
            user = User.objects.create(
                email=row.email, password=make_password(None), **_details(row)
            )
            roster.put_on(user, row.center, by=by)
            if invite:
                invitations.again(user, by=by)
        elif user.is_active and policies.can_see_person(by, user):
            roster.put_on(user, row.center, by=by)
        elif invite:
            invitations.invite(**_person(row), center=row.center, by=by)
    except invitations.CannotInvite:
        row.does = "error"
        row.errors.append(_("This account was closed by the program. Ask the program manager."))


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    if "\0" in text:
        raise Unreadable(_("This is no CSV file. Save the sheet as “CSV (UTF-8)” and try again."))
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip()), delimiter=delimiter)
    try:
        table = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Unreadable(_("A line of the file cannot be read as CSV.")) from error
    if not table:
        raise Unreadable(_("The file is empty."))
    if len(table) > MOST + 1:
        raise Unreadable(_("The file has more than 2,000 people. Cut it in two."))
    names = _header(table[0])
    for number, cells in enumerate(table[1:], start=2):
        values = {n: cells[i].strip() for n, i in names.items() if i < len(cells)}
        yield number, values


def _header(cells: list[str]) -> dict[str, int]:
    said = [cell.strip().lower() for cell in cells]
    found = {
        name: said.index(word)
        for name, words in COLUMNS.items()
        for word in words[::-1]
        if word in said
    }
    missing = [COLUMNS[name][0] for name in NEEDED if name not in found]
    if missing:
        raise Unreadable(
            _("The first line must name the columns. Missing: %(names)s.")
            % {"names": ", ".join(missing)}
        )
    return found


def _by_name(objects: Any) -> dict[str, Any]:
    """Find an object by its slug, its name, or a name without what stands behind a comma."""
    found: dict[str, Any] = {}
    short: dict[str, list[Any]] = {}
    for each in objects:
        short.setdefault(slugify(each.name.partition(",")[0]), []).append(each)
        found[slugify(each.name)] = each
        found[each.slug] = each
    # "Law enforcement" fits three disciplines: then the row has to say which.
    return {name: fits[0] for name, fits in short.items() if len(fits) == 1} | found


def _fill(
    row: Row,
    values: dict[str, str],
    disciplines: dict[str, Discipline],
    centers: dict[str, Center],
) -> None:
    for name in ("first_name", "last_name", "title", "agency"):
        _text(row, name, values.get(name, ""))
    row.email = values.get("email", "").lower()
    try:
        validate_email(row.email)
        agencies.validate_work_email(row.email)
    except ValidationError as error:
        row.errors += error.messages
    if said := values.get("discipline", ""):
        row.discipline = disciplines.get(slugify(said))
        if row.discipline is None:
            row.errors.append(_("The discipline is not one of the list."))
    own = list(dict.fromkeys(centers.values()))
    said = values.get("center", "")
    row.center = centers.get(slugify(said)) if said else own[0] if len(own) == 1 else None
    if row.center is None:
        row.errors.append(
            _("The center is not one of yours.") if said else _("The center is missing.")
        )


def _text(row: Row, name: str, value: str) -> None:
    model_field: Any = User._meta.get_field(name)
    try:
        validate_screened(value)
        setattr(row, name, model_field.clean(value, None) if value or name in NEEDED else "")
    except ValidationError as error:
        row.errors += error.messages


def _judge(row: Row, by: User, seen: set[tuple[str, int]]) -> None:
    if row.center is None or row.errors:
        return
    key = (row.email, row.center.pk)
    if key in seen:
        row.errors.append(_("This person stands in the file twice for this center."))
        return
    seen.add(key)
    user = User.objects.filter(email=row.email).first()
    if user is None or not policies.can_see_person(by, user):
        # Said alike of somebody unknown and of another center's account: nothing is given away.
        row.does = "nothing" if _is_asked(user, row.center) else "new"
        return
    if not user.is_active:
        row.errors.append(_("This account was closed. Invite the person by hand to open it."))
        return
    on_roster = user.memberships.active().filter(center=row.center).exists()
    row.changes = _differences(row, user) if policies.answers_for(by, user) else []
    row.does = ("changes" if row.changes else "nothing") if on_roster else "joins"


def _is_asked(user: User | None, center: Center) -> bool:
    """Say whether an invitation to this center is open already."""
    if user is None:
        return False
    invited = user.invitations.filter(center=center, accepted_at=None)
    return any(invitation.is_open for invitation in invited)


def _differences(row: Row, user: User) -> list[str]:
    """Return what the file says otherwise, of somebody not joined: later it is theirs to say."""
    if user.has_joined:
        return []
    return [n for n, value in _details(row).items() if value and getattr(user, n) != value]


def _details(row: Row) -> dict[str, Any]:
    return {
        "first_name": row.first_name,
        "last_name": row.last_name,
        "title": row.title,
        "agency": row.agency,
        "discipline": row.discipline,
    }


def _person(row: Row) -> dict[str, Any]:
    names = ("email", "first_name", "last_name", "discipline")
    return {name: getattr(row, name) for name in names}


def _change(row: Row, by: User) -> None:
    user = User.objects.get(email=row.email)
    if not user.has_joined and policies.answers_for(by, user):
        wanted = {n: v for n, v in _details(row).items() if v}
        roster.change(user, wanted, by=by)
