"""A screened form with a file beside its texts: read in memory, never stored with open findings.

A file cannot be changed in the page. What must not be stored sends it back; a name may stay for a
reason from the fixed list, given for this very file; a page or picture that the portal cannot read
has to be read by whoever brings it. Each time the file is chosen again, since it is kept nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.core.privacy import allowed, documents, settling
from portal.core.privacy.documents import Found, Inspected, Refused
from portal.core.privacy.documents.kinds import ENDINGS
from portal.core.privacy.forms import ScreenedForm
from portal.core.privacy.overrides import Kept
from portal.core.privacy.settling import REASONS, Choice

ACCEPTED = ",".join(f".{ending}" for ending in ENDINGS)
AGAIN = _("Choose the file again: it is kept nowhere until it is sent.")
SHOWN = 40  # names listed in the page


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that passed the screen, cleaned. The counts are of what was kept for a reason."""

    name: str
    kind: str
    data: bytes = field(repr=False)
    names_kept: int = 0
    unread_kept: int = 0


class FileForm(ScreenedForm):
    """`upload` is what may be stored; `named` are the names that a reason is asked for."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "PDF, DOCX, XLSX, CSV, TXT, PNG or JPEG, up to 10 MB. Its text is read before it is "
            "stored, and who wrote it is taken off."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose a file"), "empty": _("The file is empty.")},
    )
    have_read = forms.BooleanField(
        label=_("I have read its pictures and scanned pages: nothing points to a child or family"),
        required=False,
        help_text=_("Needed where there are any, since the portal cannot read them."),
    )
    names_reason = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_cut: bool = False, **kwargs: Any) -> None:
        """`is_cut` says that the post was larger than what the server reads a file from."""
        super().__init__(*args, **kwargs)
        self.is_cut = is_cut
        self.upload: Upload | None = None
        self.named: list[Found] = []
        self.reasons: list[Choice] = []
        self.reason = ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.upload, self.named, self.reasons, self.reason = None, [], [], ""
        file = data.get("file")
        try:
            if self.is_cut:
                raise Refused("large")
            if file:
                self._read(file)
        except ValidationError as error:
            self.add_error("file", error)
        if file and self.errors and "file" not in self.errors:
            self.add_error("file", AGAIN)
        return data

    def _read(self, file: Any) -> None:
        if file.size > documents.LARGEST:
            raise Refused("large")
        found = documents.inspect(file.name, file.read(), allow=allowed.names())
        inspected = self.looked_at(found)
        if inspected.blocking:
            raise ValidationError([_taken_back(found) for found in inspected.blocking])
        self._ask_about_names(inspected)
        if inspected.unread and not self.cleaned_data.get("have_read"):
            where = ", ".join(str(place) for place in inspected.unread[:SHOWN])
            words = _("The portal cannot read everything in it (%(where)s). Read it, say so here.")
            self.add_error("have_read", ValidationError(words, params={"where": where}))
        if not self.errors:
            self.upload = Upload(
                inspected.name,
                inspected.kind,
                documents.cleaned(inspected),
                len(inspected.names),
                len(inspected.unread),
            )

    def looked_at(self, inspected: Inspected) -> Inspected:
        """Drop findings that are none in this form's files; none by default."""
        return inspected

    def _ask_about_names(self, inspected: Inspected) -> None:
        """The reason is bound to this file: another one, or one changed, is asked about again."""
        said = [found.said for found in inspected.names]
        if not said:
            return
        name, digest = self.add_prefix("file"), inspected.digest
        self.named = inspected.names[:SHOWN]
        seals = {
            reason: settling.seal(reason, name=name, said=digest, times=len(said))
            for reason in REASONS
        }
        self.reasons = [
            Choice(f"{reason}|{seals[reason]}", str(words)) for reason, words in REASONS.items()
        ]
        given, _bar, seal = self.cleaned_data.get("names_reason", "").partition("|")
        if given in seals and seals[given] == seal:
            self.reason = given
            return
        words = ngettext(
            "Something in it may point to a person. Say below why it may stand there, or leave the "
            "file out.",
            "%(count)d things in it may point to a person. Say below why they may stand there, or "
            "leave the file out.",
            len(said),
        )
        self.add_error("file", words % {"count": len(said)})

    @property
    def chosen(self) -> str:
        """The reason that was given, as its field sends it."""
        return str(self.cleaned_data.get("names_reason", "")) if self.reason else ""

    @property
    def asks_for_file(self) -> bool:
        """Say whether the part of the form with the file has something to say."""
        return self.is_bound and bool({"file", "have_read"} & set(self.errors))

    def say_again(self) -> None:
        """A page that comes back has lost the file; say so once."""
        if self.upload is not None and "file" not in self.errors:
            self.add_error("file", AGAIN)

    def _kept(self) -> Iterator[Kept]:
        yield from super()._kept()
        if self.upload is not None:
            for _number in range(self.upload.names_kept):
                yield "file", "name", self.reason
            for _number in range(self.upload.unread_kept):
                yield "file", "unread", "read_it"


def _taken_back(found: Found) -> ValidationError:
    words = _("%(where)s: %(what)s. Take it out and choose the file again; nothing was saved.")
    return ValidationError(words, params={"where": found.place, "what": found.label})
