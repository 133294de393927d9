"""Publishing guidance in the admin: draft, preview, review, schedule, and found at the end."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, Revision, TaskState, Workflow

from portal.core import outbox
from portal.people.models import User
from portal.search import finder
from portal.search.query import Query
from resources.forms import TAKEN
from resources.models import LibraryPage, ResourcePage, Service
from tests.resources.admin_forms import resource_form
from tests.resources.factories import make_resource
from tests.test_matrix import ROWS
from tests.world import World
from training.forms import TAKEN as TAKEN_BY_TRAINING

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def create(user: User, action: str = "", **fields: Any) -> Any:
    data = resource_form(**fields)
    if action:
        data[f"action-{action}"] = "1"
    url = f"/cms/pages/add/resources/resourcepage/{LibraryPage.objects.get().pk}/"
    return signed_in(user).post(url, data)


def edit(user: User, page: ResourcePage, action: str = "", **fields: Any) -> Any:
    data = resource_form(**{"title": page.title, **fields})
    if action:
        data[f"action-{action}"] = "1"
    return signed_in(user).post(f"/cms/pages/{page.pk}/edit/", data)


def errors(response: Any) -> dict[str, Any]:
    found: dict[str, Any] = response.context["form"].errors
    return found


def found(user: User, text: str) -> list[str]:
    return [hit.plain_title for hit in finder.find(Query(text=text), user).hits]


def review_url(page: ResourcePage, action: str) -> str:
    task = page.current_workflow_task_state
    return f"/cms/pages/workflow/action/{page.pk}/{action}/{task.pk}/"


def reach_the_time_of(revision: Revision) -> None:
    """As if its time to go live had come a minute ago."""
    due = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = due.isoformat()
    revision.approved_go_live_at = due
    revision.save()


def test_from_a_draft_through_the_review_to_found_in_search(world: World) -> None:
    assert create(world.author).status_code == 302
    page = ResourcePage.objects.get()
    assert (page.live, page.owner) == (False, world.author)
    assert found(world.member, "guidance") == []

    assert edit(world.author, page, "submit").status_code == 302
    page.refresh_from_db()
    task = page.current_workflow_task_state
    assert (page.live, task.status) == (False, "in_progress")

    url = review_url(page, "approve")
    signed_in(world.author).post(url, {"comment": ""})
    page.refresh_from_db()
    assert not page.live

    signed_in(world.manager).post(url, {"comment": ""})
    page.refresh_from_db()
    assert page.live
    assert found(world.member, "guidance") == ["New guidance"]
    assert signed_in(world.member).get(page.url).status_code == 200


def test_the_manager_publishes_directly(world: World) -> None:
    assert not world.manager.is_superuser
    assert create(world.manager, "publish").status_code == 302
    page = ResourcePage.objects.get()
    assert page.live
    assert page.current_workflow_state is None
    assert [tag.name for tag in page.topics.all()] == ["first calls"]
    assert found(world.member, "first calls") == ["New guidance"]


def test_an_author_cannot_publish(world: World) -> None:
    create(world.author, "publish")
    assert not ResourcePage.objects.live().exists()


def test_a_member_finds_no_admin(world: World) -> None:
    assert create(world.member).status_code == 404
    assert signed_in(world.reviewer).get("/cms/").status_code == 200
    assert create(world.reviewer).status_code in (302, 403)
    assert not ResourcePage.objects.exists()


def test_an_edit_after_the_submission_asks_for_the_approval_anew(world: World) -> None:
    create(world.author, "submit")
    page = ResourcePage.objects.get()
    first = page.current_workflow_task_state.revision_id
    edit(world.author, page, line="The author waits")
    edit(world.manager, page, line="Another line")
    page.refresh_from_db()
    assert not page.live
    manager = signed_in(world.manager)
    manager.post(review_url(page, "approve"), {"comment": ""})
    page.refresh_from_db()
    task = page.current_workflow_task_state
    assert (page.live, task.status, task.revision_id != first) == (False, "in_progress", True)
    manager.post(review_url(page, "approve"), {"comment": ""})
    page.refresh_from_db()
    assert (page.live, page.line) == (True, "Another line")


def test_a_scheduled_page_appears_at_its_time_and_not_before(world: World) -> None:
    tomorrow = timezone.localtime() + timedelta(days=1)
    create(world.manager, "publish", go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"))
    page = ResourcePage.objects.get()
    assert not page.live
    assert page.scheduled_revision is not None
    assert found(world.manager, "guidance") == []
    reach_the_time_of(page.scheduled_revision)
    call_command("publish_scheduled", stdout=StringIO())
    page.refresh_from_db()
    assert page.live
    assert found(world.member, "guidance") == ["New guidance"]


def test_a_draft_may_be_unready_but_publishing_says_what_is_missing(world: World) -> None:
    unready = {"review_by": "", "source": "", "line": ""}
    assert create(world.manager, "", **unready).status_code == 302
    page = ResourcePage.objects.get()
    response = edit(world.manager, page, "publish", **unready)
    assert response.status_code == 200
    assert {"review_by", "source", "line"} <= set(errors(response))
    past = str(timezone.localdate() - timedelta(days=1))
    assert "review_by" in errors(edit(world.manager, page, "publish", review_by=past))
    assert "review_by" in errors(edit(world.author, page, "submit", review_by=past))
    page.refresh_from_db()
    assert not page.live


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "SSN 123-45-6789"},
        {"line": "Write to jamie.doe@gmail.com"},
        {"text": "<p>Call 617-555-0134 about it.</p>"},
        {"source": "Docket 2031CR001234"},
        {"topics": '"123-45-6789"'},
    ],
)
@pytest.mark.parametrize("action", ["", "publish"])
def test_what_may_identify_a_person_is_not_even_stored_as_a_draft(
    action: str, fields: dict[str, str], world: World
) -> None:
    response = create(world.manager, action, **fields)
    assert response.status_code == 200
    assert "may identify a person" in response.content.decode()
    assert not ResourcePage.objects.exists()
    page = make_resource()
    before = page.latest_revision_id
    edit(world.manager, page, action, **fields)
    page.refresh_from_db()
    assert page.latest_revision_id == before


def test_help_lines_and_colleagues_may_be_named(world: World) -> None:
    text = f"<p>DCF 1-800-792-5200, 911, or {world.specialist.email}.</p>"
    assert create(world.manager, "publish", text=text).status_code == 302


def test_an_entry_of_the_directory_is_screened_too(world: World) -> None:
    url = "/cms/snippets/resources/service/add/"
    values = {
        "name": "Harbor",
        "category": "peer",
        "phone": "617-555-0134",
        "needs_verifying": "on",
    }
    client = signed_in(world.manager)
    assert client.post(url, {**values, "about": "SSN 123-45-6789"}).status_code == 200
    assert not Service.objects.exists()
    assert client.post(url, {**values, "about": "Call 617-555-0134"}).status_code == 302
    assert found(world.member, "harbor") == ["Harbor"]


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_a_reviewers_comment_is_screened(action: str, world: World) -> None:
    create(world.author, "submit")
    page = ResourcePage.objects.get()
    manager = signed_in(world.manager)
    url = review_url(page, action)
    ajax = {"x-requested-with": "XMLHttpRequest"}
    answer = manager.post(url, {"comment": "See 123-45-6789"}, headers=ajax).json()
    assert "may identify a person" in answer["html"]
    past_the_form = {
        **resource_form(),
        "action-workflow-action": "1",
        "workflow-action-name": action,
        "workflow-action-extra-data": '{"comment": "See 123-45-6789"}',
    }
    manager.post(f"/cms/pages/{page.pk}/edit/", past_the_form)
    page.refresh_from_db()
    assert (page.live, page.current_workflow_task_state.status) == (False, "in_progress")
    assert not TaskState.objects.exclude(comment="").exists()
    manager.post(url, {"comment": "Shorter, please"})
    assert TaskState.objects.filter(comment="Shorter, please").exists()


@pytest.mark.parametrize(
    ("below", "taken"), [("resources", TAKEN), ("training", TAKEN_BY_TRAINING)]
)
def test_every_address_of_the_portal_itself_is_named_as_taken(below: str, taken: set[str]) -> None:
    routes = [row.pattern.split("/") for row in ROWS]
    named = {parts[1] for parts in routes if parts[0] == below and len(parts) > 2}
    own = {word for word in named if not word.startswith("<")}
    assert own
    assert own <= set(taken)


def test_an_address_of_the_portal_itself_cannot_be_taken(world: World) -> None:
    assert "slug" in errors(create(world.manager, slug="directory"))


def test_the_preview_looks_like_the_page_and_counts_no_use(world: World) -> None:
    client = signed_in(world.author)
    library = LibraryPage.objects.get()
    url = f"/cms/pages/add/resources/resourcepage/{library.pk}/preview/"
    assert client.post(url, resource_form()).json()["is_valid"]
    html = client.get(url).content.decode()
    assert "Call the coordinator first." in html
    assert "New guidance" in html
    assert not ResourcePage.objects.exists()


def test_the_preview_of_a_draft_for_other_readers_is_shown_to_its_author(world: World) -> None:
    page = make_resource(live=False, audience="staff")
    assert signed_in(world.manager).get(f"/cms/pages/{page.pk}/view_draft/").status_code == 200


def test_workflow_mails_say_nothing_of_the_draft(world: World) -> None:
    create(world.author, "submit", title="Very telling title")
    page = ResourcePage.objects.get()
    url = review_url(page, "reject")
    signed_in(world.manager).post(url, {"comment": "Please shorten"})
    outbox.deliver_all()
    assert {m.to[0] for m in mail.outbox} == {
        world.manager.email,
        world.deputy.email,
        world.author.email,
    }
    for message in mail.outbox:
        whole = message.subject + message.body
        assert "telling" not in whole
        assert "shorten" not in whole
        assert world.author.name not in whole


@pytest.mark.parametrize("name", ["manager", "author"])
def test_the_admins_pages_open_for_who_works_there(name: str, world: World) -> None:
    page = make_resource()
    service = Service.objects.create(name="Harbor")
    client = signed_in(world.people[name])
    addresses = [
        "/cms/",
        "/cms/pages/",
        f"/cms/pages/{LibraryPage.objects.get().pk}/",
        f"/cms/pages/{page.pk}/edit/",
        "/cms/guidance/",
        "/cms/guidance/?kind=guide",
        "/cms/snippets/resources/service/",
        f"/cms/snippets/resources/service/edit/{service.pk}/",
    ]
    assert {url: client.get(url, follow=True).status_code for url in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_the_listing_shows_kind_audience_and_review_date(world: World) -> None:
    make_resource(kind="checklist", audience="staff")
    html = signed_in(world.manager).get("/cms/guidance/").content.decode()
    assert all(word in html for word in ("Checklist", "Staff", "Review by"))


def test_the_home_of_the_admin_names_what_is_due(world: World) -> None:
    make_resource("Due soon", review_by=timezone.localdate() + timedelta(days=20))
    make_resource("Due later", review_by=timezone.localdate() + timedelta(days=40))
    Service.objects.create(name="Harbor")
    html = signed_in(world.manager).get("/cms/").content.decode()
    assert "Due soon" in html
    assert "Due later" not in html
    assert "1 service to verify" in html


def test_the_editor_offers_the_audience_and_no_privacy(world: World) -> None:
    page = make_resource(audience="staff")
    html = signed_in(world.manager).get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert "set-privacy" not in html
    assert "Chosen under Promote" in html
    modal = signed_in(world.manager).get(f"/cms/pages/{page.pk}/privacy/").json()
    assert "restriction_type" not in modal["html"]


def test_nothing_is_left_of_wagtails_moderators() -> None:
    assert not Workflow.objects.filter(name="Moderators approval").exists()
    groups = set(GroupPagePermission.objects.values_list("group__name", flat=True))
    assert groups == {"Program managers", "Authors", "Review panel"}
