"""Why an upload is refused, in words that say what to do instead."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Any] = {
    "empty": _("The file is empty."),
    "large": _("The file is larger than 10 MB."),
    "name_long": _("The file’s name is longer than 120 characters. Give it a shorter one."),
    "name_signs": _("The file’s name holds signs that a name may not hold. Rename it."),
    "double": _("The file’s name has two endings, such as “.pdf.exe”. Rename it."),
    "no_extension": _("The file’s name has no ending that says what it is, such as “.pdf”."),
    "executable": _("The file is a program. Programs are not taken."),
    "archive": _("The file is an archive of other files. Attach each by itself."),
    "macro": _("The file holds macros. Save it without them, as DOCX or XLSX."),
    "html": _("The file is a web page. Save it as PDF."),
    "svg": _("The file is an SVG drawing, which can hold a program. Save it as PNG."),
    "old": _("The file is in an old Office format. Save it as DOCX, XLSX or PDF."),
    "kind": _("This kind of file is not taken: PDF, DOCX, XLSX, CSV, TXT, PNG and JPEG are."),
    "mismatch": _("The file is not what its name’s ending says."),
    "encrypted": _("The file is protected by a password. Save it without, then attach it."),
    "broken": _("The file is damaged or written in a way that the portal cannot read."),
    "bomb": _("The file unpacks to far more than its size. It was not opened."),
    "pages": _("The PDF has more than 300 pages. Attach the part that matters."),
    "long": _("The file holds more text than the portal reads. Attach the part that matters."),
    "complex": _("The file is too involved to be read whole. Print it to a new PDF."),
    "embedded": _("The file has another file inside, perhaps behind a chart. Save it as PDF."),
    "remote": _("The file fetches a part of itself from elsewhere. Save it as PDF."),
    "picture": _("The picture has more than 40 million dots. Make it smaller."),
}


class Refused(ValidationError):
    """An upload that is not taken; `code` is a key of REASONS. It says nothing of the content."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason], code=reason)
        self.reason = reason

    def __reduce__(self) -> Any:
        return type(self), (self.reason,)
