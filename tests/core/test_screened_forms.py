"""Screened form fields: what is found comes back in the page, with its choices."""

import pytest
from django.template.loader import render_to_string

from portal.core.privacy import Finding, forms

BIRTH = "Her date of birth is 04/12/2011, what now?"


class Form(forms.ScreenedForm):
    text = forms.ScreenedCharField(label="Your text")


@pytest.fixture
def names_warn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second tier: the name in these tests warns, and nothing blocks."""

    def screen(text: str, *, allow: frozenset[str]) -> list[Finding]:
        start = text.find("Jo Doe")
        return [] if start < 0 else [Finding(start, start + 6, "ssn", "warn")]

    monkeypatch.setattr(forms, "screen", screen)


def test_clean_text_passes() -> None:
    form = Form({"text": "How do others open a meeting?"})
    assert form.is_valid()
    assert form.not_saved == ""
    assert form.overrides == 0


def test_a_blocking_finding_is_listed_marked_and_counted() -> None:
    form = Form({"text": BIRTH})
    assert not form.is_valid()
    assert form.not_saved == "Not saved: 1 thing to settle"
    assert [span.text for span in form.marked[0].found] == ["04/12/2011"]
    assert "04/12/2011" in str(form.errors["text"])


def test_what_stands_twice_is_counted_twice_and_asked_once() -> None:
    form = Form({"text": f"{BIRTH} Again, date of birth 04/12/2011."})
    assert form.not_saved == "Not saved: 2 things to settle"
    assert len(form.marked[0].found) == 1


def test_a_blocking_finding_cannot_be_waved_through() -> None:
    form = Form({"text": BIRTH, "settle-text-0": "colleague|04/12/2011"})
    assert not form.is_valid()


def test_what_is_replaced_leaves_no_trace_in_the_cleaned_text() -> None:
    form = Form({"text": BIRTH, "settle-text-0": "replace|04/12/2011"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == "Her date of birth is [detail left out], what now?"


@pytest.mark.usefixtures("names_warn")
def test_a_warning_stops_until_it_is_settled_and_is_counted() -> None:
    text = "Ask Jo Doe about the room."
    assert not Form({"text": text}).is_valid()
    settled = Form({"text": text, "settle-text-0": "colleague|Jo Doe"})
    assert settled.is_valid()
    assert settled.overrides == 1
    assert not Form({"text": text, "settle-text-0": "no-such-reason|Jo Doe"}).is_valid()


@pytest.mark.usefixtures("names_warn")
def test_what_was_settled_is_carried_through_a_page_that_comes_back() -> None:
    form = Form({"text": "Ask Jo Doe.", "settle-text-0": "colleague|Jo Doe"})
    page = render_to_string("core/screened_text.html", {"form": form})
    assert 'value="colleague|Jo Doe"' in page


def test_the_partial_escapes_what_was_typed() -> None:
    form = Form({"text": f"<b>bold</b> {BIRTH}"})
    page = render_to_string("core/screened_text.html", {"form": form})
    assert "<b>bold" not in page
    assert "<mark>04/12/2011</mark>" in page
