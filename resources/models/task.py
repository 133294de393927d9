"""The step of the review: one of the program managers approves."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from resources.review import ScreensComments


class GuidanceReviewTask(ScreensComments, AbstractGroupApprovalTask):
    """Wagtail's group approval, with the reviewer's comment screened."""

    class Meta:
        verbose_name = _("guidance review")

    @classmethod
    def get_description(cls) -> Any:
        return _("A program manager approves and publishes, or asks for changes")
