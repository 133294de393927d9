"""Turning an answer into a draft of guidance."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assistance import guidance
from assistance.forms.work import TEXT, WorkForm
from assistance.models import Ticket
from portal.core.privacy.forms import ScreenedCharField
from portal.core.redaction import showing
from portal.core.row_choice import RowsChoice
from portal.people.models import User


class GuidanceForm(WorkForm):
    prefix = "guidance"
    title = ScreenedCharField(
        label=_("Title of the page"),
        max_length=140,
        help_text=_("What it is about, for anybody who asks the same"),
        error_messages={"required": _("Enter a title")},
    )
    text = ScreenedCharField(
        label=_("Text"),
        help_text=_(
            "Begins with the last answer. Take out whatever belongs to one center or one request; "
            "the page is edited and published in the admin."
        ),
        error_messages={"required": _("Enter the text")},
        **TEXT,
    )

    def __init__(self, data: Any = None, *, ticket: Ticket, user: User) -> None:
        super().__init__(data, ticket=ticket, user=user)
        self.initial["text"] = guidance.starting_text(ticket)


class SimilarForm(forms.Form):
    """Requests that the page answers as well."""

    requests = RowsChoice(
        label=_("Similar requests"),
        queryset=Ticket.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, rows: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["requests"]
        field.queryset = rows
        shown = list(rows[: guidance.SIMILAR])
        showing.prepare(shown)
        field.choices = [
            (row.pk, ": ".join(filter(None, (row.number, showing.words(row, "subject")))))
            for row in shown
        ]
