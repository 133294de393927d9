"""`manage.py screen` prints what was found, never what was written."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.core.privacy.documents import inspect
from tests.core.privacy import uploads


def test_each_finding_is_a_line_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Please call 508-555-0142 about it.", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("screen", str(file))
    assert ended.value.code == 1
    [line] = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["kind"], found["tier"], found["file"]) == ("phone", "block", str(file))
    assert file.read_text()[found["start"] : found["end"]] == "508-555-0142"
    assert "0142" not in line


def test_ordinary_text_passes_silently(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Call the DCF line at 1-800-792-5200. See c. 119, §51A.", encoding="utf-8")
    call_command("screen", str(file))
    assert capsys.readouterr().out == ""


def test_a_file_that_is_not_there_is_said_plainly() -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("screen", "/nowhere/note.txt")


def test_a_paper_is_read_as_an_upload_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(uploads.pdf(uploads.CALM, uploads.FLAGGED, ""))
    with pytest.raises(SystemExit):
        call_command("screen", str(file))
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["kind"], first["tier"], first["place"]) == ("dob", "block", "page 2")
    text = inspect(file.name, file.read_bytes()).text
    assert text[first["start"] : first["end"]] == "04/12/2010"
    assert (second["kind"], second["place"]) == ("unread", "page 3")


def test_a_paper_that_is_refused_says_why(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(uploads.HTML)
    with pytest.raises(CommandError, match="web page"):
        call_command("screen", str(file))
