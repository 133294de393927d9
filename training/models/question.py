"""Questions by version, attempts, and what was answered."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class QuestionVersion(models.Model):
    """One wording of a question. Insert-only; `question_id` is the block's stable id.

    `options` is a list of {"id", "text", "correct", "feedback"}, and "match" for what belongs to a
    line; of ordering they stand in the right order, of a short text they are what is accepted.
    What is right never leaves the server before an attempt is closed and passed.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", "One answer"
        MULTIPLE = "multiple", "Several answers"
        TRUE_FALSE = "true_false", "True or false"
        MATCHING = "matching", "Match each line"
        ORDERING = "ordering", "Put in order"
        SHORT = "short", "A word or a few"

    question_id = models.CharField(max_length=36)
    kind = models.CharField(max_length=12, choices=Kind)
    prompt = models.TextField()
    options = models.JSONField()
    hint = models.CharField(
        max_length=300, blank=True, help_text="After a wrong answer of lines or words"
    )
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question_id", "sha256"], name="question_version_once"),
        ]

    def __str__(self) -> str:
        return self.prompt[:60]


class QuizAttempt(models.Model):
    """One try at a lesson's check or a module's questions; order and rules are frozen in it.

    The linked questions of a module are asked before it, in its quiz and six months later; those
    missed then can be practised again.
    """

    class Kind(models.TextChoices):
        CHECK = "check", "Knowledge check"
        QUIZ = "quiz", "Quiz"
        BEFORE = "before", "Before the module"
        LATER = "later", "Six months later"
        AGAIN = "again", "What was missed, once more"

    enrolment = models.ForeignKey("training.Enrolment", models.PROTECT, related_name="attempts")
    kind = models.CharField(max_length=10, choices=Kind)
    lesson_id = models.CharField(max_length=36, blank=True)
    question_ids = models.JSONField(help_text="Ids of question versions, in the order shown")
    pass_mark = models.PositiveSmallIntegerField(help_text="Per cent")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True, help_text="Per cent")
    passed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment", "kind", "lesson_id"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_attempt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of enrolment {self.enrolment_id}"


class Response(models.Model):
    """What was chosen for one question of an attempt. Insert-only."""

    attempt = models.ForeignKey(QuizAttempt, models.PROTECT, related_name="responses")
    question = models.ForeignKey(QuestionVersion, models.PROTECT)
    chosen = models.JSONField(help_text="What was picked, as `scoring` says")
    is_right = models.BooleanField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "question"], name="response_once"),
        ]

    def __str__(self) -> str:
        return f"Response {self.pk}"
