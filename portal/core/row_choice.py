"""Choosing rows by their number, whatever was sent: one too large for the database is no choice."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model

LONGEST = 18  # digits that a row's number can have


class RowChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One row; Django's own passes such a number on to SQLite, which cannot take it."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": "?"}
            )
        return super().to_python(value)


class RowsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Django's own asks the database for `pk IN (...)`, which SQLite refuses for such numbers."""

    def clean(self, value: Any) -> Any:
        for each in value if isinstance(value, list | tuple) else []:
            if len(str(each)) > LONGEST:
                message = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(message, "invalid_pk_value", {"pk": "?"})
        return super().clean(value)


class KnownRowChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of a few rows that were read already (`offer` them): choosing asks for nothing more."""

    def offer(self, rows: Iterable[Model]) -> None:
        self.known = {str(row.pk): row for row in rows}
        labelled = [(row.pk, self.label_from_instance(row)) for row in self.known.values()]
        self.choices = [("", self.empty_label or ""), *labelled]

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if str(value) not in self.known:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice", {"value": "?"}
            )
        return self.known[str(value)]
