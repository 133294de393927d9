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
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import PageManager, PagePermissionTester
from wagtail.query import PageQuerySet

from portal.core.blocks import ContentBlock, SourcesBlock, plain_text, reading_minutes
from portal.core.concerns_panel import ConcernsPanel
from portal.people import roles, scope
from portal.people.aliases import person_ids
from portal.people.audience import AudiencePage, readable_q
from portal.people.models import User
from resources.forms import ResourceForm
from resources.models import reading
from resources.models.choices import RIGHT_TO_LEFT, Kind, Language, MustRead, Sensitivity


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

    def must_be_read_by(self, user: Any) -> Self:
        """Keep what the person has to say that they read; `policies.must_read` agrees."""
        asked: Self = self.visible_to(user).filter(_asked_of(user))
        return asked

    def unread_by(self, user: User) -> Self:
        """Keep what the person has not said yet that they read, in the version it has now."""
        unread: Self = self.must_be_read_by(user).exclude(reading.read_by(person_ids(user)))
        return unread

    def that_must_be_read(self) -> Self:
        """Keep the published guidance that somebody has to read."""
        asked: Self = self.live().exclude(must_read=MustRead.NOBODY)
        return asked

    def review_due(self) -> Self:
        """Keep the published pages whose review date has passed (America/New_York)."""
        due: Self = self.live().filter(review_by__lt=timezone.localdate())
        return due


def _asked_of(user: Any) -> models.Q:
    """The condition that a page must be read by a person; one query when it is built."""
    asked = models.Q(pk__in=[])
    if roles.is_coordinator(user):
        asked |= models.Q(must_read=MustRead.COORDINATORS)
    if roles.is_member(user) and scope.own_centers(user).exists():
        of_discipline = ResourcePage.disciplines.through.objects.filter(
            discipline_id=user.discipline_id
        )
        asked |= models.Q(must_read=MustRead.MEMBERS)
        asked |= models.Q(
            must_read=MustRead.DISCIPLINES, pk__in=of_discipline.values("resourcepage_id")
        )
    return asked


class ResourceTopic(TaggedItemBase):
    """A page is about a topic."""

    content_object = ParentalKey(
        "resources.ResourcePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ResourceRights(PagePermissionTester):
    """Nobody publishes directly what is hard to read."""

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and not self.page.is_hard


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
    language = models.CharField(
        _("language"), max_length=10, choices=Language, default=Language.ENGLISH
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
    must_read = models.CharField(
        _("who must say that they read it"),
        max_length=20,
        choices=MustRead,
        default=MustRead.NOBODY,
        help_text=_("For guidance; a new version asks them again"),
    )
    what_changed = models.TextField(
        _("what changed in this version"),
        blank=True,
        help_text=_("Two or three sentences for somebody who knows the version before"),
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
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language"), FieldPanel("sensitivity")]),
        FieldPanel("body"),
        InlinePanel("files", label=_("File"), heading=_("Files that come with it")),
        MultiFieldPanel([FieldPanel("sources"), FieldPanel("source")], _("Where it comes from")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("version"), FieldPanel("effective_on")]),
                FieldRowPanel([FieldPanel("review_by"), FieldPanel("kept_by")]),
                FieldPanel("replaces"),
            ],
            _("Keeping it current"),
        ),
        MultiFieldPanel(
            [FieldPanel("must_read"), FieldPanel("what_changed")], _("Guidance that must be read")
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
    def is_in_english(self) -> bool:
        return self.language == Language.ENGLISH

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def is_hard(self) -> bool:
        """Say whether the review panel reads it first: the draft, or what is published, is hard."""
        levels = [self.sensitivity]
        if self.pk:
            stored = ResourcePage.objects.filter(pk=self.pk, live=True)
            levels += stored.values_list("sensitivity", flat=True)
        return max(levels) >= Sensitivity.HARD

    def permissions_for_user(self, user: Any) -> Any:
        """What is hard to read is published by its review alone, whoever asks."""
        return ResourceRights(user, self)

    def plain_text(self) -> str:
        return plain_text(self.body)

    def concerns(self) -> Iterator[str]:
        from resources import concerns

        return concerns.of_resource(self)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Count the reading minutes whenever the text is about to be stored."""
        self.minutes = reading_minutes(f"{self.line} {self.plain_text()}")
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources import showing

        return {**super().get_context(request, *args, **kwargs), **showing.of(self, request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from resources import usage

        if not getattr(request, "is_preview", False):
            usage.record(person=request.user, page=self)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response
