"""What lessons are made of. A block's id is the lesson's or the question's stable id."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.core.blocks import CalloutBlock, ProseBlock, StepsBlock
from training import scoring
from training.models.question import QuestionVersion

LESSON_FEATURES = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "blockquote"]
SENSITIVITY = [
    (1, _("1: procedure and practice, no description of harm")),
    (2, _("2: speaks of coercion and harm in general terms")),
    (3, _("3: speaks of coercion and harm at some length")),
]
SENSITIVE = 2  # from this level on, a lesson offers another version


class VignetteBlock(blocks.StructBlock):
    """A composite, labelled as fiction wherever it is shown."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = ProseBlock(label=_("Text"), features=["bold", "italic", "ul", "ol"])

    class Meta:
        label = _("Vignette")
        icon = "openquote"
        template = "blocks/vignette.html"


class VignetteChoiceBlock(blocks.StructBlock):
    """One thing that a person could do, and what comes of it. No choice is marked right."""

    text = blocks.CharBlock(label=_("What you could do"), max_length=200)
    outcome = blocks.TextBlock(label=_("What happens then"), rows=3)
    teaches = blocks.TextBlock(
        label=_("What this teaches"), rows=2, help_text=_("Never shaming: each choice has a reason")
    )


class ChoiceVignetteBlock(blocks.StructBlock):
    """A fictional situation with ways to go on. All are there to read; nothing is sent."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    situation = ProseBlock(label=_("Situation"), features=["bold", "italic", "ul", "ol"])
    choices = blocks.ListBlock(VignetteChoiceBlock(), label=_("Choices"), min_num=2, max_num=4)

    class Meta:
        label = _("Vignette with choices")
        icon = "openquote"
        template = "blocks/choice_vignette.html"


class VideoBlock(SnippetChooserBlock):
    """A video with its captions and its transcript; it counts its length in minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("training.Video", **kwargs)

    def get_searchable_content(self, value: Any) -> list[str]:
        # The title alone: a transcript's words would be counted beside the video's minutes.
        return [value.title] if value else []

    class Meta:
        label = _("Video")
        icon = "media"
        template = "blocks/video.html"


class DownloadBlock(blocks.StructBlock):
    """A paper to take along, by the checked address of its document."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    about = blocks.CharBlock(label=_("What it is, in one line"), max_length=200)

    class Meta:
        label = _("Download")
        icon = "download"
        template = "blocks/download.html"


class GlossaryBlock(blocks.StructBlock):
    """Words that the lesson uses, with the definitions of the day it is published."""

    terms = blocks.ListBlock(
        SnippetChooserBlock("training.GlossaryTerm"), label=_("Terms"), min_num=1, max_num=12
    )

    def get_searchable_content(self, value: Any) -> list[str]:
        return [f"{term.term}: {term.definition}" for term in value["terms"] if term]

    class Meta:
        label = _("Words used here")
        icon = "list-ul"
        template = "blocks/glossary.html"


class ReflectionBlock(blocks.StructBlock):
    """A private question. What is typed stays in the browser's tab and is never sent."""

    prompt = blocks.TextBlock(label=_("Prompt"), rows=3)

    class Meta:
        label = _("Reflection")
        icon = "edit"
        template = "blocks/reflection.html"


class MomentBlock(blocks.StructBlock):
    """A pause, always at hand and never pushed."""

    text = blocks.TextBlock(label=_("Text"), rows=3)

    class Meta:
        label = _("Take a moment")
        icon = "pause"
        template = "blocks/moment.html"


class LessonBodyBlock(blocks.StreamBlock):
    """A version of a lesson's text."""

    text = ProseBlock(features=LESSON_FEATURES)
    vignette = VignetteBlock()
    reflection = ReflectionBlock()
    moment = MomentBlock()
    steps = StepsBlock()
    callout = CalloutBlock()
    picture = ImageBlock(label=_("Picture"), template="blocks/picture.html")
    choice_vignette = ChoiceVignetteBlock()
    video = VideoBlock()
    download = DownloadBlock()
    glossary = GlossaryBlock()

    class Meta:
        template = "blocks/lesson_body.html"


class OptionBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Answer, or line"), rows=2)
    match = blocks.CharBlock(
        label=_("What belongs to it"),
        required=False,
        max_length=160,
        help_text=_("For matching alone. Two lines may share the same."),
    )
    correct = blocks.BooleanBlock(label=_("This is right"), required=False)
    feedback = blocks.TextBlock(
        label=_("Feedback"), rows=2, help_text=_("Shown beside the answer; never shaming")
    )


class QuestionBlock(blocks.StructBlock):
    """A question with its options. Which are right decides the score, so the rules are strict."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=QuestionVersion.Kind.choices,
        default=QuestionVersion.Kind.SINGLE,
        help_text=_(
            "Matching: each line with what belongs to it. In order: the lines in the right order. "
            "A word or a few: each answer that is accepted; case, marks and “the” do not count."
        ),
    )
    prompt = blocks.TextBlock(label=_("Question"), rows=2)
    options = blocks.ListBlock(OptionBlock(), label=_("Options"), min_num=1)
    hint = blocks.CharBlock(
        label=_("Hint after a wrong answer"),
        required=False,
        max_length=300,
        help_text=_("Where to look again; it must not give the answer away."),
    )
    linked = blocks.BooleanBlock(
        label=_("Ask it before the module and six months later as well"),
        required=False,
        help_text=_("In the quiz alone. The gain of a module is measured on these questions."),
    )

    class Meta:
        label = _("Question")
        icon = "help"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if message := _fault(cleaned["kind"], list(cleaned["options"])):
            raise StructBlockValidationError(non_block_errors=[ValidationError(message)])
        return cleaned


def _fault(kind: str, options: list[Any]) -> Any:
    """Return what is wrong with a question's options, or nothing."""
    Kind = QuestionVersion.Kind
    if kind == Kind.SHORT:
        return _fault_of_words(options)
    if kind == Kind.ORDERING:
        return None if len(options) > 2 else _("Give at least three lines to put in order.")
    if kind == Kind.MATCHING:
        return _fault_of_lines(options)
    right = [bool(option["correct"]) for option in options]
    if kind == Kind.TRUE_FALSE and len(right) != 2:
        return _("A true or false question has exactly two answers.")
    if kind != Kind.MULTIPLE:
        one = _("Mark exactly one answer as right, of two or more.")
        return None if sum(right) == 1 and len(right) > 1 else one
    if sum(right) < 2 or all(right):
        return _("Mark at least two answers as right, and leave at least one wrong.")
    return None


def _fault_of_lines(options: list[Any]) -> Any:
    keys = {scoring.plain(option["match"] or "") for option in options}
    if "" in keys:
        return _("Say for each line what belongs to it.")
    return None if len(keys) > 1 else _("Give at least two lines that differ in what belongs.")


def _fault_of_words(options: list[Any]) -> Any:
    if any(len(option["text"]) > scoring.LONGEST for option in options):
        return _("An accepted answer is a word or a few.")
    empty = any(not scoring.plain(option["text"]) for option in options)
    return _("An accepted answer needs letters or digits.") if empty else None


class LessonBlock(blocks.StructBlock):
    """One lesson: a text, another version of it where it is sensitive, and a knowledge check."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    sensitivity = blocks.ChoiceBlock(
        label=_("Sensitivity"), choices=[(str(n), label) for n, label in SENSITIVITY], default="1"
    )
    content_note = blocks.CharBlock(
        label=_("Content note"),
        required=False,
        max_length=300,
        help_text=_("One factual line, from sensitivity 2 on: what this lesson speaks of"),
    )
    body = LessonBodyBlock(label=_("Text"))
    alternative = LessonBodyBlock(
        label=_("The other version"),
        required=False,
        help_text=_(
            "Same length, less detail, same credit. The same check follows, so it must be "
            "answerable from either version."
        ),
    )
    checks = blocks.ListBlock(QuestionBlock(), label=_("Knowledge check"), min_num=1)

    class Meta:
        label = _("Lesson")
        icon = "doc-full"
        label_format = "{title}"
        form_attrs: ClassVar[dict[str, str]] = {}


class LessonsBlock(blocks.StreamBlock):
    lesson = LessonBlock()


class QuizBlock(blocks.StreamBlock):
    question = QuestionBlock()


class LinesBlock(blocks.StreamBlock):
    """Plain lines: objectives, planned titles."""

    line = blocks.CharBlock(max_length=255, label=_("Line"))
