"""What learners send."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from training.answers import Chosen


class KeyForm(forms.Form):
    """The key that makes a retry harmless; a fresh one stands in each page that is served."""

    key = forms.UUIDField()


def key_of(data: QueryDict) -> UUID:
    """Return the key that came with a form; one that is no key counts as a new event."""
    form = KeyForm(data)
    return form.cleaned_data["key"] if form.is_valid() else uuid4()


def chosen_in(data: QueryDict, question_ids: Iterable[int]) -> Chosen:
    """Return what was chosen, question by question; the fields of question 7 are all `q7`."""
    return {pk: [v.strip() for v in data.getlist(f"q{pk}") if v.strip()] for pk in question_ids}
