"""Every kind of event that the code records has words on the audit page, and no others do."""

import re
from pathlib import Path

from assistance.lifecycle import Action
from portal.core import events

ROOT = Path(__file__).parent.parent.parent
CALL = re.compile(
    r"(?:events\.record|events\.made|_note|by\.record)\(\s*f?\"([a-z_]+\.[a-z_{}]+)\""
)
MADE = {
    "request.{action}": {f"request.{a}" for a in Action},
    "question.{happened}": {"question.asked", "question.answered"},
    "training.session_{happened}": {
        f"training.session_{happened}"
        for happened in "registered queued placed withdrawn made changed cancelled".split()
    },
    "people.join_{decision}": {"people.join_approved", "people.join_declined"},
}


def recorded() -> set[str]:
    found: set[str] = set()
    for folder in ("portal", "training", "resources", "requests"):
        for path in (ROOT / folder).rglob("*.py"):
            for kind in CALL.findall(path.read_text(encoding="utf-8")):
                found |= MADE.get(kind, {kind})
    return found


def test_every_kind_has_words_and_every_word_a_kind() -> None:
    assert recorded() - set(events.kinds()) == set()
    assert set(events.kinds()) - recorded() == set()
