"""The form that makes and changes a live session."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import row_choice
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.people import roles, scope
from portal.people.models import Center, Role, RoleGrant, User
from training.models import LiveSession, ModulePage
from training.models.session import LONGEST
from training.sessions import Facts


class ModuleChoice(forms.ModelChoiceField[ModulePage]):
    def to_python(self, value: Any) -> ModulePage | None:
        """A page's key is a link to its parent row, and a number too large for it is an error of
        the database, where any other table would simply find nothing.
        """
        if value not in self.empty_values and len(str(value)) > row_choice.LONGEST:
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return super().to_python(value)

    def label_from_instance(self, obj: ModulePage) -> str:
        return f"{obj.code} {obj.title}"


class SessionForm(ScreenedForm):
    """Day and hour are typed as America/New_York. Trainers lead their sessions themselves."""

    title = ScreenedCharField(label=_("Title"), max_length=120)
    summary = ScreenedCharField(
        label=_("What it is about"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences. Nothing about a child or a case."),
    )
    module = ModuleChoice(
        label=_("Module it goes with"),
        queryset=ModulePage.objects.none(),
        required=False,
        empty_label=_("No module"),
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    hour = forms.TimeField(
        label=_("Start"),
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        help_text=_("Eastern time"),
    )
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=LONGEST)
    mode = forms.ChoiceField(
        label=_("How it is held"), choices=LiveSession.Mode.choices, widget=forms.RadioSelect
    )
    place = ScreenedCharField(
        label=_("Place"),
        required=False,
        max_length=160,
        help_text=_(
            "The building and the room, without a street address: the portal stores none. Leave it "
            "empty when the session is online only; you send the link yourself."
        ),
    )
    center = forms.ModelChoiceField(
        label=_("Who it is for"),
        queryset=Center.objects.none(),
        required=False,
        empty_label=_("Everyone in the state"),
    )
    trainer = forms.ModelChoiceField(label=_("Trainer"), queryset=User.objects.none())
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=5000,
        help_text=_("Leave it empty when there is no limit."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: dict[str, Any] = self.fields
        fields["module"].queryset = ModulePage.objects.visible_to(user).order_by("code")
        if roles.is_manager(user):
            fields["trainer"].queryset = _trainers(user)
            fields["center"].queryset = Center.objects.all()
        else:
            del fields["trainer"]
            own = scope.own_centers(user) | scope.centers(user)
            fields["center"].queryset = own.distinct()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_start(cleaned)
        needs_place = cleaned.get("mode") in (LiveSession.Mode.IN_PERSON, LiveSession.Mode.HYBRID)
        if needs_place and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("Say where people come together, or choose Online."))
        return cleaned

    def _check_start(self, cleaned: dict[str, Any]) -> None:
        if not (cleaned.get("day") and cleaned.get("hour")):
            return
        try:
            start = from_current_timezone(datetime.combine(cleaned["day"], cleaned["hour"]))
        except forms.ValidationError:
            self.add_error("hour", _("The clocks change in that hour. Choose another one."))
            return
        cleaned["starts_at"] = start
        if start <= timezone.now():
            self.add_error("day", _("Choose a day and an hour that are still to come."))

    def refuse_places(self, taken: int) -> None:
        """Say that the places typed are fewer than those taken."""
        words = _("%(taken)d people are registered already. Give at least as many places.")
        self.add_error("capacity", words % {"taken": taken})

    @property
    def facts(self) -> Facts:
        kept = {name: self.cleaned_data.get(name) for name in Facts.__dataclass_fields__}
        kept["trainer"] = kept["trainer"] or self.user
        if kept["mode"] == LiveSession.Mode.VIRTUAL:
            kept["place"] = ""
        return Facts(**kept)  # type: ignore[arg-type]


def initial(session: LiveSession) -> dict[str, Any]:
    """Return what the form shows of a session."""
    start = timezone.localtime(session.starts_at)
    kept = {name: getattr(session, name) for name in Facts.__dataclass_fields__}
    return {**kept, "day": start.date(), "hour": start.time()}


def _trainers(user: User) -> QuerySet[User]:
    """Return who can lead a session: the trainers of today, and the manager who asks."""
    today = RoleGrant.objects.active().filter(role=Role.TRAINER).values("user_id")
    people = User.objects.get_queryset()
    trainers = people.filter(pk__in=today, is_active=True) | people.filter(pk=user.pk)
    return trainers.distinct()
