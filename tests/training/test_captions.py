"""Captions are read line by line; a fault is told with its line."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from tests.training.material_factories import VTT
from training import captions
from training.models import Video


def test_captions_are_read_with_their_times() -> None:
    first, second = captions.parse(VTT)
    assert (first.start, first.end, first.text) == (500, 3000, "Welcome to the harbor.")
    assert (second.start, second.line) == (4000, 6)


def test_what_other_programs_write_is_read_as_well() -> None:
    content = (
        "\ufeffWEBVTT - a talk\r\nKind: captions\r\n\r\nNOTE by hand\r\n\r\n"
        "STYLE\r\n::cue { color: white }\r\n\r\n"
        "intro\r\n100:00:01.000 --> 100:00:02.000 line:80% align:start\r\n<v Alex>Two\r\nlines\r\n"
    ).encode()
    (cue,) = captions.parse(content)
    assert cue.start == (100 * 3600 + 1) * 1000
    assert cue.text == "<v Alex>Two\nlines"


def cue(times: str, text: str = "Words.") -> str:
    return f"WEBVTT\n\n{times}\n{text}\n"


GOOD = "00:01.000 --> 00:02.000"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 1, "begins with the word"),
        ("<!doctype html>\n<p>So.</p>", 1, "begins with the word"),
        ("WEBVTTX\n\n" + GOOD, 1, "begins with the word"),
        (f"WEBVTT\n{GOOD}\nWords.", 2, "blank line after"),
        ("WEBVTT\n\nNOTE nothing else\n", 4, "no caption"),
        ("WEBVTT\n\nWords without times.\n", 3, "needs its times"),
        ("WEBVTT\n\nan id\nand words\n", 3, "needs its times"),
        (cue("00:01,000 --> 00:02,000"), 3, "cannot be read"),
        (cue("00:61.000 --> 00:62.000"), 3, "cannot be read"),
        (cue("00:02.000 --> 00:02.000"), 3, "ends before"),
        (cue(GOOD, ""), 3, "no text"),
        (cue(GOOD, f"Words.\n{GOOD}\nMore."), 5, "blank line between"),
        (f"{cue('00:05.000 --> 00:06.000')}\n{GOOD}\nWords.\n", 6, "begins before the one"),
        (cue(GOOD, "a\0b"), 4, "not text"),
    ],
)
def test_a_fault_is_told_with_its_line(content: str, line: int, reason: str) -> None:
    with pytest.raises(captions.Faulty) as caught:
        captions.parse(content.encode())
    assert caught.value.line == line
    assert reason in str(caught.value.reason)


def test_what_is_not_utf_8_is_told_with_its_line() -> None:
    with pytest.raises(captions.Faulty) as caught:
        captions.parse(VTT + b"\n00:07.000 --> 00:08.000\ncaf\xe9\n")
    assert caught.value.line == 10


def refusal(content: bytes, name: str = "a.vtt") -> str:
    video = Video(captions=ContentFile(content, name))
    try:
        captions.validate_captions(video.captions)
    except ValidationError as error:
        return error.messages[0]
    return ""


def test_captions_that_may_identify_somebody_are_refused() -> None:
    assert refusal(VTT) == ""
    number = b"\n00:07.000 --> 00:08.000\nCall 413-555-0172 tonight.\n"
    assert refusal(VTT + number) == "Line 10: This looks like a phone number. Take it out."
    noted = refusal(VTT + b"\nNOTE born 04/12/2010\n")
    assert noted.startswith("Line 9")
    assert "2010" not in noted


def test_the_times_of_captions_are_no_details() -> None:
    lines = "".join(
        f"{n}\n{n // 60:02}:{n % 60:02}:11.{n:03} --> {n // 60:02}:{n % 60:02}:13.{n:03}\nWord.\n\n"
        for n in range(1, 200)
    )
    assert refusal(f"WEBVTT\n\n{lines}".encode()) == ""


def test_other_files_and_endless_ones_are_no_captions() -> None:
    assert "WebVTT" in refusal(VTT, "a.srt")
    assert "too large" in refusal(VTT + b" " * captions.LARGEST)
