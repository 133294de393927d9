"""What lies in the storage for requests."""

from django.core.files.storage import default_storage

from assistance.models.attachments import FOLDER


def stored() -> list[str]:
    """Return the names of the files, without their folder."""
    return default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []


def empty() -> None:
    for name in stored():
        default_storage.delete(f"{FOLDER}/{name}")
