"""A video with everything that makes it reachable: captions, transcript, description."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.privacy.validators import validate_screened
from training import captions
from training.video_files import (
    STEMS,
    CheckedFile,
    CheckedFileField,
    forget,
    random_name,
    validate_video,
)


class Video(models.Model):
    """What a lesson plays. Once a release uses it, its files stay as they are (training.media).

    `digests` holds the sha256 of each stored file by its field. The length is typed by the author
    and is what counts as minutes.
    """

    class Language(models.TextChoices):
        AR = "ar", _("Arabic")
        EN = "en", _("English")
        ES = "es", _("Spanish")
        FR = "fr", _("French")
        HT = "ht", _("Haitian Creole")
        KEA = "kea", _("Cape Verdean Creole")
        KM = "km", _("Khmer")
        PT = "pt", _("Portuguese")
        RU = "ru", _("Russian")
        VI = "vi", _("Vietnamese")
        ZH = "zh", _("Chinese")

    title = models.CharField(max_length=160, validators=[validate_screened])
    file = CheckedFileField(
        _("video file"),
        upload_to=random_name,
        validators=[validate_video],
        help_text=_("MP4 or WebM, at most 200 MB"),
    )
    length_minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=0, validators=[MaxValueValidator(180)]
    )
    length_seconds = models.PositiveSmallIntegerField(
        _("seconds"), default=0, validators=[MaxValueValidator(59)]
    )
    lang = models.CharField(_("language"), max_length=3, choices=Language, default=Language.EN)
    captions = CheckedFileField(
        upload_to=random_name,
        validators=[captions.validate_captions],
        help_text=_("WebVTT (.vtt): every word that is spoken, and sounds that matter"),
    )
    transcript = models.TextField(
        validators=[validate_screened],
        help_text=_("All that is said, and all that is shown; a blank line between paragraphs"),
    )
    described = CheckedFileField(
        _("described version"),
        upload_to=random_name,
        blank=True,
        validators=[validate_video],
        help_text=_(
            "The same video with a voice that says what is shown; as long as the video itself, so "
            "that the captions fit both"
        ),
    )
    says_all = models.BooleanField(
        _("All that is shown is said"),
        default=False,
        help_text=_("Nobody needs to see the picture to follow: no described version is needed"),
    )
    digests = models.JSONField(default=dict, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        verbose_name = _("video")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(says_all=True) | ~Q(described=""), name="video_is_described"
            ),
            models.CheckConstraint(
                condition=Q(length_minutes__gt=0) | Q(length_seconds__gt=0),
                name="video_has_length",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the digests of new files; a file that was replaced goes."""
        # Locked, so that no release is made of a file that is being replaced.
        before = Video.objects.select_for_update().filter(pk=self.pk).first() if self.pk else None
        self.digests = {file.field.name: self._digest(file) for file in self.files()}
        super().save(*args, **kwargs)
        kept = {str(file.name) for file in self.files()}
        if before is not None:
            forget({str(file.name) for file in before.files()} - kept)

    @property
    def length(self) -> str:
        """The length as players write it: 4:05."""
        return f"{self.length_minutes}:{self.length_seconds:02}"

    @property
    def whole_minutes(self) -> int:
        """The length in minutes, rounded up."""
        return self.length_minutes + (self.length_seconds > 0)

    def files(self) -> Iterator[CheckedFile]:
        """Yield the files that there are."""
        for name in STEMS:
            if file := getattr(self, name):
                yield file

    def replaced(self) -> list[str]:
        """Return the fields whose stored file would be another one, or none, after saving."""
        before = Video.objects.filter(pk=self.pk).first() if self.pk else None
        if before is None:
            return []
        files = [(file.field.name, file) for file in before.files()]
        return [name for name, file in files if not file.is_kept_by(getattr(self, name))]

    def clean(self) -> None:
        faults: dict[str, Any] = {}
        if not self.described and not self.says_all:
            faults["described"] = _(
                "Add a described version, or tick that all that is shown is said."
            )
        if not (self.length_minutes or self.length_seconds):
            faults["length_minutes"] = _("Say how long the video is.")
        elif self._captions_go_on():
            faults["captions"] = _("The captions go on after the end of the video.")
        faults.update(self._held())
        if faults:
            raise ValidationError(faults)

    def _held(self) -> dict[str, Any]:
        from training import media

        replaced = self.replaced()
        is_held = bool(replaced) and bool(media.releases_with(Video.objects.get(pk=self.pk)))
        return {name: _("A published module uses this file, so it stays. Add a new video instead.")
                for name in replaced if is_held}  # fmt: skip

    def _captions_go_on(self) -> bool:
        """Say whether a caption begins after the typed length."""
        own: CheckedFile = self.captions  # type: ignore[assignment]
        if not own or self.length_seconds is None or self.length_minutes is None:
            return False
        try:
            cues = captions.parse(b"".join(own.pieces()))
        except (captions.Faulty, FileNotFoundError):
            return False  # the field says what is wrong with it
        return cues[-1].start >= (self.length_minutes * 60 + self.length_seconds) * 1000

    def _digest(self, file: CheckedFile) -> str:
        if not file.is_new and file.field.name in self.digests:
            return str(self.digests[file.field.name])
        return file.sha256()
