"""Hostile text ends: a pattern that backtracks without bound would hang here."""

import pytest

from portal.core.privacy import screen

SHORT, LONG = 20_000, 200_000
# What each repeats, and how many findings it may have per repetition.
HOSTILE = [
    "1", "1-", "1 ", "1:", "1.1.", "@", "a@", "a.", "a_", " ", "\n", "(508 ", "+1", "é", "1\u200b",
    "12 Main ", "12 a b c d ", "docket ", "docket 12345 ", "dob ", "DOB 1/1/10 ", "apr 12 ",
    "insta ", "insta a_1 ", "one ", "plate 123 ", "case number 1 ", "508-555-0142 ", "https://",
    "800-", "34 USC ", "a at b dot ", "Ana ", "J.D. ", "her mother Maria ", "de la ", "O'B", "aka ",
    "Dr. ", "A-", "Will May ", "client M. ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_ends_and_finds_in_proportion(piece: str) -> None:
    few = len(screen(piece * (SHORT // len(piece))))
    many = len(screen(piece * (LONG // len(piece))))
    assert abs(many - 10 * few) <= 20


@pytest.mark.parametrize("piece", HOSTILE)
def test_an_identifier_after_hostile_text_is_still_found(piece: str) -> None:
    text = piece * (SHORT // len(piece)) + "\nthen c.essex@example.org"
    assert screen(text)[-1].end == len(text)
