"""The screen finds what identifies somebody, exactly, and leaves ordinary text alone."""

from datetime import date
from itertools import pairwise

import pytest

from portal.core.privacy import Finding, blocks, screen
from portal.core.privacy.findings import LABELS
from portal.core.privacy.kinds import DETECTORS, MESSAGES
from tests.core.privacy import negatives
from tests.core.privacy.marked import EXAMPLES, Example

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_an_identifier_is_marked_exactly_and_blocks(example: Example) -> None:
    found = [f for f in screen(example.text, today=TODAY) if f.tier == "block"]
    assert [(finding.start, finding.end) for finding in found] == example.spans
    assert {finding.kind for finding in found} == {example.kind}
    assert blocks(found)


@pytest.mark.parametrize("line", negatives.ALL)
def test_ordinary_text_passes(line: str) -> None:
    found = screen(line, today=TODAY)
    assert [line[finding.start : finding.end] for finding in found] == []


def test_ordinary_text_passes_as_one_page() -> None:
    assert screen("\n".join(negatives.ALL), today=TODAY) == []


def test_the_examples_are_many() -> None:
    assert sum(len(example.spans) for example in EXAMPLES) >= 160
    assert len(negatives.ALL) >= 110


def test_findings_come_in_order_and_apart() -> None:
    text = "\n".join(example.text for example in EXAMPLES)
    found = screen(text, today=TODAY)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_label_on_the_line_before_counts() -> None:
    text = "Date of birth\n\n04/12/2010"
    assert [text[f.start : f.end] for f in screen(text)] == ["04/12/2010"]


def test_the_longer_reading_wins() -> None:
    found = screen("call (508) 555-0142 today")
    assert found == [Finding(5, 19, "phone", "block")]


def test_a_childs_date_of_today_or_before_counts_and_a_coming_one_does_not() -> None:
    assert screen("the child, 11/24/2026", today=TODAY)
    assert not screen("the child, 11/25/2026", today=TODAY)


def test_a_date_beside_a_child_counts_up_to_the_age_of_21() -> None:
    assert blocks(screen("the child, 4/12/2005", today=TODAY))
    assert not blocks(screen("the child, 4/12/2004", today=TODAY))


def test_any_day_that_somebody_may_be_born_on_is_asked_about() -> None:
    asked = screen("GAGNON, Terrence (4/2/79) and 2/28/87", today=TODAY)
    assert [(f.kind, f.tier) for f in asked if f.kind == "dob"] == [("dob", "warn")] * 2
    assert not screen("the policy of 4/12/2004 was signed on 2/28/1987", today=TODAY)
    assert not screen("we meet on 4/12/2026", today=TODAY)


def test_nothing_blocks_where_nothing_was_found_or_only_warnings() -> None:
    assert not blocks([])
    assert not blocks([Finding(0, 4, "name", "warn")])
    assert blocks([Finding(0, 4, "name", "warn"), Finding(5, 9, "ssn", "block")])


def test_every_kind_has_plain_words_and_one_advice() -> None:
    assert {detector.kind for detector in DETECTORS} == set(MESSAGES) == set(LABELS)
    assert len({(detector.kind, detector.message) for detector in DETECTORS}) == len(MESSAGES)
    assert Finding(0, 1, "dob", "block").label == "a date of birth"


def test_an_empty_text_has_no_findings() -> None:
    assert screen("") == []
