"""Typesetting: frozen data in, PDF bytes out. The same data gives the same bytes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

from portal.core import assets

Standard = Literal["ua-1"]
STANDARD: Standard = "ua-1"


def render(source: Path, data: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return (PDF, standard) of a typst source.

    The data goes in as one JSON input, never as source text. PDF/UA refuses a sign that no font
    has; then the PDF is made without the standard (tags stay) and the standard comes back empty,
    so that a name never keeps anybody from a certificate.
    """
    inputs = {"data": json.dumps(data, sort_keys=True)}
    try:
        return _compile(source, inputs, STANDARD), STANDARD
    except typst.TypstError:
        return _compile(source, inputs, None), ""


def _compile(source: Path, inputs: dict[str, str], standard: Standard | None) -> bytes:
    return typst.compile(
        source,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standard,
        font_paths=_fonts(),
        ignore_system_fonts=True,
    )


def _fonts() -> list[Path]:
    """Return the folder of fonts, once the assets are built; typst's own serve until then."""
    return [assets.CERTIFICATE_FONTS] if assets.CERTIFICATE_FONTS.is_dir() else []
