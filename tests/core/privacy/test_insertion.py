"""Wherever an identifier is put into clean text, it is found where it stands."""

from datetime import date
from random import Random

import pytest

from portal.core.privacy import screen
from tests.core.privacy import negatives
from tests.core.privacy.marked import EXAMPLES

TODAY = date(2026, 11, 24)


def _page(chance: Random) -> list[str]:
    return chance.sample(negatives.ALL, k=12)


@pytest.mark.parametrize("seed", range(200))
def test_an_identifier_on_a_clean_page_is_found_at_its_place(seed: int) -> None:
    chance = Random(seed)
    page, example = _page(chance), chance.choice(EXAMPLES)
    before = "".join(f"{line}.\n\n" for line in page[: chance.randrange(12)])
    text = f"{before}{example.text}\n\n" + "\n".join(page)
    found = screen(text, today=TODAY)
    for start, end in example.spans:
        start, end = start + len(before), end + len(before)
        assert any(f.start <= start and end <= f.end for f in found), text[start:end]


@pytest.mark.parametrize("seed", range(60))
def test_nothing_else_on_the_page_is_marked(seed: int) -> None:
    chance = Random(seed)
    text = ". \n\n".join(_page(chance)) + "\n\nWrite to jane@example.org"
    assert [text[f.start : f.end] for f in screen(text, today=TODAY)] == ["jane@example.org"]
