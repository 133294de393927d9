"""The draft as a learner would meet it, in the editor's preview; nothing is stored by looking."""

from typing import Any

import pytest
from django.test import Client
from wagtail.admin.models import FormState

from tests.training.factories import draft_module, item, lesson, question
from tests.training.material_factories import choice_block, module_with
from tests.training.test_authoring import module_form
from tests.world import World
from training.models import ModulePage, ModuleRelease, QuestionVersion
from training.preview import LEARNER

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(world: World, client: Client) -> Client:
    client.force_login(world.author)
    return client


def look(client: Client, page: ModulePage, **query: Any) -> str:
    address = f"/cms/pages/{page.pk}/view_draft/"
    answer = client.get(address, {"mode": LEARNER, **query})
    assert answer.status_code == 200
    return answer.content.decode()


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def test_a_lesson_is_shown_on_its_own_as_a_learner_meets_it(author: Client) -> None:
    html = look(author, draft_module(lessons=3), lesson=2)
    assert "<h1>Lesson 2</h1>" in html
    assert "Lesson 2 of 3, about" in html
    assert "Main text of lesson 2." in html
    assert "Main text of lesson 1." not in html
    assert "This is a preview: nothing is handed in" in html


def test_the_preview_leads_to_every_lesson(author: Client) -> None:
    html = main_of(look(author, draft_module(lessons=3), lesson=2))
    for n in (1, 2, 3):
        assert f'href="?mode=learner&amp;lesson={n}"' in html
    assert html.count("aria-current") == 1


def test_the_other_version_and_the_note_are_there(author: Client) -> None:
    html = look(author, draft_module(lessons=1, sensitivity=2))
    assert "Read the other version (same length, less detail)" in html
    assert "Other text of lesson 1." in html
    assert "Speaks of coercion in general terms." in html


def test_no_right_answer_no_feedback_and_nothing_to_send(author: Client) -> None:
    html = main_of(look(author, module_with(choice_block())))
    assert "Answer 0" in html
    assert html.count('type="radio"') == 3
    for tell in ("Feedback", "correct", "checked", "A right answer", "Not yet right", "<form",
                 "<button", 'type="submit"', "csrfmiddlewaretoken"):  # fmt: skip
        assert tell not in html


@pytest.mark.parametrize("kind", QuestionVersion.Kind.values)
def test_no_kind_of_question_gives_its_answer_away(author: Client, kind: str) -> None:
    page = draft_module(lessons=1)
    content = lesson("T01", 1, checks=0)
    content["value"]["checks"] = [item(question("T01", kind, kind=kind, hint="A hint"), kind)]
    page.lessons = [content]
    page.save()
    html = main_of(look(author, page))
    assert f"Question {kind}?" in html
    for tell in ("Feedback", "A hint", "checked", " selected", "Right", "correct", "<form"):
        assert tell not in html
    if kind == "short":
        assert "Answer 0" not in html


def test_the_answers_stand_in_no_order_that_tells(author: Client) -> None:
    first = set()
    for n in range(12):
        content = lesson(f"T{n:02}", 1)
        page = draft_module(f"T{n:02}", 1)
        page.lessons = [content]
        page.save()
        html = main_of(look(author, page))
        first.add(html.index("Answer 0") < html.index("Answer 1"))
    assert first == {True, False}


def test_looking_stores_nothing(author: Client) -> None:
    page = draft_module(lessons=2)
    look(author, page, lesson=2)
    author.get(f"/cms/pages/{page.pk}/view_draft/")
    assert QuestionVersion.objects.count() == 0
    assert ModuleRelease.objects.count() == 0


@pytest.mark.parametrize("said", ["0", "99", "-1", "9" * 400, "١", "x", "", "\0", "2.5"])
def test_nonsense_shows_a_lesson_all_the_same(author: Client, said: str) -> None:
    assert "Main text of lesson" in look(author, draft_module(lessons=2), lesson=said)


def test_a_draft_without_lessons_says_so(author: Client) -> None:
    page = draft_module(lessons=0, is_in_preparation=True)
    assert "No lesson has been written yet." in look(author, page)


def test_the_editors_preview_shows_what_is_typed_and_not_saved(author: Client) -> None:
    page = draft_module("W01", lessons=1)
    address = f"/cms/pages/{page.pk}/edit/preview/"
    sent = author.post(address, module_form("W01"))
    assert sent.json() == {"is_valid": True, "is_available": True}
    html = author.get(address, {"mode": LEARNER, "in_preview_panel": "true"}).content.decode()
    assert "<h1>The first call</h1>" in html
    assert "Say what you saw." in html
    assert "?mode=learner&amp;in_preview_panel=true&amp;lesson=1" in html
    assert "Feedback" not in main_of(html)
    assert QuestionVersion.objects.count() == 0
    assert FormState.objects.count() == 1


def test_the_whole_draft_is_still_the_first_choice(author: Client) -> None:
    page = draft_module(lessons=2)
    html = author.get(f"/cms/pages/{page.pk}/view_draft/").content.decode()
    assert "Main text of lesson 1." in html
    assert "Main text of lesson 2." in html
    editor = author.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert "As a learner meets it" in editor


@pytest.mark.parametrize("account", ["member", "coordinator"])
def test_nobody_outside_the_admin_sees_a_draft(world: World, client: Client, account: str) -> None:
    page = draft_module(lessons=1)
    client.force_login(world.people[account])
    assert client.get(f"/cms/pages/{page.pk}/view_draft/?mode=learner").status_code == 404
