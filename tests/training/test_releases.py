"""Publishing makes a release, and only a change makes another."""

import copy
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.training.factories import draft_module, lesson, make_module, publish, uid
from tests.world import World
from training import releases
from training.models import ModulePage, ModuleRelease, QuestionVersion, SignOff
from training.outline import Outline

pytestmark = pytest.mark.django_db


def raw(page: ModulePage, field: str = "lessons") -> list[dict[str, Any]]:
    return copy.deepcopy(list(getattr(page, field).raw_data))


def test_publishing_makes_the_first_release() -> None:
    page, release = make_module("T01", lessons=2)
    outline = Outline.from_json(release.outline)
    assert (release.number, release.edition, release.page) == (1, 1, page)
    assert [x.id for x in outline.lessons] == [uid("T01", "lesson", 1), uid("T01", "lesson", 2)]
    assert "Main text of lesson 1." in outline.lessons[0].html
    assert outline.lessons[0].alternative_html == ""
    assert outline.lessons[0].source[0]["id"] == outline.lessons[0].id
    assert release.minutes == sum(x.minutes for x in outline.lessons) + len(outline.quiz)


def test_question_versions_keep_the_ids_of_blocks_and_options() -> None:
    _page, release = make_module("T01", lessons=1)
    outline = Outline.from_json(release.outline)
    version = QuestionVersion.objects.get(pk=outline.quiz[0])
    assert version.question_id == uid("T01", "quiz", 0)
    assert version.options[0]["id"] == uid("T01", "quiz", 0, 0)
    assert [option["correct"] for option in version.options] == [True, False, False]


def test_publishing_without_a_change_makes_no_release() -> None:
    page, release = make_module()
    assert publish(page) == release
    assert ModuleRelease.objects.count() == 1


def test_a_change_of_wording_is_an_edition_of_the_same_number() -> None:
    page, release = make_module()
    page.summary = "Said better."
    newer = publish(page)
    assert (newer.number, newer.edition) == (1, 2)
    assert releases.newest_edition(page, 1) == newer
    assert Outline.from_json(newer.outline).quiz == Outline.from_json(release.outline).quiz


def test_a_reworded_question_is_an_edition_with_a_new_version() -> None:
    page, release = make_module()
    quiz = raw(page, "quiz")
    quiz[0]["value"]["prompt"] = "Said better?"
    page.quiz = quiz
    newer = publish(page)
    assert (newer.number, newer.edition) == (1, 2)
    before, after = (Outline.from_json(r.outline).quiz for r in (release, newer))
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_the_author_may_call_a_change_of_wording_substantive() -> None:
    page, _release = make_module()
    page.summary = "Something else."
    page.change_kind = ModulePage.ChangeKind.SUBSTANTIVE
    newer = publish(page)
    assert (newer.number, newer.edition) == (2, 1)
    assert releases.current(page) == newer


def _add(page: ModulePage) -> None:
    page.lessons = [*raw(page), lesson("T01", 9)]


def _remove(page: ModulePage) -> None:
    page.lessons = raw(page)[:1]


def _reorder(page: ModulePage) -> None:
    page.lessons = raw(page)[::-1]


def _pass_mark(page: ModulePage) -> None:
    page.pass_mark = 60


def _right_answer(page: ModulePage) -> None:
    quiz = raw(page, "quiz")
    options = quiz[0]["value"]["options"]
    options[0]["value"]["correct"], options[1]["value"]["correct"] = False, True
    page.quiz = quiz


def _fewer_questions(page: ModulePage) -> None:
    page.quiz = raw(page, "quiz")[:1]


@pytest.mark.parametrize(
    "change", [_add, _remove, _reorder, _pass_mark, _right_answer, _fewer_questions]
)
def test_what_changes_the_rules_is_substantive_whatever_the_author_says(change: Any) -> None:
    page, _release = make_module("T01")
    change(page)
    assert page.change_kind == ModulePage.ChangeKind.EDITORIAL
    newer = publish(page)
    assert (newer.number, newer.edition) == (2, 1)


def test_a_module_in_preparation_is_live_and_has_no_release() -> None:
    page = draft_module(is_in_preparation=True, lessons=0, planned_minutes=60)
    page.save_revision().publish(skip_permission_checks=True)
    page.refresh_from_db()
    assert page.live
    assert releases.current(page) is None
    with pytest.raises(ValueError, match="in preparation"):
        releases.release(page, substantive=False, by=None)


def test_a_release_that_cannot_be_made_takes_the_publication_back(monkeypatch: Any) -> None:
    page = draft_module()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(releases, "release", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        page.save_revision().publish(skip_permission_checks=True)
    assert not ModulePage.objects.get(pk=page.pk).live


def test_what_a_pinned_learner_is_served_stays_equal_to_the_byte() -> None:
    page, release = make_module("T01", lessons=3)
    before = ModuleRelease.objects.get(pk=release.pk).outline
    _reorder(page)
    page.title = "Another title"
    publish(page)
    _remove(page)
    publish(page)
    page.revisions.all().delete()
    served = releases.newest_edition(page, 1)
    assert served.pk == release.pk
    assert served.outline == before
    assert (
        releases.digest({"title": served.title, "slug": served.slug, **served.outline})
        == served.sha256
    )
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        ModuleRelease.objects.filter(pk=release.pk).update(title="Changed")


def test_a_release_outlives_its_page_and_its_code_counts_on() -> None:
    page, release = make_module("T01")
    page.delete()
    release.refresh_from_db()
    assert release.page_id is None
    _again, newer = make_module("T01")
    assert newer.number == 1
    assert newer.edition == 2


def test_an_unknown_number_raises() -> None:
    page, _release = make_module()
    with pytest.raises(ModuleRelease.DoesNotExist):
        releases.newest_edition(page, 7)


def test_a_number_is_a_draft_until_all_three_reviews_are_signed(world: World) -> None:
    page, release = make_module()
    assert releases.review_state(release) == "draft"
    releases.sign_off(page, kinds=["staff", "legal"], by=world.reviewer)
    assert releases.missing_reviews(release) == ["Survivor review"]
    assert not releases.is_signed_off(page, 1)
    releases.sign_off(page, kinds=["survivor", "staff", "nonsense"], by=world.manager)
    assert releases.review_state(release) == "reviewed"
    assert releases.is_signed_off(page, 1)
    assert SignOff.objects.get(kind="staff").signed_by == world.reviewer


def test_a_new_number_must_be_signed_anew_and_an_edition_not(world: World) -> None:
    page, _release = make_module()
    releases.sign_off(page, kinds=SignOff.Kind.values, by=world.reviewer)
    page.summary = "Said better."
    assert releases.review_state(publish(page)) == "reviewed"
    _pass_mark(page)
    assert releases.review_state(publish(page)) == "draft"
