"""Which money paid for something: one tag, so that nothing is counted for two funders."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Funding(models.TextChoices):
    VOCA = "voca", _("VOCA")
    CJA = "cja", _("CJA")
    STATE = "state", _("State line")
    OTHER = "other", _("Other")
