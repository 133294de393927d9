"""Look-alikes are read as what they look like, and offsets stay those of the text typed."""

import pytest

from portal.core.privacy import screen
from portal.core.privacy.plain import normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("５０８", "508"),
        ("٥٠٨", "508"),
        ("a\u00a0b\u2009c\u202fd", "a b c d"),  # no-break and thin spaces
        ("1\u20132\u20143\u20114\u22125", "1-2-3-4-5"),
        ("é ñ ＠", "e n @"),
        ("508·555•0142", "508.555.0142"),
    ],
)
def test_look_alikes_are_read_alike_at_the_same_length(typed: str, read: str) -> None:
    plain = normalise(typed)
    assert plain.text == read
    assert len(plain.text) == len(typed)


@pytest.mark.parametrize("typed", ["m² ½ ①", "ﬁ …", "日本語 привет"])
def test_what_has_no_single_plain_sign_stays(typed: str) -> None:
    assert normalise(typed).text == typed


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060", "\u0301"])
def test_unseen_characters_neither_hide_a_number_nor_shift_it(unseen: str) -> None:
    text = f"{unseen}mail {unseen}000-1{unseen}2-34{unseen}56 end"
    (finding,) = screen(text)
    assert text[finding.start : finding.end] == f"000-1{unseen}2-34{unseen}56"


def test_letters_outside_the_first_plane_count_as_one() -> None:
    text = "😀😀 DOB 04/12/2010 😀"
    (finding,) = screen(text)
    assert text[finding.start : finding.end] == "04/12/2010"


@pytest.mark.parametrize("text", ["naci\u00f3 el 12/04/2010", "nacio\u0301 el 12/04/2010"])
def test_an_accent_may_be_written_in_two_ways(text: str) -> None:
    (finding,) = screen(text)
    assert text[finding.start : finding.end] == "12/04/2010"
