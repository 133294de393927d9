"""The log of mails for the manager: who got what kind when, and what became of it. No words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core import mail_registry
from portal.core.models import MailLog
from portal.people import audit
from portal.people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One mail in words."""

    row: MailLog
    mail_class: Any
    person: str
    about: str


class LogForm(forms.Form):
    """What is not understood filters nothing."""

    mail_class = forms.ChoiceField(label=_("Class"), required=False)
    outcome = forms.ChoiceField(
        label=_("What became of it"),
        required=False,
        choices=[("", _("All")), *MailLog.Outcome.choices],
    )
    person = forms.CharField(
        label=_("Person"), required=False, max_length=120, help_text=_("Name or e-mail")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(c.key, c.label) for c in mail_registry.classes() if not c.is_carrier]
        self.fields["mail_class"].choices = [("", _("All")), *named]  # type: ignore[attr-defined]


def search(form: LogForm) -> QuerySet[MailLog]:
    """Return the mails that a form asks for, newest first."""
    form.full_clean()
    data = getattr(form, "cleaned_data", {})
    found = MailLog.objects.order_by("-pk")
    for name in ("mail_class", "outcome"):
        if data.get(name):
            found = found.filter(**{name: data[name]})
    if person := data.get("person"):
        found = found.filter(user_id__in=audit.people_called(person))
    return found


def lines(rows: Iterable[MailLog]) -> list[Line]:
    """Put mails into words, in a fixed number of queries."""
    shown = list(rows)
    ids = {row.user_id for row in shown if row.user_id}
    names = {user.pk: user.name for user in User.objects.filter(pk__in=ids)}
    return [_line(row, names) for row in shown]


def _line(row: MailLog, names: dict[int, str]) -> Line:
    about = f"{row.about_type.rpartition('.')[2]} {row.about_id}" if row.about_id else ""
    person = names.get(row.user_id, "") if row.user_id else ""
    return Line(row, mail_registry.find(row.mail_class).label, person, about)
