"""The grade agrees with figures that others published, and sentences end where they end."""

import pytest

from training import readability

SYLLABLES = {
    1: "the name named names rule rules whole strength need freed played shed friend guide suit "
    "fruit build young eyes free great treat asked looks through court child harm",
    2: "table tables needed changes boxes churches hundred client science patient being doing "
    "player beyond lawyer safety safely statement someone something business quiet reason ago "
    "nation special precious homeless sometimes didn't people carried agreed create fluid police "
    "moment meeting language marriage careful therefore trauma agent records missing",
    3: "media violence serious various previous usual area idea video sexual element disclosure "
    "employer suicide period completed important family created trafficking advocate DCF racism",
    4: "information society variety identify reality evaluate continuous coordinator community "
    "experience CSSC",
    5: "university opportunity",
}
GETTYSBURG = """Four score and seven years ago our fathers brought forth on this continent, a new \
nation, conceived in Liberty, and dedicated to the proposition that all men are created equal. \
Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived \
and so dedicated, can long endure. We are met on a great battle-field of that war. We have come \
to dedicate a portion of that field, as a final resting place for those who here gave their lives \
that that nation might live. It is altogether fitting and proper that we should do this."""


@pytest.mark.parametrize(
    ("word", "count"), [(w, n) for n, words in SYLLABLES.items() for w in words.split()]
)
def test_syllables(word: str, count: int) -> None:
    assert readability.syllables(word) == count


@pytest.mark.parametrize(
    ("text", "ease"),
    [
        ("The cat sat on the mat.", 116.1),
        ("This sentence, taken as a reading passage unto itself, is being used to prove a point.",
         69.0),
    ],
)  # fmt: skip
def test_the_grade_is_that_of_texts_whose_reading_ease_is_published(text: str, ease: float) -> None:
    """Ease = 206.835 - 1.015 words - 84.6 syllables per word, so it tells the syllables."""
    words = len(text.split())
    share = (206.835 - 1.015 * words - ease) / 84.6
    grade = 0.39 * words + 11.8 * share - 15.59
    assert readability.read([text]).grade == pytest.approx(grade, abs=0.05)


def test_a_longer_text_is_measured_as_by_hand() -> None:
    """Five sentences with 48, 36, 12, 33 and 16 syllables, counted by hand."""
    reading = readability.read([GETTYSBURG])
    assert [count for _text, count in reading.sentences] == [30, 24, 10, 27, 11]
    assert reading.grade == pytest.approx(0.39 * 102 / 5 + 11.8 * 145 / 102 - 15.59, abs=0.2)


@pytest.mark.parametrize(
    "text",
    [
        "St. 2011, c. 178 made the crimes.",
        "See M.G.L. c. 119, section 51A.",
        "The U.S. Department asks Dr. Reed for it.",
        "It costs 3.5 hours.",
        "Call DCF (e.g. The hotline) now.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert readability.sentences(text) == [text]


def test_sentences_end_inside_quotation_marks_and_brackets_too() -> None:
    text = "He said “It is late.” Then he left. (Nobody saw it.) Was it so? It was."
    assert readability.sentences(text) == [
        "He said “It is late.”", "Then he left.", "(Nobody saw it.)", "Was it so?", "It was.",
    ]  # fmt: skip


def test_a_paragraph_ends_its_sentence_and_numbers_count_as_words() -> None:
    reading = readability.read(["Bring two things", "51 forms, a pen"])
    assert reading.sentences == (("Bring two things", 3), ("51 forms, a pen", 4))
    assert reading.words_a_sentence == 3.5
    assert reading.longer_than(3) == [("51 forms, a pen", 4)]


@pytest.mark.parametrize("paragraphs", [[], [""], ["…", "—"], ["123 456"]])
def test_what_has_no_words_has_no_grade(paragraphs: list[str]) -> None:
    assert readability.read(paragraphs).grade == 0
