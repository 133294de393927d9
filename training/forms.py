"""The form behind the module editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class ModulePageForm(WagtailAdminPageForm):
    """Refuses a module that could not be released."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        if "change_kind" in self.fields and not page.has_unpublished_changes:
            # A new round of changes starts anew; the last round's choice is not carried on.
            self.initial["change_kind"] = page.ChangeKind.EDITORIAL

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        lessons = cleaned.get("lessons")
        if not cleaned.get("is_in_preparation") and lessons is not None and not lessons:
            self.add_error(
                "lessons", _("Write at least one lesson, or mark the module as in preparation.")
            )
        return cleaned
