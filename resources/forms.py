"""The form of a resource in the admin: the screen first, then what publishing asks for."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from portal.core.blocks import addresses, plain_text
from portal.people.models import User
from resources import topics
from resources.models import reading
from resources.models.choices import Kind, MustRead, Sensitivity
from resources.screening import blocked

TEXT_FIELDS = (
    "title",
    "slug",
    "line",
    "version",
    "source",
    "what_changed",
    "seo_title",
    "search_description",
)

# resources/urls.py, statewide_urls.py and directory_urls.py
TAKEN = frozenset(
    "directory bookmarks to-read reading suggestions usefulness collections coordinators "
    "initiatives highlights forums facts".split()
)


READERS = {
    MustRead.COORDINATORS: ("public", "members", "coordinators"),
    MustRead.MEMBERS: ("public", "members"),
    MustRead.DISCIPLINES: ("public", "members"),
}


class ResourceForm(WagtailAdminPageForm):
    """Nothing that may identify a child is stored, not even in a draft."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kept_by" in self.fields:
            # Those who work in the admin, and who keeps it now; not the whole roster.
            keeper = Q(pk=self.instance.kept_by_id)
            staff = Q(groups__name__in=["Program managers", "Authors"])
            people = User.objects.filter(staff | keeper).distinct()
            self.fields["kept_by"].queryset = people

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        for name, text in self._texts(data):
            for words in blocked(text):
                message = _("“%(words)s” may identify a person. Take it out; nothing was saved.")
                self.add_error(name, message % {"words": words})
        if data.get("slug") in TAKEN:
            self.add_error("slug", _("This address is taken by a page of the portal itself."))
        if data.get("topics"):
            data["topics"] = topics.named(data["topics"])
        if not self.is_deferred_validation:
            self._check_ready(data)
            self._check_reading(data)
        if "action-publish" in self.data:
            self._check_hard(data)
        return data

    def _check_hard(self, data: dict[str, Any]) -> None:
        """Nobody publishes a hard page without the panel (`ResourceRights` refuses it as well)."""
        if data.get("sensitivity", 0) >= Sensitivity.HARD or self.instance.is_hard:
            message = _("A page of level 3 goes to the review panel first. Submit it for review.")
            self.add_error("sensitivity", message)

    def _check_reading(self, data: dict[str, Any]) -> None:
        """What must be read is guidance, those asked can read it, and it says what is new."""
        asked = data.get("must_read", MustRead.NOBODY)
        if asked == MustRead.NOBODY:
            return
        if data.get("kind") != Kind.GUIDANCE:
            self.add_error("must_read", _("Only guidance is asked to be read. Change the kind."))
        if asked == MustRead.DISCIPLINES and not data.get("disciplines"):
            self.add_error("must_read", _("Name the disciplines that the page is for."))
        if data.get("audience") not in READERS[asked]:
            self.add_error("must_read", _("Its audience cannot read it. Change the audience."))
        self._check_version(data)

    def _check_version(self, data: dict[str, Any]) -> None:
        """A version of a new number asks everybody again, so it says what is new in it."""
        earlier = reading.GuidanceVersion.objects.filter(page=self.instance.pk or 0)
        last = earlier.first()
        version, said = data.get("version"), data.get("what_changed")
        if last is None or last.version == version:
            return
        if earlier.filter(version=version).exists():
            self.add_error("version", _("This version was published before. Give a new number."))
        if not said or said == last.what_changed:
            self.add_error("what_changed", _("Say what changed in this version."))

    def _texts(self, data: dict[str, Any]) -> list[tuple[str, str]]:
        texts = [(name, str(data.get(name) or "")) for name in TEXT_FIELDS]
        streams = [
            (name, f"{plain_text(data[name])} {addresses(data[name])}")
            for name in ("body", "sources")
            if data.get(name)
        ]
        topics = [("topics", " ".join(data.get("topics") or []))]
        return [(n, t) for n, t in texts + streams + topics if n in self.fields]

    def _check_ready(self, data: dict[str, Any]) -> None:
        """Publishing and submitting need a text, its source and a review date to come."""
        review_by = data.get("review_by")
        if not review_by:
            self.add_error("review_by", _("Give the date by which somebody reviews it again."))
        elif review_by <= timezone.localdate():
            self.add_error("review_by", _("The review date must be in the future."))
        if not data.get("body"):
            self.add_error("body", _("There is no text yet."))
        if not data.get("sources") and not data.get("source"):
            self.add_error("source", _("Name at least one source, or say that it is our own text."))
        if not data.get("line"):
            self.add_error("line", _("Say in one line what it is."))
