"""The form of an initiative in the admin, and the small one of an update."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from portal.core.privacy.forms import ScreenedCharField
from portal.people.models import User
from resources.keyed_forms import KeyedForm


class InitiativeForm(WagtailAdminModelForm):
    """The owner is somebody of the staff or a coordinator; what is typed is screened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "owner" in self.fields:
            owner = Q(pk=self.instance.owner_id)
            staff = Q(grants__isnull=False) | Q(assignments__isnull=False)
            people = User.objects.filter(owner | (Q(is_active=True) & staff)).distinct()
            self.fields["owner"].queryset = people.order_by("last_name", "first_name")


class UpdateForm(KeyedForm):
    text = ScreenedCharField(
        label=gettext_lazy("Write an update"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what is new")},
    )
