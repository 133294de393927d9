"""The manuscript: a module is one Wagtail page. Learners never read it; they read a release."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portal.core.blocks import SourcesBlock
from portal.people import audience
from portal.people.audience import AudiencePage
from training import panels
from training.blocks import SENSITIVITY, LessonsBlock, LinesBlock, QuizBlock
from training.forms import ModulePageForm


class TrainingIndexPage(AudiencePage):
    """The section of the page tree that holds pathways and modules."""

    max_count = 1
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["training.PathwayPage", "training.ModulePage"]


class ModuleTopic(TaggedItemBase):
    content_object = ParentalKey(
        "training.ModulePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ModuleQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Keep the published modules whose audience the person belongs to."""
        kept: Self = self.live().filter(audience.readable_q(user))
        return kept

    def with_release(self) -> Self:
        """Add `release_minutes`, `release_number` and `release_edition` of the newest release
        (None without one)."""
        from training.models.release import ModuleRelease

        newest = ModuleRelease.objects.filter(page=models.OuterRef("pk")).newest_first()
        annotated: Self = self.annotate(
            release_minutes=models.Subquery(newest.values("minutes")[:1]),
            release_number=models.Subquery(newest.values("number")[:1]),
            release_edition=models.Subquery(newest.values("edition")[:1]),
        )
        return annotated

    def with_completed(self) -> Self:
        """Add `completed`, the number of completions that stand; it counts them all."""
        from training.models.completion import Completion

        standing = Completion.objects.standing().filter(module=models.OuterRef("pk"))
        counts = standing.values("module").annotate(n=models.Count("pk")).values("n")
        annotated: Self = self.annotate(completed=Coalesce(models.Subquery(counts), 0))
        return annotated

    def about(self, topic: str) -> Self:
        kept: Self = self.filter(tagged_items__tag__slug=topic)
        return kept

    def for_discipline(self, slug: str) -> Self:
        """Keep the modules written for a discipline, and those written for everyone."""
        everyone = models.Q(disciplines__isnull=True)
        kept: Self = self.filter(everyone | models.Q(disciplines__slug=slug)).distinct()
        return kept


class ModulePage(AudiencePage):
    """A module as its authors write it: one publish moment, one workflow, one preview."""

    class ChangeKind(models.TextChoices):
        EDITORIAL = "editorial", _("Editorial: wording only, everyone gets it at once")
        SUBSTANTIVE = "substantive", _("Substantive: people under way keep what they began")

    code = models.CharField(max_length=10, unique=True, help_text=_("F04"))
    summary = models.TextField(blank=True, help_text=_("What it is, in two sentences"))
    objectives = StreamField(LinesBlock(), blank=True)
    topics = ClusterTaggableManager(through=ModuleTopic, blank=True)
    disciplines = ParentalManyToManyField(
        "people.Discipline", blank=True, help_text=_("Leave empty when it is for everyone")
    )
    sensitivity = models.PositiveSmallIntegerField(choices=SENSITIVITY, default=1)
    sensitivity_note = models.CharField(
        max_length=300, blank=True, help_text=_("What the level means here, in one sentence")
    )
    quiz_draw = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        verbose_name=_("Questions drawn"),
        validators=[MinValueValidator(1)],
        help_text=_(
            "How many of the questions each try takes, drawn anew. Leave empty to ask them all. "
            "Questions that are asked six months later too are always among them."
        ),
    )
    pass_mark = models.PositiveSmallIntegerField(
        default=80,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Per cent of the quiz"),
    )
    review_by = models.DateField(null=True, blank=True, help_text=_("Read again by this day"))
    sources = StreamField(SourcesBlock(), blank=True)
    lessons = StreamField(LessonsBlock(), blank=True)
    quiz = StreamField(QuizBlock(), blank=True)
    is_in_preparation = models.BooleanField(
        default=False,
        help_text=_("Shown in the catalogue as being prepared; nobody can start it yet"),
    )
    planned_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("A plan, never shown as credit")
    )
    planned_lessons = StreamField(LinesBlock(), blank=True)
    change_kind = models.CharField(
        max_length=12,
        choices=ChangeKind,
        default=ChangeKind.EDITORIAL,
        verbose_name=_("This change is"),
        help_text=_(
            "Adding, removing or reordering lessons or questions, right answers and the pass mark "
            "are substantive whatever is chosen here."
        ),
    )
    what_changed = models.TextField(
        blank=True,
        help_text=_(
            "For a substantive change: two or three sentences for somebody who knows the earlier "
            "version. Reviewers read them, and past completers if you offer it."
        ),
    )
    offers_update = models.BooleanField(
        _("Offer this to people who completed an earlier version"),
        default=False,
        help_text=_(
            "They are shown what changed and can read the new text. Their completion, certificate "
            "and credit stay as they are."
        ),
    )

    objects = PageManager.from_queryset(ModuleQuerySet)()

    base_form_class = ModulePageForm
    parent_page_types: ClassVar = ["training.TrainingIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [*AudiencePage.content_panels, *panels.MODULE]
    template = "training/preview.html"
    exclude_fields_in_copy: ClassVar = ["code"]

    class Meta:
        verbose_name = _("module")

    @property
    def release_label(self) -> str:
        """Return "1.2" for number 1, edition 2; needs `with_release`."""
        number = getattr(self, "release_number", None)
        return f"{number}.{self.release_edition}" if number else ""

    @property
    def minutes(self) -> int:
        """Clock minutes of the manuscript; what is published stands in the release."""
        from training import minutes

        return minutes.of_module(self)

    def concerns(self) -> Iterator[str]:
        from training import concerns

        return concerns.of_module(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Serving is for previews: learners are answered by the views over releases."""
        from training import releases

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **releases.draft(self)}

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        from training import preview

        return preview.MODES

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Wagtail's stand-in for a request has no query, so the lesson asked for comes along."""
        lesson = original_request.GET.get("lesson", "") if original_request else ""
        attributes = {**(extra_request_attrs or {}), "preview_lesson": lesson}
        answer: HttpResponse = super().make_preview_request(
            original_request, preview_mode, attributes
        )
        return answer

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from training import preview

        if mode_name == preview.LEARNER:
            return preview.lesson(request, self)
        answer: HttpResponse = super().serve_preview(request, mode_name)
        return answer

    @transaction.atomic
    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        """Publish, and make the release in the same transaction."""
        from training import releases

        super().publish(revision, user=user, **kwargs)
        releases.follow_publication(self.pk, revision_id=revision.pk, by=user)
