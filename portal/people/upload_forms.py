"""The admin's forms of images and documents: nothing that may identify a child is stored."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import UnidentifiedImageError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.core.privacy import blocks, documents, overrides, screen


class PictureField(WagtailImageField):
    """Wagtail's field fails on some files that are no pictures; this one says so in the form."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except UnidentifiedImageError as error:
            message = self.error_messages["invalid_image"]
            raise ValidationError(message, code="invalid_image") from error


class ScreenedImageForm(BaseImageForm):
    """Nothing that may identify a child is stored with a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.fields.get("file"), WagtailImageField):
            self.fields["file"].__class__ = PictureField

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        texts = {name: str(data.get(name) or "") for name in ("title", "description")}
        texts["file"] = getattr(data.get("file"), "name", "") or ""
        for name, text in texts.items():
            if name in self.fields and blocks(screen(text)):
                message = _("“%(words)s” may identify a person. Change it; nothing was saved.")
                self.add_error(name, message % {"words": text})
        return data


class ScreenedDocumentForm(BaseDocumentForm):
    """What stands in a document is read as it is in a file on a request, and cleaned.

    As in all of the admin, names do not ask: authors and sources are named in papers.
    """

    have_read = forms.BooleanField(
        required=False,
        label=gettext_lazy("I have read its pictures and scanned pages"),
        help_text=gettext_lazy("Needed where there are any: nothing points to a child or family."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" not in self.fields:
            self.fields.pop("have_read", None)

    def full_clean(self) -> None:
        """Wagtail keeps the file of a form that is wrong elsewhere; only a cleaned one may stay."""
        super().full_clean()
        if self.is_bound and self.errors and "file" in self.files and "file" not in self.errors:
            self.add_error("file", _("Choose the file again; nothing was saved."))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        for name in ("title", "tags"):
            text = data.get(name) or ""
            if blocks(screen(text if isinstance(text, str) else " ".join(text))):
                self.add_error(name, _("This may identify a person. Change it."))
        file = data.get("file")
        if file and "file" in self.changed_data:
            try:
                data["file"] = self._cleaned(file)
            except ValidationError as error:
                self.add_error("file", error)
        return data

    def _cleaned(self, file: Any) -> InMemoryUploadedFile:
        inspected = documents.inspect(file.name, file.read())
        if inspected.blocking:
            words = [_("%(found)s. Nothing was saved.") % {"found": f} for f in inspected.blocking]
            raise ValidationError(words)
        if inspected.unread and not self.cleaned_data.get("have_read"):
            where = ", ".join(str(place) for place in inspected.unread)
            raise ValidationError(
                _("The portal cannot read everything in it (%(where)s). Read it and say so.")
                % {"where": where}
            )
        made = documents.cleaned(inspected)
        if inspected.unread:
            kept = [("file", "unread", "read_it")] * len(inspected.unread)
            overrides.count(ScreenedDocumentForm.__name__, kept)
        return InMemoryUploadedFile(
            BytesIO(made), "file", file.name, file.content_type, len(made), None
        )
