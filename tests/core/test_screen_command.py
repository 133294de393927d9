"""`manage.py screen` prints what was found, never what was written."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


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
