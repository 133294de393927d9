"""The admin's form of an image: its title, its description and its file's name are screened."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from portal.core.privacy import blocks, screen


class ScreenedImageForm(BaseImageForm):
    """Nothing that may identify a child is stored with a picture."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        texts = {name: str(data.get(name) or "") for name in ("title", "description")}
        texts["file"] = getattr(data.get("file"), "name", "") or ""
        for name, text in texts.items():
            if name in self.fields and blocks(screen(text)):
                message = _("“%(words)s” may identify a person. Change it; nothing was saved.")
                self.add_error(name, message % {"words": text})
        return data
