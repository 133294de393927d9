"""The form behind the editors of modules and pathways."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue
from wagtail.forms import TaskStateCommentForm

from portal.core.blocks import addresses, plain_text
from portal.core.privacy import Finding, screen
from training.models.release import SignOff

# Addresses of ours under /training/.
TAKEN = {
    "certificates",
    "corrections",
    "outcomes",
    "outside",
    "glossary",
    "evaluations",
    "pathways",
    "sessions",
    "videos",
    "suggestions",
    "talks",
}
# What is said of one round of changes; the next starts anew.
OF_A_ROUND = {"change_kind": "editorial", "what_changed": "", "offers_update": False}


class TrainingPageForm(WagtailAdminPageForm):
    """Refuses structured identifiers, in drafts as well: nothing is stored before the screen."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name, value in list(cleaned.items()):
            for label in dict.fromkeys(f.label for f in blocking(_text(value))):
                self.add_error(
                    name,
                    _("This looks like %(what)s. Take it out: the portal holds nothing that could "
                      "identify a child.") % {"what": label},
                )  # fmt: skip
        if cleaned.get("slug") in TAKEN:
            self.add_error("slug", _("This address is taken by the portal itself."))
        return cleaned


class ModulePageForm(TrainingPageForm):
    """Refuses a module that could not be released."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        if not page.has_unpublished_changes:
            self.initial.update({k: v for k, v in OF_A_ROUND.items() if k in self.fields})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        lessons = cleaned.get("lessons")
        if not cleaned.get("is_in_preparation") and lessons is not None and not lessons:
            self.add_error(
                "lessons", _("Write at least one lesson, or mark the module as in preparation.")
            )
        self._check_draw(cleaned)
        if not self.is_deferred_validation:
            self._ask_what_changed(cleaned)
        return cleaned

    def _check_draw(self, cleaned: dict[str, Any]) -> None:
        draw, quiz = cleaned.get("quiz_draw"), cleaned.get("quiz")
        if not draw or quiz is None:
            return
        if draw > len(quiz):
            self.add_error("quiz_draw", _("The quiz has fewer questions than that."))
        elif draw < sum(bool(child.value.get("linked")) for child in quiz):
            self.add_error(
                "quiz_draw", _("More questions than that are asked six months later as well.")
            )

    def _ask_what_changed(self, cleaned: dict[str, Any]) -> None:
        """Before it is submitted; a draft may be saved without it."""
        is_first = self.instance.first_published_at is None
        substantive = cleaned.get("change_kind") == self.instance.ChangeKind.SUBSTANTIVE
        needed = cleaned.get("offers_update") or (substantive and not is_first)
        if needed and not cleaned.get("what_changed") and "what_changed" not in self.errors:
            self.add_error("what_changed", _("Say in two or three sentences what changed."))


class ScreenedCommentForm(TaskStateCommentForm):
    """A reviewer's comment goes to the history, so it is screened as well."""

    def clean_comment(self) -> str:
        comment: str = self.cleaned_data["comment"]
        found = [finding.label for finding in blocking(comment)]
        if found:
            raise forms.ValidationError(
                _("This looks like %(what)s. Take it out.") % {"what": ", ".join(found)}
            )
        return comment


class ApprovalForm(ScreenedCommentForm):
    signs = forms.MultipleChoiceField(
        label=_("This approval signs"),
        choices=SignOff.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Until all three are signed, learners see that the module is a draft for review."
        ),
    )


def blocking(text: str) -> Iterator[Finding]:
    return (finding for finding in screen(text) if finding.tier == "block")


def _text(value: Any) -> str:
    if isinstance(value, StreamValue):
        return f"{plain_text(value)} {addresses(value)}"
    if isinstance(value, list | tuple | set):
        return " ".join(str(each) for each in value)
    return value if isinstance(value, str) else ""
