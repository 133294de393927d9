"""The papers of training: certificates, transcripts, packs, by the name of their source here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portal.core import paper

HERE = Path(__file__).resolve().parent


def render(template: str, data: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return (PDF, standard) of `training/<template>.typ`; see `portal.core.paper.render`."""
    return paper.render(HERE / f"{template}.typ", data)
