"""The library and its pages."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portal.core.blocks import ContentBlock, SourcesBlock, plain_text, reading_minutes
from portal.core.concerns_panel import ConcernsPanel
from portal.people.audience import AudiencePage, readable_q
from resources.forms import ResourceForm


class Kind(models.TextChoices):
    TEMPLATE = "template", _("Template")
    CHECKLIST = "checklist", _("Checklist")
    GUIDE = "guide", _("Guide")
    QUICK_GUIDE = "quick-guide", _("Quick guide")
    TIP_SHEET = "tip-sheet", _("Tip sheet")
    TOOLKIT = "toolkit", _("Toolkit")
    BRIEF = "brief", _("Brief")
    WORKSHEET = "worksheet", _("Worksheet")
    GUIDANCE = "guidance", _("Guidance")


class Sensitivity(models.IntegerChoices):
    PLAIN = 1, _("1: nothing hard")
    GENERAL = 2, _("2: speaks of exploitation in general terms")
    HARD = 3, _("3: hard to read")


class LibraryPage(AudiencePage):
    """The section of the page tree that holds the library; a view of ours shows it."""

    max_count = 1
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["resources.ResourcePage"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []


class ResourcePageQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Keep the published pages whose audience the person belongs to."""
        shown: Self = self.live().filter(readable_q(user))
        return shown

    def for_discipline(self, slug: str) -> Self:
        """Keep what is written for a discipline or, naming none, for all."""
        named = models.Q(disciplines__slug=slug)
        found: Self = self.filter(named | models.Q(disciplines__isnull=True)).distinct()
        return found

    def review_due(self) -> Self:
        """Keep the published pages whose review date has passed (America/New_York)."""
        due: Self = self.live().filter(review_by__lt=timezone.localdate())
        return due


class ResourceTopic(TaggedItemBase):
    """A page is about a topic."""

    content_object = ParentalKey(
        "resources.ResourcePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ResourcePage(AudiencePage):
    """One resource: a template, checklist, guide or a piece of guidance."""

    line = models.CharField(
        _("in one line"), max_length=200, blank=True, help_text=_("Shown below the title in lists")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.GUIDE)
    topics = ClusterTaggableManager(
        through=ResourceTopic,
        blank=True,
        verbose_name=_("topics"),
        help_text=_("Two or three words each, separated by commas"),
    )
    disciplines = ParentalManyToManyField(
        "people.Discipline",
        blank=True,
        verbose_name=_("disciplines"),
        related_name="+",
        help_text=_("Leave empty when it is for everyone"),
    )
    sensitivity = models.PositiveSmallIntegerField(
        _("sensitivity"), choices=Sensitivity, default=Sensitivity.PLAIN
    )
    version = models.CharField(_("version"), max_length=20, default="1.0")
    effective_on = models.DateField(_("in effect from"), null=True, blank=True)
    review_by = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("Needed before it is published")
    )
    kept_by = models.ForeignKey(
        "people.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who keeps it up to date"),
    )
    source = models.TextField(
        _("source and license"), blank=True, help_text=_("Whose text it is and how it may be used")
    )
    body = StreamField(ContentBlock(required=False), blank=True, verbose_name=_("text"))
    sources = StreamField(SourcesBlock(required=False), blank=True, verbose_name=_("sources"))
    replaces = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    minutes = models.PositiveSmallIntegerField(
        _("reading minutes"), default=1, editable=False, help_text=_("Counted from the words")
    )

    objects: ClassVar[Any] = PageManager.from_queryset(ResourcePageQuerySet)()

    base_form_class = ResourceForm
    content_panels: ClassVar = [
        ConcernsPanel(heading=_("Words to look at")),
        TitleFieldPanel("title"),
        FieldPanel("line"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("sensitivity")]),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("sources"), FieldPanel("source")], _("Where it comes from")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("version"), FieldPanel("effective_on")]),
                FieldRowPanel([FieldPanel("review_by"), FieldPanel("kept_by")]),
                FieldPanel("replaces"),
            ],
            _("Keeping it current"),
        ),
    ]
    promote_panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("disciplines"), FieldPanel("topics")],
            _("Who it is for"),
        ),
        FieldPanel("slug"),
    ]
    parent_page_types: ClassVar = ["resources.LibraryPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "resources/resource_page.html"

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    @property
    def is_guidance(self) -> bool:
        return self.kind == Kind.GUIDANCE

    @property
    def is_overdue(self) -> bool:
        """Say whether the review date has passed (America/New_York)."""
        return self.review_by is not None and self.review_by < timezone.localdate()

    @property
    def newer(self) -> "ResourcePage | None":
        """Return the published page that replaces this one."""
        found: ResourcePage | None = (
            ResourcePage.objects.live().filter(replaces=self.pk).first() if self.pk else None
        )
        return found

    def plain_text(self) -> str:
        return plain_text(self.body)

    def concerns(self) -> Iterator[str]:
        from resources import concerns

        return concerns.of_resource(self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Count the reading minutes whenever the text is about to be stored."""
        self.minutes = reading_minutes(f"{self.line} {self.plain_text()}")
        super().full_clean(*args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from resources import usage

        if not getattr(request, "is_preview", False):
            usage.record(person=request.user, page=self)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response
