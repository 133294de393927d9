"""Forms of joining."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm

from portal.people.models import Center, Discipline


class JoinForm(SetPasswordForm):  # type: ignore[type-arg]
    """The password of a new account, typed twice; the rest is known from the invitation."""


class InviteForm(forms.Form):
    """A coordinator invites a person to the team of one of the own centers."""

    email = forms.EmailField(label="Work e-mail")
    first_name = forms.CharField(label="First name", max_length=80)
    last_name = forms.CharField(label="Last name", max_length=80)
    discipline = forms.ModelChoiceField(label="Discipline", queryset=Discipline.objects.all())
    center = forms.ModelChoiceField(label="Center", queryset=Center.objects.none())
