"""A certificate freezes what was promised."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Certificate(models.Model):
    """What the paper says, as JSON of the day it was issued, and the hash of its PDF.

    `code` has 128 random bits and is all that a verifier needs. A reissue is a new row that points
    at the one it supersedes; the old code still resolves and says so.
    """

    completion = models.ForeignKey(
        "training.Completion", models.PROTECT, related_name="certificates"
    )
    code = models.CharField(max_length=32, unique=True)
    content = models.JSONField()
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["completion"],
                condition=models.Q(supersedes__isnull=True),
                name="first_certificate_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Certificate {self.pk}"
