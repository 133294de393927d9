"""Closed lists of a request. Coarse on purpose: nothing here may point at a child."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestType(models.TextChoices):
    INFORMATION = "information", _("Information and referral")
    REVIEW = "review", _("Document or template review")
    PROTOCOL = "protocol", _("Protocol or MOU consultation")
    TRAINING = "training", _("Training request")
    PRACTICE = "practice", _("Practice consultation (process only)")
    DATA = "data", _("Data and reporting")
    PARTNER = "partner", _("Partner coordination")
    POLICY = "policy", _("Policy routing")
    WELLNESS = "wellness", _("Staff wellness")
    PORTAL = "portal", _("Portal help")


class Urgency(models.TextChoices):
    ROUTINE = "routine", _("Routine")
    WEEK = "week", _("This week")
    TODAY = "today", _("Today")


class Setting(models.TextChoices):
    CONFERENCE = "conference", _("Case conference or team meeting")
    CENTER = "center", _("At the center")
    AGENCY = "agency", _("Within one agency")
    COURT = "court", _("Court or prosecution")
    CARE = "care", _("Congregate or foster care")
    HEALTH = "health", _("Health care")
    SCHOOL = "school", _("School")
    ONLINE = "online", _("Online")
    OTHER = "other", _("Somewhere else, or not about a place")


class AgeBand(models.TextChoices):
    CHILDREN = "children", _("Children")
    TEENAGERS = "teenagers", _("Teenagers")
    ADULTS = "adults", _("Young adults")
    ALL = "all", _("All ages")


class Stage(models.TextChoices):
    PREPARING = "preparing", _("Preparing or planning")
    FIRST = "first", _("First response")
    ONGOING = "ongoing", _("Ongoing work")
    AFTER = "after", _("Afterwards, looking back")


# Topics offered while writing; tags, so that staff may give others.
TOPICS = [
    ("coordination", _("Coordination")),
    ("facilitation", _("Facilitation")),
    ("protocol", _("Protocols and MOUs")),
    ("confidentiality", _("Confidentiality")),
    ("screening", _("Screening and identification")),
    ("inclusion", _("Inclusion")),
    ("peer-support", _("Peer support")),
    ("caregivers", _("Caregivers")),
    ("online", _("Online exploitation")),
    ("legal", _("Law and policy")),
    ("access", _("Access and language")),
    ("training", _("Training")),
    ("accreditation", _("Accreditation")),
    ("reporting", _("Data and reporting")),
    ("onboarding", _("Onboarding")),
    ("wellness", _("Staff wellness")),
]


def topic_label(name: str) -> str:
    """Return a topic in words; one that staff gave besides those offered stands as it is."""
    return str(dict(TOPICS).get(name, name))
