"""What is dictated, spelled out or misread is read as it would have been typed, and asked about."""

import pytest

from portal.core.privacy import screen
from portal.core.privacy.plain import normalise
from portal.core.privacy.spoken import read_again


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("big underscore zay underscore 508", "big_zay_508"),
        ("kay dot kay dot oh four", "kay.kay.04"),
        ("seven74-555-zero188", "774-555-0188"),
        ("zero two eight dash sixty six dash nineteen forty seven", "028-66-1947"),
        ("six one seven, five five five, oh one three six", "6175550136"),
        ("617 555 oh one thirty six", "617 555 0136"),
        ("double five five five oh one", "555501"),
        ("two oh three dot zero dot one thirteen dot seven", "203.0.113.7"),
        ("0 2 8 - 6 6 - 1 9 4 7", "028-66-1947"),
        ("(6 1 7) 5 5 5 - 0 1 3 6", "(617)555-0136"),
        ("O5/16/2O1O", "05/16/2010"),
        ("6l7-555-0l36", "617-555-0136"),
        ("203 . 0 . 113 . 7", "203.0.113.7"),
        ("dollar sign kaykay", "$kaykay"),
    ],
)
def test_it_is_read_as_it_would_have_been_typed(said: str, typed: str) -> None:
    again = read_again(normalise(said))
    assert again is not None
    assert again.plain.text == typed + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "one two three testing",
        "one to three sessions, two or three times",
        "1 2 3 4 5 6 7 8",
        "seventh grade, twenty students and one teacher",
        "Section 3.2, 4-5 pm",
        "section 51A and 51B",
        "the OLO 12 office",
        "sixteen, seventeen and eighteen",
    ],
)
def test_ordinary_text_is_read_once(text: str) -> None:
    assert read_again(normalise(text)) is None


def test_what_is_found_stands_at_its_place_and_is_asked_about() -> None:
    text = "é text her at 617 555 oh one thirty six or by mail"
    (finding,) = screen(text)
    assert text[finding.start : finding.end] == "617 555 oh one thirty six"
    assert (finding.kind, finding.tier) == ("phone", "warn")


def test_only_what_was_rewritten_is_found_a_second_time() -> None:
    text = "DOB 04/12/2010, snap is big underscore zay underscore 508"
    found = [(text[one.start : one.end], one.tier) for one in screen(text)]
    assert found[0] == ("04/12/2010", "block")
    assert found[1:] == [("big underscore zay underscore 508", "warn")]
