"""Asking pathways of people, and of whoever fits."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.row_choice import RowChoice, RowsChoice
from portal.people import roles, scope
from portal.people.forms import RosterFilterForm
from portal.people.models import Center, Discipline, User
from training import assignments, team
from training.models import Assignment, AssignmentPlan, PathwayPage
from training.models.assignment import ASKED_OF

FARTHEST = timedelta(days=730)
SHOWN = 200  # people to tick on one page


class DueForm(forms.Form):
    """A day from today to two years on, in America/New_York."""

    due_on = forms.DateField(
        label=gettext_lazy("To be done by"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if not today <= day <= today + FARTHEST:
            raise forms.ValidationError(_("Choose a day from today to two years from now."))
        return day


class PathwayChoice(RowChoice):
    """Pathways that the person may see."""

    def __init__(self, **kwargs: Any) -> None:
        none = PathwayPage.objects.none()
        super().__init__(queryset=none, empty_label=gettext_lazy("Choose"), **kwargs)


class AssignForm(DueForm):
    """A pathway, the people, and the day."""

    pathway = PathwayChoice(label=gettext_lazy("Pathway"))
    people = RowsChoice(
        label=gettext_lazy("People"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("pathway", "people", "due_on")

    def __init__(self, *args: Any, by: User, chosen: list[str], **kwargs: Any) -> None:
        """`chosen` are the people to show, as numbers that came with the request."""
        super().__init__(*args, **kwargs)
        self.fields["pathway"].queryset = PathwayPage.objects.visible_to(by)  # type: ignore[attr-defined]
        roster = team.roster(by).filter(is_active=True)
        self.fields["people"].queryset = roster  # type: ignore[attr-defined]
        known = [int(pk) for pk in chosen if pk.isdecimal() and len(pk) < 18]
        shown = roster.filter(pk__in=known) if known else roster
        self.more = max(shown.count() - SHOWN, 0)
        self.fields["people"].choices = [(p.pk, _words(p)) for p in shown[:SHOWN]]  # type: ignore[attr-defined]
        self.initial.setdefault("people", known)

    def clean_pathway(self) -> PathwayPage:
        pathway: PathwayPage = self.cleaned_data["pathway"]
        if not assignments.on_offer(pathway):
            raise forms.ValidationError(_("No module of this pathway can be taken yet."))
        return pathway


def _words(person: User) -> str:
    return f"{person.name}, {person.discipline}" if person.discipline else person.name


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """A standing plan: for a discipline, a role or everybody, once or anew."""

    pathway = PathwayChoice(label=gettext_lazy("Pathway"))
    center = RowChoice(label=gettext_lazy("Center"), queryset=Center.objects.none())
    discipline = RowChoice(
        label=gettext_lazy("Discipline"),
        queryset=Discipline.objects.all(),
        required=False,
        empty_label=gettext_lazy("Every discipline"),
    )

    class Meta:
        model = AssignmentPlan
        fields = (
            "pathway",
            "center",
            "discipline",
            "role",
            "days",
            "again_months",
            "window_days",
        )
        labels = {
            "role": gettext_lazy("Role"),
            "days": gettext_lazy("Days to complete it"),
            "again_months": gettext_lazy("Ask anew after so many months"),
            "window_days": gettext_lazy("Days before, from which it can be taken anew"),
        }
        help_texts = {
            "days": gettext_lazy("From the day on which the plan first meets a person."),
            "again_months": gettext_lazy("Leave empty to ask once. From 6 to 60."),
            "window_days": gettext_lazy(
                "Whoever completes it within these days keeps the day of the year."
            ),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_manager = roles.is_manager(by)
        self.fields["pathway"].queryset = PathwayPage.objects.visible_to(by)  # type: ignore[attr-defined]
        center: Any = self.fields["center"]
        center.queryset, center.required = scope.centers(by), not is_manager
        center.empty_label = _("Statewide") if is_manager else _("Choose")
        role: Any = self.fields["role"]
        role.choices = [("", _("Everybody")), *((r.value, r.label) for r in ASKED_OF)]
        for name, widget in (("days", 4), ("again_months", 3), ("window_days", 4)):
            self.fields[name].widget.attrs["max"] = 10**widget - 1

    def clean_pathway(self) -> PathwayPage:
        pathway: PathwayPage = self.cleaned_data["pathway"]
        if not assignments.on_offer(pathway):
            raise forms.ValidationError(_("No module of this pathway can be taken yet."))
        return pathway

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        same = AssignmentPlan.objects.open().filter(
            pathway=cleaned.get("pathway"),
            center=cleaned.get("center"),
            discipline=cleaned.get("discipline"),
            role=cleaned.get("role", ""),
        )
        if cleaned.get("pathway") and same.exists():
            raise forms.ValidationError(_("There is a plan for the same people already."))
        return cleaned

    def validate_constraints(self) -> None:
        """The one constraint is the check above; its own words would name columns."""


class WaiveForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=Assignment.Waiver.choices,
        widget=forms.RadioSelect,
    )


class AssignmentFilterForm(RosterFilterForm):
    """Whose assignments, and in which state."""

    STATES = (
        ("", gettext_lazy("Open")),
        ("overdue", gettext_lazy("Past the day")),
        ("complete", gettext_lazy("Complete")),
        ("waived", gettext_lazy("Waived")),
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES, required=False)

    def narrow(self, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
        """Keep the rows of the state; open ones where none, or no known one, is chosen."""
        state = self.cleaned_data.get("state", "")
        if state == "overdue":
            return rows.filter(pk__in=Assignment.objects.overdue().values("pk"))
        if state == "complete":
            return rows.exclude(completed_on=None)
        if state == "waived":
            return rows.exclude(waived_on=None)
        return rows.filter(pk__in=Assignment.objects.open().values("pk"))
