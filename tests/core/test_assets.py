"""The asset builder: when it builds, what it says when it cannot, and what it copies."""

import json
from pathlib import Path

import pytest

from portal.core import assets, node


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own whose tools only write down how they were called."""
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "site.scss").write_text("body{}")
    font = tmp_path / "modules" / "@uswds" / "uswds" / "dist" / "fonts" / "a.woff2"
    font.parent.mkdir(parents=True)
    font.write_text("font")
    name_font = tmp_path / "modules" / "names.ttf"
    name_font.write_text("ttf")
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "SOURCE", tmp_path / "src")
    monkeypatch.setattr(assets, "BUILD", tmp_path / "build")
    monkeypatch.setattr(assets, "MODULES", tmp_path / "modules")
    monkeypatch.setattr(assets, "CERTIFICATE_FONTS", tmp_path / "certificate")
    monkeypatch.setattr(assets, "FONT_FILES", ("names.ttf",))
    monkeypatch.setattr(assets, "__file__", str(tmp_path / "package.json"))
    return tmp_path


@pytest.fixture
def calls(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tools that were called, in order."""
    made: list[str] = []

    def npm(*arguments: str, cwd: Path) -> None:
        made.append(f"npm {arguments[0]}")

    def sass(*arguments: str, cwd: Path) -> None:
        made.append("sass")
        css = '@font-face{src:url(fonts/a.woff2)}i{background:url("data:image/svg+xml,x")}'
        Path(arguments[-1].split(":")[1]).write_text(css)

    monkeypatch.setattr(node, "npm", npm)
    monkeypatch.setattr(node, "node", sass)
    return made


def test_the_first_build_fetches_and_compiles_and_tells_each_step(calls: list[str]) -> None:
    told: list[str] = []
    assert assets.build(told.append) is True
    assert calls == ["npm ci", "sass"]
    assert len(told) == 2


def test_a_second_build_has_nothing_to_do(calls: list[str]) -> None:
    assets.build(str)
    assert assets.build(str) is False
    assert calls == ["npm ci", "sass"]


def test_a_changed_style_compiles_again_and_asks_no_network(
    project: Path, calls: list[str]
) -> None:
    assets.build(str)
    (project / "src" / "site.scss").write_text("body{color:red}")
    assert assets.needs_build()
    assets.build(str)
    assert calls == ["npm ci", "sass", "sass"]


def test_a_changed_lock_file_fetches_again(project: Path, calls: list[str]) -> None:
    assets.build(str)
    (project / "package-lock.json").write_text('{"other": 1}')
    assets.build(str)
    assert calls == ["npm ci", "sass", "npm ci", "sass"]


def test_only_the_files_that_the_sheet_names_are_copied(project: Path, calls: list[str]) -> None:
    left = project / "build" / "img" / "old.svg"
    left.parent.mkdir(parents=True)
    left.write_text("of an earlier build")
    assets.build(str)
    assert (project / "build" / "fonts" / "a.woff2").read_text() == "font"
    assert (project / "certificate" / "names.ttf").read_text() == "ttf"
    assert not left.exists()


@pytest.mark.parametrize("missing", ["build/site.css", "build/.hash", "certificate/names.ttf"])
def test_a_missing_output_is_built_again(project: Path, calls: list[str], missing: str) -> None:
    assets.build(str)
    (project / missing).unlink()
    assert assets.needs_build()


def test_the_hash_stands_beside_the_output_and_only_after_success(
    project: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: str, cwd: Path) -> None:
        raise node.Failed("the style sheet has an error in line 3")

    monkeypatch.setattr(node, "node", fails)
    with pytest.raises(assets.AssetsNotBuilt, match="line 3"):
        assets.build(str)
    assert not (project / "build" / ".hash").exists()


def test_a_folder_that_cannot_be_written_is_said_plainly(project: Path, calls: list[str]) -> None:
    (project / "build").write_text("a file where the folder should stand")
    with pytest.raises(assets.AssetsNotBuilt, match="could not be written"):
        assets.build(str)


def test_without_node_the_message_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node, "find", lambda name: None)
    with pytest.raises(node.Failed, match="uv sync"):
        node.npm("ci", cwd=tmp_path)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("npm error code ENOTFOUND", "does not reach its registry"),
        ("npm error code ECONNREFUSED", "does not reach its registry"),
        ("npm error ENOSPC: no space left on device", "disk is full"),
        ("Error: expected {", "expected {"),
    ],
)
def test_a_failure_is_explained(said: str, expected: str) -> None:
    assert expected in node.explain("npm", said)


def test_a_tool_that_fails_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    if node.find("node") is None:
        pytest.skip("no node on this machine")
    with pytest.raises(node.Failed, match="boom"):
        node.node("-e", "console.error('boom'); process.exit(3)", cwd=tmp_path)


def test_the_versions_are_exact_and_the_lock_names_no_registry() -> None:
    package = json.loads((assets.ROOT / "package.json").read_text())
    lock = json.loads((assets.ROOT / "package-lock.json").read_text())
    assert all(version[0].isdigit() for version in package["dependencies"].values())
    assert lock["packages"][""]["dependencies"] == package["dependencies"]
    assert not any("resolved" in entry for entry in lock["packages"].values())
