"""Choosing rows by their number, whatever was sent: one too large for the database is no choice."""

from typing import Any

from django import forms

LONGEST = 18  # digits that a row's number can have


class RowsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Django's own asks the database for `pk IN (...)`, which SQLite refuses for such numbers."""

    def clean(self, value: Any) -> Any:
        for each in value if isinstance(value, list | tuple) else []:
            if len(str(each)) > LONGEST:
                message = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(message, "invalid_pk_value", {"pk": "?"})
        return super().clean(value)
