"""Screened form fields: what is found comes back in the page, with its choices."""

import html
import re
from typing import Any

import pytest
from django.template.loader import render_to_string

from portal.core.models import ScreenOverride
from portal.core.privacy import allowed, forms, settling

pytestmark = pytest.mark.django_db

BIRTH = "Her date of birth is 04/12/2011, what now?"
NUMBERED = "The folder marked 26-3318-OF is with us."
NAMED = "Ask Marisol Teixeira about the room."
COLLEAGUE = "This is a colleague"
AUTHOR = "An author, cited"


class Form(forms.ScreenedForm):
    text = forms.ScreenedCharField(label="Your text")


def page_of(form: Form) -> str:
    return render_to_string("core/screened_text.html", {"form": form})


def chosen(form: Form, label: str, at: int = 0) -> dict[str, str]:
    """What a person sends who picks the choice with this label, as the page offers it."""
    radios = re.findall(
        r'<input type="radio"[^>]*name="([^"]*)" value="([^"]*)"><label[^>]*>([^<]*)</label>',
        page_of(form),
    )
    name, value, _label = [radio for radio in radios if html.unescape(radio[2]) == label][at]
    return {name: html.unescape(value)}


def test_clean_text_passes() -> None:
    form = Form({"text": "How do others open a meeting?"})
    assert form.is_valid()
    assert form.not_saved == ""
    assert form.overrides == 0


def test_a_blocking_finding_is_listed_marked_and_counted() -> None:
    form = Form({"text": BIRTH})
    assert not form.is_valid()
    assert form.not_saved == "Not saved: 1 thing to settle"
    assert [found.span.text for found in form.marked[0].found] == ["04/12/2011"]
    assert "04/12/2011" in str(form.errors["text"])


def test_what_stands_twice_is_counted_twice_and_asked_once() -> None:
    form = Form({"text": f"{BIRTH} Again, date of birth 04/12/2011."})
    assert form.not_saved == "Not saved: 2 things to settle"
    assert len(form.marked[0].found) == 1
    assert "(2 times)" in page_of(form)


def test_a_blocking_finding_offers_no_reason_and_takes_none() -> None:
    form = Form({"text": BIRTH})
    assert COLLEAGUE not in page_of(form)
    for reason in settling.REASONS:
        seal = settling.seal(reason, name="text", said="04/12/2011", times=1)
        assert not Form({"text": BIRTH, "settle-text-1": f"{reason}|{seal}"}).is_valid()


def test_what_is_replaced_leaves_no_trace_in_the_cleaned_text() -> None:
    form = Form({"text": BIRTH, **chosen(Form({"text": BIRTH}), "Replace with “[removed]”")})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == "Her date of birth is [removed], what now?"


@pytest.mark.parametrize("stand_in", ["young person", "caregiver", "colleague", "removed"])
def test_a_name_is_replaced_by_what_the_writer_chooses(stand_in: str) -> None:
    choice = chosen(Form({"text": NAMED}), f"Replace with “[{stand_in}]”")
    form = Form({"text": NAMED, **choice})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == f"Ask [{stand_in}] about the room."
    assert form.overrides == 0


@pytest.mark.django_db
@pytest.mark.parametrize("reason", [r for r in settling.REASONS if r != settling.OF_NOBODY])
def test_a_warning_stops_until_it_is_settled_and_is_counted_without_the_text(reason: str) -> None:
    asked = Form({"text": NAMED})
    assert not asked.is_valid()
    form = Form({"text": NAMED, **chosen(asked, str(settling.REASONS[reason]))})
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["text"], form.overrides) == (NAMED, 1)
    row = ScreenOverride.objects.get()
    assert (row.form, row.field, row.kind, row.reason) == ("Form", "text", "name", reason)
    assert row.times == 1
    assert "Marisol" not in str(ScreenOverride.objects.values())


@pytest.mark.django_db
@pytest.mark.parametrize("reason", settling.NUMBER_REASONS)
def test_a_number_of_no_known_kind_is_asked_about_and_may_stay(reason: str) -> None:
    asked = Form({"text": NUMBERED})
    assert asked.not_saved == "Not saved: 1 thing to settle"
    assert "perhaps a case or record number" in page_of(asked)
    assert COLLEAGUE not in page_of(asked)
    form = Form({"text": NUMBERED, **chosen(asked, str(settling.REASONS[reason]))})
    assert form.is_valid(), form.errors
    row = ScreenOverride.objects.get()
    assert (row.kind, row.reason, row.times) == ("case_number", reason, 1)
    assert "3318" not in str(ScreenOverride.objects.values())


def test_a_number_is_only_ever_removed() -> None:
    choice = chosen(Form({"text": NUMBERED}), "Replace with “[removed]”")
    form = Form({"text": NUMBERED, **choice})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == "The folder marked [removed] is with us."
    name, value = next(iter(choice.items()))
    form = Form({"text": NUMBERED, name: value.replace("removed|", "young_person|")})
    assert form.is_valid()
    assert "[removed]" in form.cleaned_data["text"]


