"""Turning an answer into a draft of guidance."""

from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify

from portal.core import events
from portal.people.models import User
from resources.models import Kind, LibraryPage, ResourcePage


@transaction.atomic
def draft(*, title: str, text: str, user: User) -> ResourcePage:
    """Make an unpublished guidance page from plain text; its editor is `edit_path(page)`.

    The caller has screened both texts. Paragraphs are separated by blank lines.
    """
    library = LibraryPage.objects.get()
    page = ResourcePage(
        title=title[:255],
        slug=_free_slug(title),
        kind=Kind.GUIDANCE,
        body=[("text", _html(text))],
        owner=user,
        kept_by=user,
        live=False,
    )
    library.add_child(instance=page)
    page.save_revision(user=user)
    events.record("resources.guidance_drafted", actor=user, subject=page)
    return page


def _html(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def _free_slug(title: str) -> str:
    base = slugify(title)[:60] or "guidance"
    taken = set(ResourcePage.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbers = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return base if base not in taken else next(s for s in numbers if s not in taken)
