"""A certificate freezes what was promised."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from portal.people import scope
from portal.people.aliases import person_ids
from portal.people.models import PersonAlias, User
from portal.people.models.person import UserQuerySet


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: User) -> Self:
        """Keep the own ones; for a coordinator those of the centers' members; for a manager all."""
        if scope.is_statewide(user):
            return self
        own = models.Q(completion__person_id__in=person_ids(user))
        team = UserQuerySet(User).of_centers(scope.center_ids(user)).values("pk")
        return self.filter(own | models.Q(completion__person_id__in=team))

    def standing(self) -> Self:
        """Leave out what was revoked, superseded, or whose completion was annulled."""
        return self.filter(revoked_at=None, superseded_by=None, completion__annulment__isnull=True)

    def ready(self) -> Self:
        """Keep those whose PDF is made."""
        return self.exclude(pdf_sha256="")

    def counting_for(self, person_ids: Any) -> Self:
        """Keep what counts for people, merged accounts included; a list or a subquery of ids."""
        merged = PersonAlias.objects.standing().filter(person__in=person_ids)
        own = models.Q(completion__person__in=person_ids)
        return self.filter(own | models.Q(completion__person__in=merged.values("alias")))


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
    pdf_sha256 = models.CharField(max_length=64, blank=True, help_text="Empty until it is made")
    pdf_standard = models.CharField(
        max_length=10,
        blank=True,
        help_text="ua-1; empty where a name holds a sign that no font of ours has",
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

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

    @property
    def file_name(self) -> str:
        """Where the PDF stands in the storage."""
        return f"certificates/{self.code}.pdf"

    @property
    def is_ready(self) -> bool:
        return bool(self.pdf_sha256)

    @property
    def is_superseded(self) -> bool:
        return hasattr(self, "superseded_by")
