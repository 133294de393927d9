"""The form of a resource in the admin: the screen first, then what publishing asks for."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from portal.core.blocks import addresses, plain_text
from portal.people.models import User
from resources.screening import blocked

TEXT_FIELDS = ("title", "slug", "line", "version", "source", "seo_title", "search_description")

TAKEN = frozenset({"directory"})  # resources/urls.py


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
        if not self.is_deferred_validation:
            self._check_ready(data)
        return data

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


class ServiceForm(WagtailAdminModelForm):
    """An organization's numbers and addresses are public; those of people are not."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        for name in ("name", "about", "eligibility", "how_to_refer"):
            for words in blocked(str(data.get(name) or ""), organization=True):
                message = _("“%(words)s” may identify a person. Take it out; nothing was saved.")
                self.add_error(name, message % {"words": words})
        return data
