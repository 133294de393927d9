"""Pages offered while somebody writes a request."""

from portal.core import ports
from portal.core.ports import Suggestion
from portal.core.privacy import screen
from portal.people.models import User

SHORTEST = 12  # characters; below it a search says nothing


def for_text(text: str, *, user: User) -> list[Suggestion]:
    """Return pages near a text, none while the screen finds something in it that blocks.

    The text is searched for and forgotten: neither logged nor kept.
    """
    if len(text.strip()) < SHORTEST or any(f.tier == "block" for f in screen(text)):
        return []
    try:
        found: list[Suggestion] = ports.call("suggest", text=text, user=user)
    except KeyError:  # no search is installed
        return []
    return found
