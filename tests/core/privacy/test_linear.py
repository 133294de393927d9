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
    "Dr. ", "A-", "Will May ", "client M. ", "ends in 4471 ", "ages out of ", "Ana, 1/1/10 | ",
    "calle a ", "Main and Elm ", "room 1 ", "car 1ABC23 ", "imei 1", "aa:", "a_b ", "a.b.",
    "six one ", "Big Steph ", "A A by Ana ", "tashas ", "Vang, Pa ", "lives at ", "$a",
    "plate 4K ", "4K? ", "..R ", "K4 in ", "case # ", "last four of the ", "ABC 123 ", "HR-24-",
    "twenty ", "16 on ", "617,", "12 Mt. ", "88 grattan ", "Cottage & ", "motel, ", "42.63, ",
    "kay_1.", "fb as A ", "mac 00 ", "a1", "one dash ", "0 ", "0 - ", "O1/", "six17", "he's a1b2 ",
    "xX", "_a", "a__", "motel ", "3rd floor ", "x,1", "x/12345", "x=1", "x:1", "apt over the ",
    " . ",
    "big underscore ", "?\na", "1,234", "508,", "GAUTAM, ", "HER NIECE ", "im mia ", "Oak Apts ",
    "Name,\n", "name,a\n", "Name,", "Lo: a\n", "9:42 Lo: ", "ssn it's 1234 ", "a-\n",
    "x" * 44 + "\n",
    "12 Elm St #1 ", "van ends in 4K ", "cash app is a-", "@a on venmo ", "placa de ", "dosye la ",
    "a.b_c ", "12:30 a_b > ", "\n1:1 ", "  a_b  ", "known online as ", "goes by a_b ", "serial A1 ",
    "she 1/20", "she is turning 1", "partial on a a a ", "  4K.. ", "CHILD AA BB ", "AAA B. ",
    "FROM AAAA ", "nickname: A", "AB | 1/1/10\n", "aka A, ", "tattoo 'A ",
    "expediente 1 ", "calls him A", "if Dre ", "love u Nae ", "iPhone-of-", "behind the Shell on ",
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
