"""Suggestions of readers about a text: made once, answered once by whoever keeps it.

What a suggestion is about, and who may answer it, the apps say; what is the same stands here.
"""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import mail
from portal.core.privacy.forms import ScreenedCharField, ScreenedForm
from portal.people import aliases, retention, roles, scope
from portal.people.aliases import person_ids
from portal.people.models import User

TEXT_KEPT = timedelta(days=2 * 365)
OWN = "own"


class NotAllowed(Exception):
    """The text, the key or the suggestion is not this person's, or it is answered already."""


class SuggestionQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(state=Suggestion.State.OPEN)

    def answered(self) -> Self:
        return self.exclude(state=Suggestion.State.OPEN)

    def made_by_person(self, user: User) -> Self:
        """Keep the own ones, those of merged accounts included."""
        return self.filter(made_by__in=person_ids(user))

    def to_answer_by(self, user: Any) -> Self:
        """Keep what the person may answer. Each app says what that is; none by default."""
        return self.none()

    def visible_to(self, user: Any) -> Self:
        """Keep what is to answer and what one suggested oneself."""
        if not roles.is_member(user):
            return self.none()
        to_answer = self.to_answer_by(user).values("pk")
        return self.filter(Q(pk__in=to_answer) | Q(made_by__in=person_ids(user)))

    def of_view(self, user: User, view: str) -> Self:
        """Keep what a list shows: the own ones, those to answer (oldest first), or the answered."""
        if view == OWN:
            return self.made_by_person(user)
        rows = self.to_answer_by(user)
        return rows.open().order_by("made_at", "pk") if view == "open" else rows.answered()


class Suggestion(models.Model):
    """A screened suggestion, and what became of it. Subclasses have `text`, a kind, its subject."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Taken up")
        DECLINED = "declined", _("Not taken up")

    IS_WHOLE: ClassVar = Q(state="open", answered_at__isnull=True, answered_by__isnull=True) | (
        ~Q(state="open") & Q(answered_at__isnull=False, answered_by__isnull=False)
    )

    key = models.UUIDField(unique=True, help_text="Made by the form: a second post is harmless")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Suggestion {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class AnswerForm(ScreenedForm):
    state = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[
            (Suggestion.State.DONE, _("It is taken up")),
            (Suggestion.State.DECLINED, _("It is not taken up")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it")},
    )
    text = ScreenedCharField(
        label=_("A word to whoever wrote it"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def text_field() -> ScreenedCharField:
    """Return the field of an edit that is suggested."""
    return ScreenedCharField(
        label=_("Your suggestion"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "About the text alone: which words, and what they should say. No case, no names, "
            "initials or dates."
        ),
        error_messages={"required": _("Enter your suggestion")},
    )


def settle(row: Suggestion, template: str, *, by: User, state: str, text: str) -> None:
    """Answer a locked suggestion, and mail that to whoever made it. The right to it was checked."""
    row.state = Suggestion.State(state)
    row.answer, row.answered_by, row.answered_at = text, by, timezone.now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    maker = aliases.resolve(row.made_by)
    if maker.pk != by.pk:
        _mail(maker, template, row)


def tell(keeper: User | None, template: str, row: Suggestion) -> None:
    """Mail a new suggestion to who keeps the text and works in the admin; else the managers."""
    works = keeper is not None and roles.may_open_cms(keeper)
    for user in [keeper] if keeper is not None and works else scope.managers():
        if user.pk != row.made_by_id:
            _mail(user, template, row)


def _mail(user: User, template: str, row: Any) -> None:
    key = f"{template}:{row.pk}"
    context = {"path": row.get_absolute_url()}
    mail.queue(user.pk, template, subject_key=key, context=context, about=row)


def keep_short(model: Any, key: str, words: Promise) -> None:
    """Say to retention that the words go two years after the answer."""
    retention.register(
        retention.Rule(
            key,
            words,
            _("2 years after the answer, then the record alone"),
            lambda: model.objects.filter(answered_at__lt=timezone.now() - TEXT_KEPT).exclude(
                text="", answer=""
            ),
            lambda rows: rows.update(text="", answer=""),
            "made_by",
        )
    )
