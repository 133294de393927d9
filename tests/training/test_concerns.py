"""The content checks warn the author, in the editor, at the approval and in one command."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from resources import content_loader as resources_loader
from resources.models import ResourcePage
from tests.resources.factories import make_resource
from tests.training.factories import draft_module, lesson, make_module, text_block
from tests.world import World
from training import concerns, content_loader
from training.blocks import LessonsBlock
from training.models import ModulePage

pytestmark = pytest.mark.django_db
LONG = "We " + "then " * 39 + "talked."
HARD = (
    "Multidisciplinary organizational considerations necessitate comprehensive institutional "
    "accountability, notwithstanding jurisdictional particularities."
)


def whole(code: str = "T01", **fields: Any) -> ModulePage:
    """A module of which nothing is missing, changed by the fields."""
    page = draft_module(
        code,
        objectives=[("line", "Call well")],
        sources=[("source", {"label": "A public page", "url": "https://example.org/"})],
        review_by=timezone.localdate() + timedelta(days=90),
    )
    for name, value in fields.items():
        setattr(page, name, value)
    page.save()
    return page


def written(html: str, *, other: str = "") -> Any:
    """The value of a lesson with one text, and perhaps another version."""
    value = lesson("T01", 1)["value"]
    value["body"] = [text_block(html, "body")]
    value["alternative"] = [text_block(other, "other")] if other else []
    return LessonsBlock().to_python([{"type": "lesson", "value": value, "id": "x"}])[0].value


def test_a_whole_module_has_none() -> None:
    assert list(whole().concerns()) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"objectives": []}, "There is no objective."),
        ({"sources": []}, "There is no source."),
        ({"review_by": None}, "There is no date by which it is read again."),
        ({"quiz": []}, "There is no quiz."),
        (
            {"lessons": [lesson("T01", 1), lesson("T01", 2, sensitivity=2)]},
            "A lesson is more sensitive than the module says it is.",
        ),
    ],
)
def test_what_is_missing_is_named(fields: dict[str, Any], told: str) -> None:
    assert list(whole(**fields).concerns()) == [told]
    assert list(whole("T02", is_in_preparation=True, **fields).concerns()) == []


def test_a_hard_text_and_a_long_sentence_are_named_by_their_first_words() -> None:
    assert list(concerns.of_reading(written(f"<p>{LONG}</p>"))) == [
        "“Lesson 1” reads at grade 12.2, with 41 words a sentence; aim at grade 12 or below.",
        "“Lesson 1” has a sentence of 41 words: “We then then then then then …”",
    ]
    one_less = LONG.replace("then ", "", 1)
    easy = "Call now. " * 20
    assert list(concerns.of_reading(written(f"<p>{easy}</p><p>{one_less}</p>"))) == []


def test_the_other_version_is_read_as_well_and_quotations_and_headings_are_not() -> None:
    told = list(concerns.of_reading(written("<p>Call now.</p>", other=f"<p>{HARD}</p>")))
    assert len(told) == 1
    assert told[0].startswith("“Lesson 1”, other version reads at grade")
    kept = written(f"<h2>{HARD}</h2><p>Call now.</p><blockquote>{HARD} {LONG}</blockquote>")
    assert list(concerns.of_reading(kept)) == []


def test_a_term_is_told_with_its_place_and_the_words_to_say() -> None:
    value = lesson("T01", 1)["value"]
    value["alternative"] = [text_block("<p>He is AWOL.</p>", "other")]
    value["checks"][0]["value"]["options"][0]["value"]["feedback"] = "A john."
    page = whole(
        title="On runaways",
        lessons=[{"type": "lesson", "value": value, "id": "x"}],
        planned_lessons=[("line", "High-risk kids")],
    )
    told = list(concerns.of_words(page))
    assert [one.partition(": say")[0] for one in told] == [
        "Title: “runaways”",
        "Planned lessons: “High-risk kids”",
        "“Lesson 1”: “john”",
        "“Lesson 1”, other version: “AWOL”",
    ]
    assert "say “missing from care”" in told[0]


def test_the_editors_of_modules_and_resources_show_them(world: World) -> None:
    module = whole(summary="About a runaway.", owner=world.author)
    module.save_revision(user=world.author)
    resource = make_resource(line="For the runaway")
    client = Client()
    client.force_login(world.manager)
    for page, place in ((module, "Summary"), (resource, "In one line")):
        shown = client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
        assert f"{place}: “runaway”: say “missing from care”" in shown


def test_whoever_approves_reads_them_beside_the_form(world: World) -> None:
    page = whole(summary="About a runaway.")
    page.save_revision(user=world.author)
    page.get_workflow().start(page, world.author)
    state = page.current_workflow_task_state
    client = Client()
    client.force_login(world.reviewer)
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk))
    shown = client.get(address, headers={"x-requested-with": "XMLHttpRequest"}).json()["html"]
    assert "Summary: “runaway”" in shown
    assert "signs" in shown


def test_one_command_prints_what_all_that_is_live_says() -> None:
    make_module("T01", summary="About a runaway.")
    draft_module("T02", summary="About a runaway.")
    make_resource("For a runaway")
    out = StringIO()
    call_command("check_content", stdout=out)
    lines = out.getvalue().splitlines()
    assert any(line.startswith("T01 Module T01: Summary: “runaway”") for line in lines)
    assert any(line.startswith("For a runaway: Title: “runaway”") for line in lines)
    assert not any("T02" in line for line in lines)
    assert lines[-1] == f"{len(lines) - 1} concerns."


def test_what_comes_with_the_portal_gives_no_cause() -> None:
    now = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
    content_loader.load(None, now)
    resources_loader.load(None, now)
    told = [f"{page}: {one}" for page in ModulePage.objects.all() for one in page.concerns()]
    told += [f"{page}: {one}" for page in ResourcePage.objects.all() for one in page.concerns()]
    assert told == []
