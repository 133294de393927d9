"""Which part of a team's matrix to show: its centers and disciplines are read in one query."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import F, IntegerField, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.prepared import prepared
from portal.people import scope
from portal.people.forms import RosterFilterForm
from portal.people.models import Center, Discipline, User
from training.models import RequirementRule

Choices = list[tuple[Any, Any]]


class TeamFilterForm(RosterFilterForm):
    """The roster's own filters."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        found = _places(by)
        for name in ("center", "discipline"):
            choices = sorted((place, label, pk) for of, pk, label, place in found if of == name)
            self._offer(name, ((pk, label) for _place, label, pk in choices))

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Say the choices; what comes back is looked up by the field as ever."""
        every: Choices = [("", _("All")), *choices]
        self.fields[name].choices = every  # type: ignore[attr-defined]


class RequirementFilterForm(TeamFilterForm):
    """Whose requirements, and only those who fall short before a day."""

    before = forms.DateField(
        label=_("Who lapses before"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    lapsing = forms.BooleanField(
        label=_("Only who meets it today"),
        required=False,
        help_text=_("Together with a day: those whose hours lapse before it."),
    )

    def __init__(
        self, *args: Any, by: User, rules: Iterable[RequirementRule], **kwargs: Any
    ) -> None:
        super().__init__(*args, by=by, **kwargs)
        of_today = RequirementRule.objects.in_effect(timezone.localdate())
        self.fields["rule"] = forms.ModelChoiceField(
            label=_("Requirement"),
            queryset=of_today.filter(is_licence=False),
            required=False,
            empty_label=_("All"),
        )
        self._offer("rule", ((rule.pk, rule.name) for rule in rules))


def _places(by: User) -> list[tuple[str, int, str, int]]:
    """Return the centers that a person answers for and the disciplines, each with its place."""
    if scope.is_statewide(by):
        return _of_centers(None, None)
    return _of_centers(by.pk, timezone.localdate())


@prepared
def _of_centers(by: int | None, today: date | None) -> QuerySet[Any, tuple[str, int, str, int]]:
    """Return those of the centers that somebody coordinates; where nobody is named, of all."""
    centers = Center.objects.order_by()
    if by is not None:
        centers = centers.filter(pk__in=scope.center_ids(by, today))
    disciplines = Discipline.objects.order_by()
    place = Value(0, output_field=IntegerField())
    rows = centers.annotate(of=Value("center"), place=place).values_list(
        "of", "pk", "name", "place"
    )
    others = disciplines.annotate(of=Value("discipline"), place=F("order"))
    return rows.union(others.values_list("of", "pk", "name", "place"), all=True)
