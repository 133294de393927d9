"""The admin's form of an image: its title, its description and its file's name are screened."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import UnidentifiedImageError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.core.privacy import blocks, screen


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
