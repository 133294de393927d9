"""The software bill of materials: every component that runs here, in CycloneDX 1.5."""

import json
import uuid
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

NPM = "package-lock.json"


def document() -> dict[str, Any]:
    """Return the bill: Python packages as installed, and what the browser gets from npm."""
    parts = sorted([*_python(), *_browser()], key=lambda part: str(part["bom-ref"]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": timezone.now().isoformat(timespec="seconds"),
            "component": {"type": "application", "bom-ref": "team-portal", "name": "team-portal"},
        },
        "components": parts,
    }


def _python() -> list[dict[str, Any]]:
    found = {str(d.metadata["Name"]).lower(): d for d in distributions()}
    return [_of(dist) for name, dist in found.items() if name != "team-portal"]


def _of(dist: Distribution) -> dict[str, Any]:
    name = str(dist.metadata["Name"]).lower().replace("_", "-")
    part = _part("pypi", name, dist.version)
    metadata: Any = dist.metadata
    said = metadata.get("License-Expression") or metadata.get("License") or ""
    if said and len(said) < 100 and "\n" not in said:
        part["licenses"] = [{"license": {"name": said}}]
    return part


def _browser() -> list[dict[str, Any]]:
    lock = Path(settings.BASE_DIR) / NPM
    packages = json.loads(lock.read_text())["packages"] if lock.exists() else {}
    return [
        _part("npm", path.rpartition("node_modules/")[2], said["version"])
        for path, said in packages.items()
        if path and "version" in said
    ]


def _part(kind: str, name: str, version: str) -> dict[str, Any]:
    address = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
    }
