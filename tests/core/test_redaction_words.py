"""Finding words in text, in HTML, in addresses and JSON, and cutting just those out."""

import json
from typing import Any

import pytest

from portal.core.blocks import ContentBlock
from portal.core.redaction import shapes
from portal.core.redaction.shapes import Reading, Removing
from portal.core.redaction.words import Words, cut_html, readable

NAME = "Zebulon Quackenbush-Test"
DIGITS = "14/03/2009"


@pytest.mark.parametrize(
    "text",
    [
        "We met Zebulon Quackenbush-Test today.",
        "zebulon  quackenbush-test’s team",
        "ZEBULON\nQUACKENBUSH\N{NON-BREAKING HYPHEN}TEST.",
        "Z\N{LATIN SMALL LETTER E WITH ACUTE}bulon Quackenbush\N{EN DASH}Test",
        "(Zebulon\N{NO-BREAK SPACE}Quackenbush-\N{ZERO WIDTH SPACE}Test)",
    ],
)
def test_words_are_found_however_they_are_written(text: str) -> None:
    spans = Words([NAME]).spans(text)
    assert len(spans) == 1
    assert "ebulon" not in Removing(Words([NAME])).plain(text).lower()


@pytest.mark.parametrize(
    ("words", "text"),
    [("Ann", "Annual planning"), ("12", "2012"), ("Zebulon", "Zebulons"), ("", "Anything")],
)
def test_a_part_of_a_word_is_left_alone(words: str, text: str) -> None:
    assert Words([words]).spans(text) == []


def test_signs_that_mean_something_in_patterns_are_looked_for_as_they_are() -> None:
    assert Words(["(a+b)*"]).spans("x (a+b)* y aab") == [(2, 8)]


@pytest.mark.parametrize(
    ("html", "left"),
    [
        (f"<p>Met {NAME}.</p>", "<p>Met [removed].</p>"),
        ("<p>Zebulon <b>Quackenbush</b>-Test</p>", "<p>[removed]<b></b></p>"),
        ("<p>Zebulon&nbsp;Quackenbush&#45;Test</p>", "<p>[removed]</p>"),
        (
            '<p><a href="mailto:Zebulon%20Quackenbush-Test@example.org">mail</a></p>',
            '<p><a href="">mail</a></p>',
        ),
        ('<a href="/x/zebulon-quackenbush-test/">x</a>', '<a href="">x</a>'),
        ("<p>1 &lt; 2 and Zebulon</p>", "<p>1 &lt; 2 and Zebulon</p>"),
    ],
)
def test_html_keeps_its_tags(html: str, left: str) -> None:
    assert cut_html(html, Words([NAME]))[0] == left


def test_what_is_read_of_html_is_where_it_stands() -> None:
    text, places = readable("<p>a &amp; b</p>")
    assert text == "\na & b\n"
    assert places[3] == (5, 10)


def test_a_text_of_signs_takes_no_time() -> None:
    hostile = "<" * 50_000 + "&" * 50_000 + "Zebulon " * 20_000
    assert Words([NAME]).spans(hostile) == []
    cut_html(hostile, Words([NAME]))


def test_a_stream_loses_its_words_and_keeps_what_the_machine_reads() -> None:
    raw: list[dict[str, Any]] = [
        {"type": "text", "id": "text", "value": "<p>The text of a callout</p>"},
        {"type": "callout", "id": "c", "value": {"title": "A callout", "text": "callout text"}},
        {"type": "gone", "id": "g", "value": {"old": "a callout"}},
    ]
    shape = shapes.stream(ContentBlock())
    removing = Removing(Words(["callout", "text"]))
    for value in (raw, json.dumps(raw)):
        after = shape(value, removing)
        after = json.loads(after) if isinstance(after, str) else after
        assert [(b["type"], b["id"]) for b in after] == [
            ("text", "text"), ("callout", "c"), ("gone", "g"),
        ]  # fmt: skip
        assert after[1]["value"] == {"title": "A [removed]", "text": "[removed] [removed]"}
        assert after[2]["value"] == {"old": "a [removed]"}
    reading = Reading()
    shape(raw, reading)
    assert "A callout" in reading.text.split("\0")


def test_what_is_looked_for_is_shown_in_no_log() -> None:
    assert NAME not in repr(Words([NAME]))
    assert NAME not in f"{Words([NAME])}"


def test_of_a_whole_text_its_longer_paragraphs_are_looked_for_as_well() -> None:
    words = Words.and_copies([], [f"Thanks.\n\nThe family of {NAME} moved."])
    assert words.spans(f"The family of {NAME} moved.")
    assert not words.spans("Thanks.")


def test_a_date_is_cut_as_it_stands() -> None:
    assert Removing(Words([DIGITS])).plain(f"born {DIGITS}, moved") == "born [removed], moved"
