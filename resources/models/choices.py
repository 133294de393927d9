"""What is chosen from a fixed list on a page of the library."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    TEMPLATE = "template", _("Template")
    CHECKLIST = "checklist", _("Checklist")
    GUIDE = "guide", _("Guide")
    QUICK_GUIDE = "quick-guide", _("Quick guide")
    TIP_SHEET = "tip-sheet", _("Tip sheet")
    TOOL = "tool", _("Tool")
    TOOLKIT = "toolkit", _("Toolkit")
    BRIEF = "brief", _("Brief")
    RESEARCH = "research", _("Research brief")
    WORKSHEET = "worksheet", _("Worksheet")
    VIDEO = "video", _("Video")
    RECORDING = "recording", _("Recording")
    GUIDANCE = "guidance", _("Guidance")


class Sensitivity(models.IntegerChoices):
    PLAIN = 1, _("1: nothing hard")
    GENERAL = 2, _("2: speaks of exploitation in general terms")
    HARD = 3, _("3: hard to read")


class Language(models.TextChoices):
    """Languages by their tag in the page (BCP 47): those spoken most in Massachusetts."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    PORTUGUESE = "pt", _("Portuguese")
    HAITIAN = "ht", _("Haitian Creole")
    CAPE_VERDEAN = "kea", _("Cape Verdean Creole")
    CHINESE = "zh", _("Chinese")
    VIETNAMESE = "vi", _("Vietnamese")
    KHMER = "km", _("Khmer")
    ARABIC = "ar", _("Arabic")
    RUSSIAN = "ru", _("Russian")
    FRENCH = "fr", _("French")


RIGHT_TO_LEFT = frozenset({Language.ARABIC})


class MustRead(models.TextChoices):
    """Who has to say that they read a piece of guidance."""

    NOBODY = "nobody", _("Nobody")
    COORDINATORS = "coordinators", _("Coordinators")
    MEMBERS = "members", _("All team members")
    DISCIPLINES = "disciplines", _("The disciplines that the page is for")
