"""The list of terms: what is named, what is left alone, and what only a reader can tell."""

import pytest

from portal.core import language


def said(html: str) -> list[str]:
    return [finding.found for finding in language.findings(html)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The report calls her a child prostitute.", "child prostitute"),
        ("Two teen prostitutes were named.", "teen prostitutes"),
        ("He was prostituted there.", "prostituted"),
        ("A promiscuous girl.", "promiscuous"),
        ("She chose this life.", "She chose this life"),
        ("The young person chose it.", "young person chose it"),
        ("They found child pornography.", "child pornography"),
        ("Images and pornography of minors.", "pornography of minors"),
        ("A john paid.", "john"),
        ("Where johns meet.", "johns"),
        ("The Johns were named.", "The Johns"),
        ("A client called.", "client"),
        ("Her boyfriend drove.", "boyfriend"),
        ("Two pimps were seen.", "pimps"),
        ("He turned tricks.", "turned tricks"),
        ("He is a runaway.", "runaway"),
        ("Chronic run-aways.", "run-aways"),
        ("The youth is AWOL.", "AWOL"),
        ("She ran away in May.", "ran away"),
        ("The girl claims that it rained.", "girl claims"),
        ("She still denies it.", "She still denies"),
        ("The victim refused to cooperate.", "refused to cooperate"),
        ("It was survival sex.", "survival sex"),
        ("A talk for high-risk kids.", "high-risk kids"),
        ("At-risk youth.", "At-risk youth"),
        ("The perp left.", "perp"),
        ("Her rapist left.", "Her rapist"),
    ],
)
def test_each_term_of_the_list_is_found_with_its_inflections(text: str, found: str) -> None:
    assert said(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "John called. Ask John Smith, or the Johns Hopkins team.",
        "Attorney-client talks are privileged.",
        "A person she calls her so-called boyfriend.",
        "The court denied the motion, and the agency claims the cost.",
        "The plan was chosen; choose it again.",
        "Use the Runaway and Homeless Youth Act.",
        "The children are at risk; the risk is high.",
        "Pimpernels, johnboats, perpendicular lines and Clientele.",
        "A young person who has been exploited.",
        "",
    ],
)
def test_names_and_words_in_another_sense_are_left_alone(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Do not write “runaway” or “teen prostitute”.",
        'Do not write "AWOL".',
        "<blockquote><p>Possession of child pornography, as the statute has it.</p></blockquote>",
        "M.G.L. c. 272 says “whoever knowingly possesses a negative, slide, book or any other "
        "visual material of child pornography shall be punished”.",
        "“Any person who with lascivious intent knowingly uses a minor for child pornography in "
        "any way shall be imprisoned” (18 U.S.C. 2251).",
    ],
)
def test_what_is_quoted_is_mentioned_and_not_used(text: str) -> None:
    assert said(text) == []


def test_a_long_quotation_without_a_citation_is_a_use() -> None:
    text = "He wrote “she is a runaway who was seen at the station by two of us on the same night”."
    assert said(text) == ["runaway"]


def test_quotation_marks_reach_over_no_paragraph() -> None:
    assert said("<p>A mark “ left open.</p><p>A runaway.</p><p>Closed ” here.</p>") == ["runaway"]


def test_a_term_is_told_once_with_the_words_to_say_and_why() -> None:
    found = language.findings("<p>A <b>run</b>away. Runaway again.</p>")
    assert [str(f) for f in found] == [
        "“runaway”: say “missing from care” or “absent from care” (it describes a situation and "
        "blames nobody)."
    ]


def test_what_depends_on_the_sense_is_asked_softly() -> None:
    assert "check whether “buyer”" in str(language.findings("The client paid.")[0])
    assert "say “buyer”" in str(language.findings("The john paid.")[0])
