"""The form that decides what becomes of what was given up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.models import Effect, EffectQuerySet

AGAIN, ASIDE = "again", "aside"


class DecideForm(forms.Form):
    """One effect by its number, or all of a kind; to be set aside it takes a reason."""

    what = forms.ChoiceField(choices=[(AGAIN, _("Try again")), (ASIDE, _("Set aside"))])
    effect = forms.IntegerField(required=False, min_value=1)
    kind = forms.CharField(required=False, max_length=60)
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("", _("Choose")), *Effect.Aside.choices]
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if bool(said.get("effect")) == bool(said.get("kind")):
            raise forms.ValidationError(_("Say which, or which kind."))
        if said.get("what") == ASIDE and not said.get("reason"):
            self.add_error("reason", _("Choose why it is set aside."))
        return said

    def rows(self) -> EffectQuerySet:
        """Return what was meant; some of it may be decided by now."""
        said = self.cleaned_data
        if said["effect"]:
            return Effect.objects.dead().filter(pk=said["effect"])
        return Effect.objects.dead().filter(kind=said["kind"])
