"""Words go from a module and from all that training made of it, releases in place."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from portal.core import insert_only, inventory, outbox
from portal.core.models import Redaction
from portal.core.redaction import asking
from portal.people import redactions
from tests.assistance.redacting import NAME, client_of
from tests.training import learning_factories as make
from tests.training.factories import (
    draft_module,
    lesson,
    linked_quiz,
    publish,
    question,
    text_block,
    uid,
)
from tests.world import World
from training import certificates, enrolments, evaluations, quizzes, releases, suggestions
from training.models import (
    Certificate,
    Completion,
    Enrolment,
    EvaluationHeld,
    ModulePage,
    ModuleRelease,
    QuestionVersion,
    Response,
)

pytestmark = pytest.mark.django_db
SAID = {"clear": 5, "length": 4, "useful": 5, "safe": 5, "objectives": 3}


def leaky(world: World) -> ModulePage:
    """A module of two numbers, with a name wherever an author or a learner can write one."""
    first = lesson("T01", 1, sensitivity=2)
    first["value"]["title"] = f"Lesson on {NAME}"
    first["value"]["body"][0] = text_block("<p>Met <b>Zebulon</b> Quackenbush-Test.</p>", "t")
    first["value"]["alternative"][0] = text_block(f"<p>{NAME} again.</p>", "a")
    first["value"]["checks"][0]["value"]["prompt"] = f"Who is {NAME}?"
    asked = question("T01", "quiz", 0, kind="short", hint=f"Not {NAME}.")
    asked["options"][0]["value"]["text"] = NAME
    page = draft_module(
        "T01",
        title=f"Module of {NAME}",
        slug="zebulon-quackenbush-test",
        summary=f"About {NAME}.",
        quiz=[{"type": "question", "value": asked, "id": uid("T01", "quiz", 0)}],
        owner=world.author,
    )
    page.lessons = [first, lesson("T01", 2)]
    publish(page)
    done = make.complete(world.member, page)
    certificates.issue(done)
    evaluations.give(completion=done, said={**SAID, "text": f"Thanks to {NAME}."})
    suggestions.suggest(
        page=page,
        release=page.releases.first(),
        lesson_id="",
        kind="wrong",
        text=f"Take {NAME} out.",
        by=world.member,
        key=uuid4(),
    )
    make.change(page, f"{NAME} is new.", quiz=[*page.quiz.raw_data, *linked_quiz("T02")])
    enrolments.enrol(person=world.coordinator, module=page)
    return page


def asked(page: ModulePage, world: World, words: str = NAME) -> Redaction:
    return asking.ask(
        page, by=world.manager, key=uuid4(), category="name", reason="typed", words=words
    )


def everything() -> str:
    return "".join(
        f"{model._meta.label}: {row}\n"
        for model in inventory.tables()
        for row in model._base_manager.values_list()
    )


def test_the_words_go_from_every_row_of_training(world: World) -> None:
    page = leaky(world)
    before = everything()
    for label in ("ModuleRelease", "QuestionVersion", "Response", "EditSuggestion", "ModulePage",
                  "EvaluationHeld", "Certificate", "ReleaseUpdate"):  # fmt: skip
        assert any(
            line.startswith(f"training.{label}:") and "ebulon" in line
            for line in before.splitlines()
        ), label
    redactions.agree(asked(page, world), by=world.deputy)
    left = [line[:200] for line in everything().splitlines() if "ebulon" in line]
    assert left == []
    assert insert_only.missing() == []


def test_learners_read_on_where_they_were(world: World) -> None:
    page = leaky(world)
    numbered = ModuleRelease.objects.order_by("pk").values_list("pk", "number", "edition")
    releases_before = list(numbered)
    redactions.agree(asked(page, world), by=world.deputy)
    assert list(numbered.all()) == releases_before
    fresh = ModulePage.objects.get(pk=page.pk)
    assert fresh.live
    client = client_of(world.coordinator)
    shown = client.get(f"/training/{fresh.slug}/1/")
    assert shown.status_code == 200
    assert "Met <b>[removed]</b>." in shown.content.decode()
    enrolment = Enrolment.objects.get(person=world.coordinator)
    make.finish(enrolment)
    assert Completion.objects.filter(enrolment=enrolment).exists()
    for path in ("/me/transcript/", "/", "/training/", f"/training/{fresh.slug}/changes/"):
        assert client_of(world.member).get(path).status_code == 200


def test_the_digests_are_of_what_stands_and_the_same_text_is_the_same_release(
    world: World,
) -> None:
    page = leaky(world)
    redactions.agree(asked(page, world), by=world.deputy)
    for row in ModuleRelease.objects.all():
        said = {"title": row.title, "slug": row.slug, **row.outline}
        assert row.sha256 == releases.digest(said)
    count, versions = ModuleRelease.objects.count(), QuestionVersion.objects.count()
    fresh = ModulePage.objects.get(pk=page.pk)
    assert publish(fresh).pk == releases.current(fresh).pk  # type: ignore[union-attr]
    assert QuestionVersion.objects.count() == versions
    assert ModuleRelease.objects.count() == count


def test_a_certificate_is_set_anew_and_keeps_its_code(world: World) -> None:
    page = leaky(world)
    before = Certificate.objects.get()
    with default_storage.open(before.file_name) as file:
        paper = file.read()
    redactions.agree(asked(page, world), by=world.deputy)
    outbox.deliver_all()
    after = Certificate.objects.get()
    assert (after.code, after.content["name"]) == (before.code, before.content["name"])
    assert after.is_ready
    with default_storage.open(after.file_name) as file:
        assert file.read() != paper


def test_while_it_is_asked_the_module_is_out_of_sight_and_no_page_breaks(world: World) -> None:
    page = leaky(world)
    redaction = asked(page, world)
    client = client_of(world.coordinator)
    assert client.get(f"/training/{page.slug}/").status_code == 404
    assert client.get(f"/training/{page.slug}/1/").status_code == 404
    for user in (world.coordinator, world.member, world.manager, world.author):
        for path in ("/", "/training/", "/me/transcript/", "/me/needs/"):
            assert client_of(user).get(path).status_code == 200, path
    redactions.decline(redaction, by=world.deputy)
    assert client.get(f"/training/{page.slug}/1/").status_code == 200


def test_two_wordings_that_differ_by_the_words_alone_both_stay(world: World) -> None:
    page, _release = make.make_release("T01", lessons=1)
    raw: list[Any] = list(page.quiz.raw_data)
    for prompt in (f"Who called {NAME}?", "Who called [removed]?"):
        raw[0]["value"]["prompt"] = prompt
        page.quiz = raw
        publish(page)
    redactions.agree(asked(page, world), by=world.deputy)
    rows = QuestionVersion.objects.filter(prompt="Who called [removed]?")
    assert rows.count() == 2


def test_only_the_answers_that_were_typed_are_looked_at(world: World) -> None:
    page = leaky(world)
    quiz = quizzes.start(Enrolment.objects.get(person=world.coordinator))
    assert quiz.question_ids
    redactions.agree(asked(page, world), by=world.deputy)
    assert any("[removed]" in str(row.chosen) for row in Response.objects.all())
    assert "[removed]" in str(EvaluationHeld.objects.get().answers)
