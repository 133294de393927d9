"""Forms about mail: what one chooses, and letting mail go to an address again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.people.mailing import choices
from portal.people.models import MailChoice, MailSuppression, User


class ChoicesForm(forms.Form):
    """One choice for each class of mail that can reach the person."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = choices.every(user)
        for mail_class in choices.reaching(user):
            self.fields[mail_class.key] = forms.ChoiceField(
                label=mail_class.label,
                help_text=mail_class.note,
                choices=MailChoice.Choice.choices,
                widget=forms.RadioSelect,
                initial=now[mail_class.key],
                error_messages={"invalid_choice": _("Choose one of the three.")},
            )


class ResumeForm(forms.Form):
    """Why mail goes to an address again."""

    how = forms.ChoiceField(choices=MailSuppression.Lifted.choices)
