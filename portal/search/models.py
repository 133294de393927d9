"""What search knows: one record per thing found, its readers, its facets; and the query log."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class SearchRecordQuerySet(models.QuerySet["SearchRecord"]):
    def not_expired(self) -> Self:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))


class SearchRecord(models.Model):
    """One thing that can be found. Its words stand in a full-text table beside it (fulltext.py)."""

    source = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=400)
    kind = models.CharField(max_length=40)
    sensitivity = models.PositiveSmallIntegerField(null=True)
    dated_at = models.DateTimeField(help_text="What newest means; UTC")
    expires_at = models.DateTimeField(null=True, help_text="Not found from then on; UTC")
    digest = models.CharField(max_length=64, help_text="Of all that was indexed")

    objects = SearchRecordQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "object_id"], name="search_record_once")
        ]
        indexes: ClassVar = [models.Index(fields=["-dated_at", "-id"])]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id}"


class SearchPrincipal(models.Model):
    """Whoever holds the token may find the record. A record without one is found by nobody."""

    record = models.ForeignKey(SearchRecord, models.CASCADE, related_name="principals")
    token = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "record"], name="search_principal_once")
        ]

    def __str__(self) -> str:
        return f"{self.token} finds {self.record_id}"


class SearchFacet(models.Model):
    """A record counts under a value of a facet."""

    record = models.ForeignKey(SearchRecord, models.CASCADE, related_name="facets")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=100)
    label = models.CharField(max_length=160)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "value", "record"], name="search_facet_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class SearchVersionQuerySet(models.QuerySet["SearchVersion"]):
    def waiting(self) -> Self:
        """Keep what changed since Elasticsearch was told."""
        return self.filter(brought__lt=F("version"))


class SearchVersion(models.Model):
    """How often a record changed, and up to which change Elasticsearch knows it.

    Counted up in the transaction of the change, so it is the outbox of search: a row whose
    `brought` is behind still waits. It stays when the record goes, since that is news as well.
    """

    source = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    version = models.PositiveBigIntegerField(default=1)
    brought = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = SearchVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "object_id"], name="search_version_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=Q(brought__lt=F("version")), name="search_version_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id} {self.version}"


class SearchQuery(models.Model):
    """What was searched for on a day, and how much was found; by nobody in particular.

    Kept only where the screen for identifying details finds nothing at all in the text.
    """

    day = models.DateField(default=timezone.localdate)
    text = models.CharField(max_length=256)
    times = models.PositiveIntegerField(default=1)
    hits = models.PositiveIntegerField(help_text="Found the last time")

    class Meta:
        verbose_name_plural = "search queries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "text"], name="search_query_once_a_day")
        ]

    def __str__(self) -> str:
        return self.text
