"""The form of a file by itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assistance import policies
from assistance.forms.work import WorkForm
from assistance.models import Message, Ticket
from portal.core.privacy.file_forms import FileForm
from portal.people.models import User


class AttachForm(FileForm, WorkForm):
    """A file; staff say who sees it, everybody else's is seen by both sides."""

    prefix = "attach"
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen_by = forms.ChoiceField(
        label=_("Who sees it"),
        choices=[
            (Message.Kind.REPLY, _("The requester and the staff")),
            (Message.Kind.NOTE, _("The manager and the person assigned alone")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who sees it")},
    )

    def __init__(self, data: Any = None, *, ticket: Ticket, user: User, **files: Any) -> None:
        super().__init__(data, ticket=ticket, user=user, **files)
        self.fields["file"].required = True
        if not policies.can_see_notes(user, ticket):
            del self.fields["seen_by"]

    @property
    def is_internal(self) -> bool:
        return self.cleaned_data.get("seen_by") == Message.Kind.NOTE
