"""Forms that tie a request to others, and people to it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assistance import watching
from assistance.forms.work import TEXT, Found, WorkForm
from assistance.models import Ticket
from assistance.models.choices import TOPICS, RequestType
from assistance.relations import Second
from portal.core.privacy.forms import ScreenedCharField
from portal.core.redaction import showing
from portal.core.row_choice import RowChoice
from portal.people.models import User

MERGEABLE = 50


class NumberedChoice(RowChoice):
    def label_from_instance(self, obj: Any) -> str:
        return ": ".join(filter(None, (obj.number, showing.words(obj, "subject"))))


class PersonChoice(RowChoice):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class RelateForm(WorkForm):
    prefix = "relate"
    number = forms.CharField(
        label=_("Number of the related request"),
        max_length=16,
        error_messages={"required": _("Enter the number of a request")},
    )

    def __init__(self, data: Any = None, *, ticket: Ticket, user: User) -> None:
        super().__init__(data, ticket=ticket, user=user)
        self.ticket = ticket

    def clean_number(self) -> Ticket:
        number = self.cleaned_data["number"].strip().upper()
        seen = Ticket.objects.submitted().visible_to(self.user).exclude(pk=self.ticket.pk)
        found = seen.filter(number=number).first()
        if found is None:
            raise ValidationError(_("There is no other request with this number"))
        return found


class MergeForm(WorkForm):
    prefix = "merge"
    into = NumberedChoice(
        label=_("Go on in"),
        queryset=Ticket.objects.none(),
        help_text=_("This one ends as a duplicate; the other shows both. It cannot be undone."),
        error_messages={"required": _("Choose the request in which it goes on")},
    )

    def __init__(
        self, data: Any = None, *, ticket: Ticket, user: User, found: Found | None = None
    ) -> None:
        super().__init__(data, ticket=ticket, user=user)
        field: Any = self.fields["into"]
        if found is None:
            field.queryset = others(ticket, user)
            shown = list(field.queryset[:MERGEABLE])
            showing.prepare(shown)
        else:
            shown = found["mergeable"]
        self.has_choices = bool(shown)
        field.choices = [("", field.empty_label)] + [
            (row.pk, field.label_from_instance(row)) for row in shown
        ]


def others(ticket: Ticket, user: User) -> QuerySet[Ticket]:
    """Return the open requests of the same center into which this one could be merged, the newest
    first; the form offers the first MERGEABLE of them."""
    seen = Ticket.objects.open().visible_to(user).filter(center=ticket.center_id)
    return seen.exclude(pk=ticket.pk).order_by("-submitted_at")


class WatchForm(WorkForm):
    """Nobody chosen means oneself."""

    prefix = "watch"
    person = PersonChoice(
        label=_("Let a colleague watch"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Choose a colleague"),
    )
    stop = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, ticket: Ticket, user: User, found: Found | None = None
    ) -> None:
        super().__init__(data, ticket=ticket, user=user)
        field: Any = self.fields["person"]
        if found is None:
            field.queryset = watching.candidates(ticket)
        else:
            people = [(row.pk, field.label_from_instance(row)) for row in found["colleagues"]]
            field.choices = [("", field.empty_label), *people]


class SplitForm(WorkForm):
    prefix = "split"
    key = forms.UUIDField(widget=forms.HiddenInput)
    subject = ScreenedCharField(
        label=_("Subject of the second request"),
        max_length=140,
        error_messages={"required": _("Enter a subject")},
    )
    question = ScreenedCharField(
        label=_("Its question"),
        help_text=_("Only what belongs to the second question. The first stays as it is."),
        error_messages={"required": _("Enter the question")},
        **TEXT,
    )
    type = forms.ChoiceField(label=_("Type"), choices=RequestType.choices)
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=TOPICS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic")},
    )

    def __init__(self, data: Any = None, *, ticket: Ticket, user: User) -> None:
        super().__init__(data, ticket=ticket, user=user)
        self.initial.update(
            question=showing.without_hidden(ticket, "question"),
            type=ticket.type,
            topics=list(ticket.topics.names()),
        )

    def second(self) -> Second:
        values = self.cleaned_data
        return Second(values["subject"], values["question"], values["type"], values["topics"])
