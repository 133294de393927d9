"""What the editor says of guidance that must be read, and of pages that are hard to read."""

from typing import Any

import pytest
from wagtail.models import TaskState

from resources.models import GuidanceVersion, ResourcePage
from tests.resources.admin_forms import resource_form
from tests.resources.factories import make_resource
from tests.resources.test_publishing import create, edit, errors, review_url, signed_in
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_manager_publishes_guidance_that_must_be_read(world: World) -> None:
    assert create(world.manager, "publish", must_read="members").status_code == 302
    page = ResourcePage.objects.get()
    assert GuidanceVersion.objects.get().version == "1.0"
    html = signed_in(world.member).get("/").content.decode()
    assert "To read" in html
    assert page.title in html


@pytest.mark.parametrize(
    "fields",
    [
        {"must_read": "members", "kind": "guide"},
        {"must_read": "disciplines"},
        {"must_read": "members", "audience": "coordinators"},
        {"must_read": "coordinators", "audience": "staff"},
    ],
)
def test_what_cannot_be_asked_is_told(fields: dict[str, Any], world: World) -> None:
    assert "must_read" in errors(create(world.manager, "publish", **fields))
    assert not ResourcePage.objects.exists()


def test_a_new_version_says_what_changed_and_an_old_number_is_refused(world: World) -> None:
    create(world.manager, "publish", must_read="members")
    page = ResourcePage.objects.get()
    asked = {"must_read": "members"}
    response = edit(world.manager, page, "publish", version="2.0", **asked)
    assert "what_changed" in errors(response)
    changed = {"version": "2.0", "what_changed": "Who calls after hours.", **asked}
    assert edit(world.manager, page, "publish", **changed).status_code == 302
    back = {**changed, "version": "1.0", "what_changed": "As before."}
    assert "version" in errors(edit(world.manager, page, "publish", **back))
    again = {**changed, "line": "A typing error is mended"}
    assert edit(world.manager, page, "publish", **again).status_code == 302
    assert GuidanceVersion.objects.count() == 2


def test_nobody_publishes_a_hard_page_without_the_panel(world: World) -> None:
    assert "sensitivity" in errors(create(world.manager, "publish", sensitivity="3"))
    create(world.manager, "", sensitivity="3")
    page = ResourcePage.objects.get()
    assert "sensitivity" in errors(edit(world.manager, page, "publish", sensitivity="3"))
    bulk = f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}"
    signed_in(world.manager).post(bulk, {"include_descendants": ""})
    page.refresh_from_db()
    assert not page.live
    assert not page.permissions_for_user(world.manager).can_publish()


def test_the_level_of_a_published_hard_page_is_not_lowered_past_the_panel(world: World) -> None:
    page = make_resource(sensitivity=3)
    assert "sensitivity" in errors(edit(world.manager, page, "publish", sensitivity="1"))
    edit(world.manager, page, "", sensitivity="1")
    assert "sensitivity" in errors(edit(world.manager, page, "publish", sensitivity="1"))


def test_a_hard_page_goes_by_the_panel_and_then_the_manager(world: World) -> None:
    create(world.author, "submit", sensitivity="3")
    page = ResourcePage.objects.get()
    panel = page.current_workflow_task_state
    for name in ("author", "manager"):
        signed_in(world.people[name]).post(review_url(page, "approve"), {"comment": ""})
        assert ResourcePage.objects.get().current_workflow_task_state == panel
    signed_in(world.reviewer).post(review_url(page, "approve"), {"comment": ""})
    page = ResourcePage.objects.get()
    assert not page.live
    assert page.current_workflow_task_state != panel
    assert TaskState.objects.get(pk=panel.pk).specific.reviewer == world.reviewer
    signed_in(world.manager).post(review_url(page, "approve"), {"comment": ""})
    assert ResourcePage.objects.get().live


def test_a_plain_page_passes_the_panels_step(world: World) -> None:
    create(world.author, "submit", sensitivity="2")
    page = ResourcePage.objects.get()
    signed_in(world.reviewer).post(review_url(page, "approve"), {"comment": ""})
    assert not ResourcePage.objects.get().live
    signed_in(world.manager).post(review_url(page, "approve"), {"comment": ""})
    assert ResourcePage.objects.get().live


def test_a_topic_typed_by_its_other_word_is_the_topic(world: World) -> None:
    from resources import topics
    from resources.models import Topic

    topic = Topic.objects.create(name="missing from care")
    topics.keep(topic, synonyms=["absent"], by=world.manager)
    data = resource_form(topics='"Absent", "legal"')
    assert data["topics"]
    create(world.manager, "publish", topics='"Absent", "legal"')
    names = {tag.name for tag in ResourcePage.objects.get().topics.all()}
    assert names == {"missing from care", "legal"}
