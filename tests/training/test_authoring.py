"""Writing, reviewing and publishing a module through the real admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.factories import UserFactory
from tests.training.factories import draft_module, make_module, publish
from tests.world import World
from training import releases
from training.models import ModulePage, ModuleRelease, PathwayPage, SignOff, TrainingIndexPage

pytestmark = pytest.mark.django_db


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def module_form(code: str = "W01", **changes: Any) -> dict[str, Any]:
    """What the editor posts for a module with one lesson and one question."""
    option = {"text": "Call", "correct": "on", "feedback": "Yes."}
    wrong = {"text": "Wait", "feedback": "Not yet."}
    check = {
        "kind": "single",
        "prompt": "What first?",
        "options": _list([option, wrong]),
    }
    lesson = {
        "title": "The first call",
        "sensitivity": "1",
        "content_note": "",
        "body": streamfield([("text", rich_text("<p>Say what you saw.</p>"))]),
        "alternative": streamfield([]),
        "checks": _list([check]),
    }
    form = {
        "title": f"Module {code}",
        "slug": code.lower(),
        "change_kind": "editorial",
        "code": code,
        "summary": "How to call.",
        "objectives": streamfield([("line", "Call well")]),
        "lessons": streamfield([("lesson", lesson)]),
        "quiz": streamfield([("question", check)]),
        "pass_mark": "80",
        "sensitivity": "1",
        "sensitivity_note": "",
        "topics": "reporting",
        "disciplines": [],
        "sources": streamfield([]),
        "planned_lessons": streamfield([]),
        "audience": "members",
    }
    return nested_form_data({**form, **changes})


def _list(items: list[Any]) -> dict[str, Any]:
    """The posted form of a ListBlock."""
    data: dict[str, Any] = {"count": str(len(items))}
    for n, value in enumerate(items):
        data[str(n)] = {"value": value, "deleted": "", "order": str(n), "type": "item", "id": ""}
    return data


def write(client: Client, code: str = "W01", **changes: Any) -> Any:
    index = TrainingIndexPage.objects.get()
    address = f"/cms/pages/add/training/modulepage/{index.pk}/"
    return client.post(address, module_form(code, **changes))


def submit(page: ModulePage, author: Any, **changes: Any) -> None:
    """Save the page as the author and hand it to the workflow."""
    page.save_revision(user=author)
    page.get_workflow().start(page, author)


def decide(client: Client, page: ModulePage, action: str = "approve", **data: Any) -> Any:
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, action, state.pk))
    return client.post(address, data, headers={"x-requested-with": "XMLHttpRequest"})


def test_an_author_writes_a_module_and_a_reviewer_publishes_it(world: World) -> None:
    author, reviewer = signed_in(world.author), signed_in(world.reviewer)
    response = write(author, **{"action-submit": "1"})
    assert response.status_code == 302, response.context["form"].errors
    page = ModulePage.objects.get(code="W01")
    assert not page.live
    assert page.current_workflow_state.workflow.name == "Module review"
    decide(reviewer, page, comment="Clear.", signs=["staff", "legal"])
    page.refresh_from_db()
    release = ModuleRelease.objects.get()
    assert page.live
    assert (release.page, release.number, release.edition) == (page, 1, 1)
    assert set(SignOff.objects.values_list("kind", flat=True)) == {"staff", "legal"}
    assert SignOff.objects.first().signed_by == world.reviewer
    assert releases.review_state(release) == "draft"


def test_the_history_names_the_panel_and_never_the_reviewer(world: World) -> None:
    page = draft_module(owner=world.author)
    submit(page, world.author)
    decide(signed_in(world.reviewer), page, comment="")
    assert not PageLogEntry.objects.filter(user=world.reviewer).exists()
    assert not TaskState.objects.filter(finished_by=world.reviewer).exists()
    author = signed_in(world.author)
    assert b"Review panel" in author.get(f"/cms/pages/{page.pk}/history/").content
    state = page.workflow_states.get()
    detail = author.get(
        reverse("wagtailadmin_pages:workflow_history_detail", args=(page.pk, state.pk))
    ).content
    assert b"Review panel" in detail
    assert world.reviewer.last_name.encode() not in detail


@pytest.mark.parametrize("account", ["author", "manager", "deputy", "reviewer"])
def test_nobody_can_publish_directly(world: World, account: str) -> None:
    client = signed_in(getattr(world, account))
    write(client, **{"action-publish": "1"})
    assert not ModulePage.objects.filter(live=True).exists()
    page, _release = make_module("T01")
    page.save_revision(user=world.author)
    client.post(f"/cms/pages/{page.pk}/edit/", module_form("T01", **{"action-publish": "1"}))
    assert ModuleRelease.objects.count() == 1
    assert not page.permissions_for_user(getattr(world, account)).can_publish()


@pytest.mark.parametrize("account", ["author", "manager", "deputy", "specialist", "member"])
def test_nobody_outside_the_panel_can_approve(world: World, account: str) -> None:
    page = draft_module()
    submit(page, world.author)
    response = decide(signed_in(getattr(world, account)), page)
    assert response.status_code in {403, 404}  # Wagtail answers a script with 403
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS


def test_a_reviewer_who_wrote_a_part_cannot_approve_and_another_can(world: World) -> None:
    page = draft_module()
    page.save_revision(user=world.reviewer)
    submit(page, world.author)
    decide(signed_in(world.reviewer), page)
    page.refresh_from_db()
    assert not page.live
    other = UserFactory(roles=("reviewer",))
    decide(signed_in(other), page)
    page.refresh_from_db()
    assert page.live


def test_an_edit_that_comes_with_the_approval_makes_the_reviewer_an_author(world: World) -> None:
    page = draft_module("W01")
    submit(page, world.author)
    reviewer = signed_in(world.reviewer)
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    reviewer.post(f"/cms/pages/{page.pk}/edit/", module_form("W01", **action))
    page.refresh_from_db()
    assert not page.live
    assert not ModuleRelease.objects.exists()


def test_whoever_approved_an_earlier_step_cannot_approve_the_next(world: World) -> None:
    from wagtail.models import WorkflowTask

    from training.models import ModuleReviewTask

    page = draft_module()
    first = ModuleReviewTask.objects.get()
    second = ModuleReviewTask.objects.create(name="Survivor review")
    second.groups.set(first.groups.all())
    WorkflowTask.objects.create(workflow=page.get_workflow(), task=second, sort_order=1)
    submit(page, world.author)
    reviewer = signed_in(world.reviewer)
    decide(reviewer, page, signs=["staff"])
    decide(reviewer, page, signs=["survivor"])
    page.refresh_from_db()
    assert not page.live
    decide(signed_in(UserFactory(roles=("reviewer",))), page, signs=["survivor"])
    page.refresh_from_db()
    assert page.live
    signers = dict(SignOff.objects.values_list("kind", "signed_by"))
    assert signers["staff"] == world.reviewer.pk
    assert signers["survivor"] != world.reviewer.pk


def test_a_workflow_whose_steps_are_switched_off_publishes_nothing(world: World) -> None:
    page = draft_module()
    page.get_workflow().tasks.update(active=False)
    submit(page, world.author)
    page.refresh_from_db()
    assert not page.live


def test_the_panel_can_ask_for_changes(world: World) -> None:
    page = draft_module()
    submit(page, world.author)
    decide(signed_in(world.reviewer), page, "reject", comment="The source is missing.")
    page.refresh_from_db()
    assert not page.live
    assert page.workflow_states.get().status == "needs_changes"


def test_an_identifier_in_a_text_is_refused_before_anything_is_stored(world: World) -> None:
    author = signed_in(world.author)
    response = write(author, summary="Her number is 123-45-6789.")
    assert response.status_code == 200
    assert "summary" in response.context["form"].errors
    body = streamfield([("line", "SSN 123-45-6789")])
    response = write(author, objectives=body)
    assert "objectives" in response.context["form"].errors
    assert not ModulePage.objects.exists()


def test_an_identifier_in_a_reviewers_comment_is_refused(world: World) -> None:
    page = draft_module()
    submit(page, world.author)
    response = decide(signed_in(world.reviewer), page, comment="See 123-45-6789")
    assert b"Take it out" in response.content
    reviewer = signed_in(world.reviewer)
    action = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": '{"comment": "See 123-45-6789", "signs": ["staff"]}',
    }
    reviewer.post(f"/cms/pages/{page.pk}/edit/", module_form("T01", **action))
    assert not TaskState.objects.exclude(comment="").exists()
    page.refresh_from_db()
    assert not page.live


def test_a_module_without_lessons_is_saved_only_as_in_preparation(world: World) -> None:
    author = signed_in(world.author)
    response = write(author, lessons=streamfield([]), **{"action-submit": "1"})
    assert "lessons" in response.context["form"].errors
    response = write(author, lessons=streamfield([]), is_in_preparation="on")
    assert response.status_code == 302
    assert ModulePage.objects.get().is_in_preparation


def test_an_address_of_the_portals_own_cannot_be_taken(world: World) -> None:
    response = write(signed_in(world.author), slug="sessions")
    assert "slug" in response.context["form"].errors


def test_the_editor_shows_honest_minutes_and_open_points(world: World) -> None:
    page = draft_module(lessons=2, sensitivity=2)
    lessons = list(page.lessons.raw_data)
    lessons[0]["value"]["alternative"][0]["value"] = f"<p>{'word ' * 300}</p>"
    page.lessons = lessons
    page.save_revision(user=world.author)
    content = signed_in(world.author).get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert f"<strong>{page.minutes} minutes</strong>" in content
    assert "differs from the main text by" in content


def test_each_round_of_changes_starts_as_editorial(world: World) -> None:
    page, _release = make_module(change_kind=ModulePage.ChangeKind.SUBSTANTIVE)
    address = f"/cms/pages/{page.pk}/edit/"
    form = signed_in(world.author).get(address).context["form"]
    assert form.initial["change_kind"] == "editorial"


def test_the_preview_shows_the_draft_to_its_author_alone(world: World) -> None:
    page, _release = make_module("T01", sensitivity=2)
    page.title = "Not out yet"
    page.save_revision(user=world.author)
    draft = signed_in(world.author).get(f"/cms/pages/{page.pk}/view_draft/")
    assert draft.status_code == 200
    assert b"Not out yet" in draft.content
    assert b"A fictional" not in draft.content
    assert b"Other text of lesson 1" in draft.content
    assert signed_in(world.member).get(f"/cms/pages/{page.pk}/view_draft/").status_code == 404


def test_a_pathway_is_written_and_previewed(world: World) -> None:
    page, _release = make_module("T01")
    index = TrainingIndexPage.objects.get()
    author = signed_in(world.author)
    steps = inline_formset([{"module": str(page.pk)}])
    form = {"title": "Way", "slug": "way", "summary": "In order.", "audience": "members"}
    data = nested_form_data({**form, "steps": steps})
    response = author.post(f"/cms/pages/add/training/pathwaypage/{index.pk}/", data)
    assert response.status_code == 302, response.context["form"].errors
    way = PathwayPage.objects.get()
    draft = author.get(f"/cms/pages/{way.pk}/view_draft/")
    assert page.title.encode() in draft.content


def test_the_list_of_modules_shows_releases_and_review_dates(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(world.manager)
    for n in range(3):
        make_module(f"T{n:02}")
    client.get("/cms/modules/")
    with django_assert_max_num_queries(40):
        response = client.get("/cms/modules/")
    assert response.status_code == 200
    assert b"1.1" in response.content
    assert b"Review by" in response.content


def test_republishing_after_a_reviewed_edit_keeps_the_number(world: World) -> None:
    page, _release = make_module("T01")
    page.summary = "Said better."
    submit(page, world.author)
    decide(signed_in(world.reviewer), page)
    assert [(r.number, r.edition) for r in page.releases.newest_first()] == [(1, 2), (1, 1)]
    assert publish(page).edition == 2
