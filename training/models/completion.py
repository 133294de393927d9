"""A completion is a fact, not a state."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import PersonAlias

if TYPE_CHECKING:
    from training.models.enrolment import Enrolment


class CompletionQuerySet(models.QuerySet["Completion"]):
    def standing(self) -> Self:
        """Leave out what was annulled."""
        return self.filter(annulment__isnull=True)

    def with_title(self) -> Self:
        """Bring what the titles are read from, without the texts of releases and modules."""
        rows = self.select_related("release", "module", "attendance__session", "outside")
        return rows.only(
            "person",
            "enrolment",
            "minutes",
            "completed_at",
            "module__slug",
            "release__code",
            "release__title",
            "release__number",
            "release__edition",
            "attendance__session__title",
            "outside__title",
            "outside__provider",
        )

    def with_topics(self) -> Self:
        """Add `topics`, what it is about: slugs of the list, or a module's own words."""
        topics = Coalesce(
            models.F("release__outline__topics"),
            models.F("attendance__session__topics"),
            models.F("outside__topics"),
        )
        return self.annotate(topics=topics)

    def with_counted_person(self) -> Self:
        """Add `counted_person`: the id of whom the completion counts for, merges resolved."""
        merged = PersonAlias.objects.standing().filter(alias_id=models.OuterRef("person_id"))
        person = models.Subquery(merged.values("person_id")[:1])
        return self.annotate(
            counted_person=Coalesce(
                person, models.F("person_id"), output_field=models.BigIntegerField()
            )
        )

    def counting_for(self, person_ids: Any) -> Self:
        """Keep what counts for the people; a list or a subquery of ids.

        It begins at the people: to ask each completion whom it counts for reads all there are.
        """
        merged = PersonAlias.objects.standing()
        own = models.Q(person__in=person_ids) & ~models.Q(person__in=merged.values("alias_id"))
        theirs = merged.filter(person__in=person_ids).values("alias_id")
        return self.filter(own | models.Q(person__in=theirs))


SOURCES = ("enrolment", "module", "release", "attendance", "outside")


def _only(*names: str) -> models.Q:
    return models.Q(**{f"{name}__isnull": name not in names for name in SOURCES})


class Completion(models.Model):
    """A person completed a release of a module, a live session, or training elsewhere.

    Insert-only; a correction is an annulment, a row of its own. Exactly one of `enrolment` (with
    module and release), `attendance` and `outside` says where from. Discipline and center are
    those of the day, so that reports need not guess later. `minutes` are clock minutes: the
    release's published ones, those of the session that count, those of the paper.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="completions")
    enrolment = models.OneToOneField("training.Enrolment", models.PROTECT, null=True)
    module = models.ForeignKey(
        "training.ModulePage", models.PROTECT, null=True, related_name="completions"
    )
    release = models.ForeignKey("training.ModuleRelease", models.PROTECT, null=True)
    attendance = models.OneToOneField("training.Attendance", models.PROTECT, null=True)
    outside = models.OneToOneField("training.OutsideTraining", models.PROTECT, null=True)
    completed_at = models.DateTimeField(default=timezone.now)
    minutes = models.PositiveSmallIntegerField()
    discipline = models.ForeignKey("people.Discipline", models.PROTECT, null=True)
    center = models.ForeignKey(
        "people.Center", models.PROTECT, null=True, help_text="The first of the person's centers"
    )

    objects = CompletionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["completed_at"]),
            models.Index(fields=["person", "completed_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=_only("enrolment", "module", "release")
                | _only("attendance")
                | _only("outside"),
                name="completion_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Completion {self.pk}"

    @property
    def way(self) -> "Enrolment":
        """Return the way through the module; ask only of a completed module."""
        assert self.enrolment is not None  # noqa: S101  see above
        return self.enrolment

    @property
    def source(self) -> str:
        """Return module, live or outside."""
        if self.enrolment_id is not None:
            return "module"
        return "live" if self.attendance_id is not None else "outside"

    @property
    def title(self) -> str:
        """Return what was completed, in the words of the day. Needs `with_title`."""
        if self.release is not None:
            return self.release.title
        if self.attendance is not None:
            return self.attendance.session.title
        return self.outside.title if self.outside is not None else ""

    @property
    def code(self) -> str:
        """Return the module's code; nothing for other training."""
        return self.release.code if self.release is not None else ""

    @property
    def activity(self) -> tuple[str, int]:
        """Return what it is the same as: a module, a session or a paper may count once a window.

        Needs `with_title`.
        """
        if self.module_id is not None:
            return "module", self.module_id
        if self.attendance is not None:
            return "session", self.attendance.session_id
        return "outside", self.outside_id or 0


class CompletionAnnulment(models.Model):
    """A completion does not count: who said so, when, and why (one of a fixed list)."""

    class Reason(models.TextChoices):
        WRONG_PERSON = "wrong_person", _("Recorded for the wrong person")
        DUPLICATE = "duplicate", _("Recorded twice")
        ERROR = "error", _("Recorded in error")

    completion = models.OneToOneField(Completion, models.PROTECT, related_name="annulment")
    reason = models.CharField(max_length=20, choices=Reason)
    annulled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    annulled_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"Annulment of {self.completion_id}"
