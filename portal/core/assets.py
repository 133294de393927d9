"""Building what the browser and the certificates need from npm: one builder for demo and tests.

The output stands in `portal/static/build/` with the hash of its inputs beside it, so that several
state folders share it; nothing is built, and no network asked, while the hash still holds.
"""

import fcntl
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.core import node

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "portal" / "static_src"
BUILD = ROOT / "portal" / "static" / "build"
MODULES = ROOT / "node_modules"
CERTIFICATE_FONTS = ROOT / "portal" / "core" / "certificate_fonts"

# typst reads TTF only; one weight of each further script is enough for a name.
FONT_FILES = (
    "@uswds/uswds/dist/fonts/public-sans/PublicSans-Regular.ttf",
    "@uswds/uswds/dist/fonts/public-sans/PublicSans-SemiBold.ttf",
    "@uswds/uswds/dist/fonts/public-sans/PublicSans-Bold.ttf",
    "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
    "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf",
    "@expo-google-fonts/noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
)
_REFERENCE = re.compile(r"""url\(["']?([^"')?#]+)""")

Report = Callable[[str], object]


class AssetsNotBuilt(Exception):
    """The styles could not be built. The message says why and what to do."""


def needs_build() -> bool:
    """Say whether the inputs changed since the last build, or some output is missing."""
    made = (BUILD / ".hash", BUILD / "site.css", *_certificate_fonts().values())
    if not all(path.is_file() for path in made):
        return True
    return (BUILD / ".hash").read_text() != fingerprint()


def build(report: Report) -> bool:
    """Build what is missing or out of date; say whether anything was built.

    `report` is given one line per step. Parallel processes build once. AssetsNotBuilt on failure.
    """
    if not needs_build():
        return False
    try:
        with _alone():
            if not needs_build():  # another process built while this one waited
                return False
            _install(report)
            _compile(report)
            _copy_certificate_fonts()
            (BUILD / ".hash").write_text(fingerprint())
    except node.Failed as error:
        raise AssetsNotBuilt(str(error)) from error
    except OSError as error:
        raise AssetsNotBuilt(
            f"The styles could not be written: {error.strerror} ({error.filename}).\n"
            "Make room or give the right to write there, then run the command again."
        ) from error
    return True


def fingerprint() -> str:
    """Return the sha256 over every input, this module included since it holds the rules."""
    inputs = [ROOT / "package.json", ROOT / "package-lock.json", Path(__file__)]
    inputs += sorted(path for path in SOURCE.rglob("*") if path.is_file())
    total = hashlib.sha256()
    for path in inputs:
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for the build of another process. collectstatic passes over names with a dot."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with open(BUILD / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(report: Report) -> None:
    """Fetch the packages, unless these very versions are there: a new style asks no network."""
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    mark = MODULES / ".portal-lock"
    if mark.is_file() and mark.read_text() == wanted:
        return
    report("Fetching the packages for styles and fonts (npm ci)")
    node.npm(
        "ci",
        "--ignore-scripts",
        "--omit=optional",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--no-update-notifier",
        cwd=ROOT,
    )
    mark.write_text(wanted)


def _compile(report: Report) -> None:
    report("Compiling the styles (sass)")
    fresh = BUILD / "site.fresh.css"
    node.node(
        str(MODULES / "sass" / "sass.js"),
        "--no-source-map",
        "--style=compressed",
        "--quiet-deps",
        f"--load-path={MODULES / '@uswds' / 'uswds' / 'packages'}",
        f"{SOURCE / 'site.scss'}:{fresh}",
        cwd=ROOT,
    )
    for folder in ("fonts", "img"):
        shutil.rmtree(BUILD / folder, ignore_errors=True)
    for name in references(fresh.read_text()):
        _copy(MODULES / "@uswds" / "uswds" / "dist" / name, BUILD / name)
    fresh.replace(BUILD / "site.css")


def references(css: str) -> set[str]:
    """Return the files that the style sheet names: its fonts and the icons in use."""
    return {name for name in _REFERENCE.findall(css) if not name.startswith("data:")}


def _copy_certificate_fonts() -> None:
    for source, target in _certificate_fonts().items():
        _copy(source, target)


def _certificate_fonts() -> dict[Path, Path]:
    return {MODULES / name: CERTIFICATE_FONTS / Path(name).name for name in FONT_FILES}


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
