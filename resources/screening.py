"""The one place where this app meets the screen for identifying details."""


def blocked(text: str) -> list[str]:
    """Return the parts of a text that must not be stored."""
    return []
