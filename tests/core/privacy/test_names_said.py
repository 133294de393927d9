"""Names in tables, chats and signatures, and by what is said around them; and what looks alike.

`texts/names/` has a phrasing in a line, what must be found between [[ and ]]. As with the other
phrasings the rules were widened by them.
"""

from pathlib import Path

import pytest

from portal.core.privacy import screen
from portal.core.privacy.plain import normalise
from portal.core.privacy.wrapped import unwrapped
from tests.core.privacy.marked import read

TEXTS = Path(__file__).parent / "texts" / "names"


def lines(name: str) -> list[str]:
    said = (TEXTS / name).read_text(encoding="utf-8").splitlines()
    return [line.replace(r"\n", "\n").replace(r"\t", "\t") for line in said]


def test_names_are_found_by_what_stands_around_them() -> None:
    examples = [read("name", line) for line in lines("families.txt")]
    missed = [
        example.text[start:end]
        for example in examples
        for start, end in example.spans
        if not any(
            found.kind == "name" and found.start < end and start < found.end
            for found in screen(example.text)
        )
    ]
    assert sum(len(example.spans) for example in examples) > 75
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("line", lines("innocent.txt"))
def test_what_looks_like_a_name_or_a_broken_line_is_not_asked_about(line: str) -> None:
    assert [line[found.start : found.end] for found in screen(line)] == []


@pytest.mark.parametrize(
    ("broken", "closed"),
    [
        ("46 Upper Gore\nRd", "46 Upper Gore Rd"),
        ("> 46 Upper Gore\n> Rd", "46 Upper Gore Rd"),
        ("call 508-\n555-0143", "call 508-555-0143"),
        ("j.peralta\n@example.org", "j.peralta@example.org"),
        (
            "the girl that we discussed on Tuesday was born on April=\n12, so she said",
            "on April 12, so she said",
        ),
    ],
)
def test_a_line_is_closed_where_a_mail_program_broke_it(broken: str, closed: str) -> None:
    assert unwrapped(normalise(broken)).text.endswith(closed)


@pytest.mark.parametrize(
    "text",
    [
        "Ana\nBea",
        "The first line of this list is a long one and ends so\n- the second",
        "The first line of this letter is a long one and ends here.\nThe second",
        "Address of the office that the mail is to be sent to\nPhone: 12",
        "Essex,14,22,open,since the spring of this year,none\nSuffolk,21,30,open",
    ],
)
def test_items_labels_rows_and_sentences_keep_their_lines(text: str) -> None:
    assert unwrapped(normalise(text)).text == text


def test_offsets_are_those_of_the_text_before() -> None:
    text = "We met at 508-\n555-0143 and then at 46 Upper Gore\nRd, she said."
    found = [text[one.start : one.end] for one in screen(text)]
    assert found == ["508-\n555-0143", "46 Upper Gore\nRd"]
