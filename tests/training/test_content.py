"""The modules that come with the portal are whole, and loading them twice changes nothing."""

from datetime import UTC, datetime

import pytest

from portal.core.blocks import plain_text
from tests.training.factories import draft_module
from training import concerns, content_loader
from training.blocks import SENSITIVE, LessonsBlock, QuizBlock
from training.forms import blocking
from training.models import ModulePage, ModuleRelease, PathwayPage, QuestionVersion
from training.outline import Outline

pytestmark = pytest.mark.django_db
WRITTEN = tuple(f"F{number:02}" for number in range(1, 14))
NOW = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)


@pytest.fixture
def loaded() -> None:
    content_loader.load(None, NOW)


@pytest.mark.usefixtures("loaded")
def test_all_twenty_two_modules_are_in_the_tree_and_thirteen_are_released() -> None:
    assert ModulePage.objects.live().count() == 22
    released = ModuleRelease.objects.order_by("code")
    assert [(r.code, r.number, r.edition) for r in released] == [(c, 1, 1) for c in WRITTEN]
    assert {r.released_at for r in released} == {NOW}
    assert ModulePage.objects.filter(is_in_preparation=True).count() == 9


@pytest.mark.usefixtures("loaded")
def test_the_pathway_leads_through_the_thirteen_foundations_and_claims_no_hours() -> None:
    pathway = PathwayPage.objects.get()
    codes = [step.module.code for step in pathway.steps.select_related("module")]
    assert codes == [f"F{n:02}" for n in range(1, 14)]
    assert "hour" not in pathway.title.lower() + pathway.summary.lower()
    assert pathway.get_url() == "/training/pathways/foundations/"


@pytest.mark.usefixtures("loaded")
def test_loading_again_changes_nothing_and_leaves_an_edited_module_alone() -> None:
    ModulePage.objects.filter(code="F04").update(summary="Ours now.")
    before = (QuestionVersion.objects.count(), ModuleRelease.objects.count())
    content_loader.load(None, NOW)
    assert (QuestionVersion.objects.count(), ModuleRelease.objects.count()) == before
    assert ModulePage.objects.get(code="F04").summary == "Ours now."


def test_a_code_that_somebody_wrote_already_is_kept() -> None:
    page = draft_module("F04", title="Written here")
    content_loader.load(None, NOW)
    page.refresh_from_db()
    assert page.title == "Written here"
    assert not page.live


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("code", WRITTEN)
def test_a_written_module_is_whole(code: str) -> None:
    page = ModulePage.objects.get(code=code)
    LessonsBlock().clean(page.lessons)
    QuizBlock().clean(page.quiz)
    assert len(page.lessons) >= 4
    assert len(page.quiz) >= 8
    assert all(child.value["checks"] for child in page.lessons)
    assert list(concerns.of_module(page)) == []
    assert page.sources
    assert page.review_by


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("code", WRITTEN)
def test_a_sensitive_lesson_has_another_version_of_the_same_length(code: str) -> None:
    page = ModulePage.objects.get(code=code)
    sensitive = [c.value for c in page.lessons if int(c.value["sensitivity"]) >= SENSITIVE]
    assert sensitive
    for value in sensitive:
        assert concerns.difference(value) <= concerns.TOLERANCE


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("code", WRITTEN)
def test_the_editor_starts_from_what_is_released(code: str) -> None:
    page = ModulePage.objects.get(code=code)
    release = ModuleRelease.objects.get(code=code)
    assert page.get_latest_revision_as_object().lessons.raw_data[0]["id"] == (
        Outline.from_json(release.outline).lessons[0].id
    )
    assert not page.has_unpublished_changes
    assert 45 <= release.minutes <= 90


@pytest.mark.usefixtures("loaded")
def test_publishing_a_loaded_module_unchanged_makes_no_release() -> None:
    page = ModulePage.objects.get(code="F04")
    page.save_revision().publish(skip_permission_checks=True)
    assert ModuleRelease.objects.filter(code="F04").count() == 1


@pytest.mark.usefixtures("loaded")
def test_the_screen_lets_every_module_be_saved_again() -> None:
    for page in ModulePage.objects.all():
        texts = [plain_text(getattr(page, name)) for name in ("lessons", "quiz", "objectives")]
        found = [
            text[max(0, finding.start - 40) : finding.end + 40]
            for text in [page.title, page.summary, *texts]
            for finding in blocking(text)
        ]
        assert not found, page.code
