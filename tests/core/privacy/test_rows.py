"""Rows without blanks: what is found alone is found between separators, and sums stay sums."""

import pytest

from portal.core.privacy import screen
from portal.core.privacy.plain import normalise
from portal.core.privacy.rows import set_apart
from tests.core.privacy.marked import EXAMPLES, Example
from tests.core.privacy.test_screen import TODAY

# What stands before and behind, for each separator; a slash within a date or a link is one of its
# own, so that only long numbers are tried with it.
ROWS = {
    "comma": ("Lynn,", ",Lowell"),
    "comma and figures": ("17,", ",42"),
    "semicolon": ("Lynn;", ";Lowell"),
    "pipe": ("Lynn|", "|Lowell"),
    "tab": ("Lynn\t", "\tLowell"),
    "quotes": ('"Lynn","', '","Lowell"'),
    "brackets": ("[Lynn][", "][Lowell]"),
    "parentheses": ("Lynn(", ")Lowell"),
    "angles": ("<td>", "</td>"),
    "equals": ("value=", ",Lowell"),
    "colon": ("value:", ";Lowell"),
    "lines": ("Lynn\n", "\nLowell"),
}


def is_found(text: str, start: int, end: int) -> bool:
    return any(
        one.start < end and start < one.end and one.kind != "name"
        for one in screen(text, today=TODAY)
    )


def alone(example: Example) -> list[str]:
    """The spans of an example that speak for themselves."""
    said = [example.text[start:end] for start, end in example.spans]
    return [span for span in said if is_found(span, 0, len(span))]


# "17,350 5th Ave" may be a sum: behind a figure and a comma these are not read.
PERHAPS_SUMS = {"350 5th Ave", "100 Martin Luther King Jr Blvd", "617 five five five 0136"}
ALONE = sorted({span for example in EXAMPLES for span in alone(example)})


@pytest.mark.parametrize("row", ROWS)
def test_what_is_found_alone_is_found_in_a_row(row: str) -> None:
    before, behind = ROWS[row]
    missed = [
        span
        for span in ALONE
        if not is_found(before + span + behind, len(before), len(before) + len(span))
    ]
    assert len(ALONE) > 150
    assert set(missed) <= (PERHAPS_SUMS if row == "comma and figures" else set())


@pytest.mark.parametrize("row", ROWS)
def test_an_example_is_found_with_a_separator_on_both_sides(row: str) -> None:
    before, behind = ROWS[row]
    missed = [
        example.text[start:end]
        for example in EXAMPLES
        for start, end in example.spans
        if not is_found(before + example.text + behind, len(before) + start, len(before) + end)
    ]
    assert set(missed) <= (PERHAPS_SUMS if row == "comma and figures" else set())


@pytest.mark.parametrize("number", ["1847203", "508-555-0164", "04-12-2010", "000-12-3456"])
def test_a_slash_sets_numbers_apart(number: str) -> None:
    assert is_found(f"KR/F/{number}/Lynn", 5, 5 + len(number))


@pytest.mark.parametrize(
    "text",
    [
        "$84,200.00 and 1,203,500",
        "2025/0044172",
        "4/12, 5/10 and/or 6/14",
        "https://example.org/a,b=1;c|d",
        "example.org/list/1234567/all",
        "a, b; c | d = e",
        "24/7, 1/2 and 3/4",
    ],
)
def test_sums_dates_and_links_stay_as_they_are(text: str) -> None:
    assert set_apart(normalise(text)).text == text


def test_offsets_are_those_of_the_text_typed() -> None:
    text = "Lynn,508-555-0164;kay@example.org|[04/12/2010]"
    found = [text[one.start : one.end] for one in screen(text, today=TODAY)]
    assert found == ["508-555-0164", "kay@example.org", "04/12/2010"]
