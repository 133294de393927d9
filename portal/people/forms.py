"""Forms of joining and of the roster."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.validators import validate_screened
from portal.people import scope
from portal.people.models import Center, Discipline, User


class JoinForm(SetPasswordForm):  # type: ignore[type-arg]
    """The password of a new account, typed twice; the rest is known from the invitation."""


class InviteForm(forms.Form):
    """A coordinator invites a person to the team of one of the own centers; the manager to any."""

    email = forms.EmailField(label=_("Work e-mail"))
    first_name = forms.CharField(
        validators=[validate_screened], label=_("First name"), max_length=80
    )
    last_name = forms.CharField(validators=[validate_screened], label=_("Last name"), max_length=80)
    discipline = forms.ModelChoiceField(label=_("Discipline"), queryset=Discipline.objects.all())
    center = forms.ModelChoiceField(label=_("Center"), queryset=Center.objects.none())

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = scope.centers(by)
        self.fields["center"].queryset = own  # type: ignore[attr-defined]
        if len(own) == 1:
            self.initial.setdefault("center", own[0].pk)


class RosterFilterForm(forms.Form):
    """Which part of the roster to show; what is not understood filters nothing."""

    center = forms.ModelChoiceField(
        label=_("Center"), queryset=Center.objects.none(), required=False, empty_label=_("All")
    )
    discipline = forms.ModelChoiceField(
        label=_("Discipline"),
        queryset=Discipline.objects.all(),
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["center"].queryset = scope.centers(by)  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the filters that were understood, as arguments of `training.team.roster`."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) for name in ("center", "discipline")}