@pytest.mark.django_db
def test_the_same_reason_on_the_same_day_adds_to_one_row() -> None:
    choice = chosen(Form({"text": NAMED}), AUTHOR)
    for _time in range(3):
        assert Form({"text": NAMED, **choice}).is_valid()
    assert ScreenOverride.objects.get().times == 3


@pytest.mark.parametrize(
    "text",
    [
        "Ask Marisol Teixeiro about the room.",
        f"{NAMED} She said no. {NAMED}",
        f"{NAMED} Keyshawn said no.",
    ],
)
def test_a_reason_holds_for_just_what_it_was_given_for(text: str) -> None:
    choice = chosen(Form({"text": NAMED}), COLLEAGUE)
    assert not Form({"text": text, **choice}).is_valid()


@pytest.mark.parametrize(
    "value", ["colleague|Marisol Teixeira", "colleague|", "no-such-reason|x", "", "|", "colleague"]
)
def test_a_reason_that_was_not_offered_settles_nothing(value: str) -> None:
    form = Form({"text": NAMED, "settle-text-1": value})
    assert not form.is_valid()
    assert form.not_saved


def test_a_reason_for_one_field_settles_no_other() -> None:
    class Two(forms.ScreenedForm):
        text = forms.ScreenedCharField()
        note = forms.ScreenedCharField()

    (_name, value), *_more = chosen(Form({"text": NAMED}), COLLEAGUE).items()
    form = Two({"text": NAMED, "note": NAMED, "settle-text-1": value, "settle-note-1": value})
    assert set(form.errors) == {"note"}


@pytest.mark.django_db
def test_what_was_settled_is_carried_through_a_page_that_comes_back() -> None:
    both = f"{NAMED} Ask Keyshawn Baptiste too."
    first = Form({"text": both, **chosen(Form({"text": both}), COLLEAGUE)})
    assert first.not_saved == "Not saved: 1 thing to settle"
    carried = dict(first.settled)
    second = Form({"text": both, **carried, **chosen(first, COLLEAGUE)})
    assert second.is_valid(), second.errors
    assert second.overrides == 2


def test_what_is_kept_carries_no_text() -> None:
    form = Form({"text": f"{NAMED} {BIRTH}", **chosen(Form({"text": NAMED}), COLLEAGUE)})
    assert form.settled
    assert "Marisol" not in str(form.settled)


def test_the_page_lists_each_finding_for_those_who_do_not_see_the_marks() -> None:
    page = page_of(Form({"text": f"{NAMED} {BIRTH}"}))
    assert page.count("<fieldset") == page.count("<legend>") == 2
    assert '<span class="usa-sr-only"> (a name or initials)</span></mark>' in page
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label for="([^"]*)"', page)) <= set(ids)


def test_the_partial_escapes_what_was_typed() -> None:
    page = page_of(Form({"text": f"<b>bold</b> {BIRTH}"}))
    assert "<b>bold" not in page
    assert "<mark>04/12/2011<" in page


def test_so_many_findings_are_asked_about_by_turns() -> None:
    text = " ".join(f"DOB 04/{day:02}/20{year}." for day in range(1, 29) for year in (10, 11))
    form = Form({"text": text})
    assert form.not_saved == "Not saved: 56 things to settle"
    assert len(form.marked[0].found) == forms.ASKED_AT_ONCE
    assert "16 more are asked about after these." in page_of(form)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Full names that some app registered."""
    names: list[str] = []
    monkeypatch.setattr(allowed, "_sources", [lambda: names])
    return names


def test_a_registered_full_name_passes_and_a_first_name_never(known: list[str]) -> None:
    known += ["Marisol Teixeira", "Keyshawn"]
    allowed.forget()
    assert Form({"text": NAMED}).is_valid()
    assert not Form({"text": "Ask Marisol about the room."}).is_valid()
    assert not Form({"text": "Ask Keyshawn about the room."}).is_valid()


def test_registered_names_are_read_at_most_once_a_minute(known: list[str]) -> None:
    known += ["Marisol Teixeira"]
    allowed.forget()
    assert Form({"text": NAMED}).is_valid()
    known.clear()
    assert Form({"text": NAMED}).is_valid()
    allowed.forget()
    assert not Form({"text": NAMED}).is_valid()


def test_reading_the_names_again_gives_the_same_object_until_one_changes(
    known: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the screen makes of them is remembered by the object."""
    monkeypatch.setattr(allowed, "SECONDS", -1)
    known += ["Marisol Teixeira"]
    first = allowed.names()
    assert allowed.names() is first
    known += ["Another Person"]
    assert allowed.names() == first | {"another person"}


@pytest.mark.django_db
def test_everybody_with_an_account_is_known_by_full_name(world: Any) -> None:
    person = world.member
    person.first_name, person.last_name = "Marisol", "Teixeira"
    person.save()
    allowed.forget()
    assert Form({"text": NAMED}).is_valid()
    assert not Form({"text": "Ask Marisol about the room."}).is_valid()
