"""What the portal knows already may stand: its users, its directory, the public lines."""

import pytest

from portal.core.privacy import screen

ALLOW = frozenset(
    {
        "c.essex@example.org",
        "(508) 555-0142",
        "6175550143",
        "12 main street",
        "@teamportal",
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "Write to c.essex@example.org",
        "Write to C.Essex@Example.org.",
        "call 508-555-0142",
        "call 508.555.0142 x4",
        "call +1 508 555 0142",
        "the office number is 555-0142",
        "case questions: call (508) 555-0142",
        "DCF office no. 508-555-0142",
        "617 555 0143",
        "the office at 12 Main Street",
        "follow @TeamPortal",
    ],
)
def test_what_is_allowed_passes(text: str) -> None:
    assert screen(text)
    assert screen(text, allow=ALLOW) == []


@pytest.mark.parametrize(
    "text",
    [
        "c.essex@example.com",
        "xc.essex@example.org",
        "508-555-0143",
        "call 555-0199",
        "12 Main Street Apt 3",
        "MRN 00123456",
    ],
)
def test_what_only_resembles_it_is_found(text: str) -> None:
    assert screen(text, allow=ALLOW)


def test_an_allowed_number_hides_nothing_beside_it() -> None:
    text = "508-555-0142, 508-555-0199"
    assert [text[f.start : f.end] for f in screen(text, allow=ALLOW)] == ["508-555-0199"]


@pytest.mark.parametrize("area", ["800", "833", "844", "855", "866", "877", "888"])
@pytest.mark.parametrize("shape", ["{}-555-0142", "1-{}-555-0142", "({}) 555-0142", "{}5550142"])
def test_a_toll_free_number_is_nobodys_own(area: str, shape: str) -> None:
    assert screen(f"call {shape.format(area)} at any hour") == []


def test_a_record_number_is_not_excused_by_a_toll_free_beginning() -> None:
    assert [finding.kind for finding in screen("MRN 8005550142")] == ["case_number"]


def test_a_public_citation_excuses_nothing_but_itself() -> None:
    text = "c. 119, §51A intake 12345678, see TA-27-0042 and 34 USC 12291"
    assert [text[f.start : f.end] for f in screen(text)] == ["12345678"]
