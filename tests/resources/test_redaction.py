"""Words go from a page, its saved states, its history, its addresses and the searches."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, TaskState, Workflow

from portal.core.models import Redaction
from portal.core.redaction import asking
from portal.people import redactions
from portal.search.models import SearchQuery, SearchRecord
from resources.models import ResourcePage
from tests.assistance.redacting import NAME, client_of, form
from tests.resources.factories import make_resource
from tests.world import World

SLUG = "zebulon-quackenbush-test"


def leaky(world: World, **fields: Any) -> ResourcePage:
    """A page with a name in its title, address, text, an earlier state and its history."""
    page = make_resource(
        f"About {NAME}",
        slug=f"about-{SLUG}",
        line=f"For the team of {NAME}",
        body=[
            ("text", f"<p>Met <b>Zebulon</b> Quackenbush-Test, and <i>talked</i>. {NAME}</p>"),
            ("checklist", {"title": "Before", "items": [f"Call {NAME}", "Listen"]}),
        ],
        topics=("screening",),
        **fields,
    )
    page.line = "Another line"
    page.save_revision(user=world.author).publish()
    page.refresh_from_db()
    PageLogEntry.objects.log_action(
        page,
        "wagtail.edit",
        data={"title": page.title, "page": {"id": page.pk, "title": f"x {NAME}"}},
    )
    Redirect.objects.create(old_path=f"/resources/{SLUG}", redirect_page=page)
    FormState.objects.update_or_create_by_instance(
        page,
        user=world.author,
        data="title=Zebulon+Quackenbush-Test",
        defaults={"last_updated_at": page.last_published_at},
    )
    return page


def everything(page: Page) -> str:
    fresh = ResourcePage.objects.get(pk=page.pk)
    history = PageLogEntry.objects.filter(page_id=page.pk).values_list("label", "data")
    return " ".join(
        str(each)
        for each in [
            fresh.__dict__,
            fresh.body.get_prep_value(),
            list(fresh.revisions.values_list("object_str", "content")),
            list(history),
            list(Redirect.objects.values_list()),
            list(FormState.objects.values_list()),
            list(TaskState.objects.values_list("comment")),
            list(SearchRecord.objects.values_list("title", "summary", "body", "url")),
            list(SearchQuery.objects.values_list("text")),
        ]
    ).lower()


def asked(page: Page, world: World, words: str = NAME) -> Redaction:
    return asking.ask(
        page.specific,
        by=world.manager,
        key=uuid4(),
        category="name",
        reason="pasted",
        words=words,
    )


def test_the_page_goes_offline_at_once_and_comes_back_without_the_words(world: World) -> None:
    page = leaky(world)
    url = page.url
    assert client_of(world.member).get(url).status_code == 200
    SearchQuery.objects.create(text="zebulon", hits=1)
    answer = client_of(world.manager).post(f"/requests/redactions/pages/{page.pk}/", form())
    assert answer.status_code == 302
    redaction = Redaction.objects.get()
    assert redaction.withheld == [page.pk]
    assert client_of(world.member).get(url).status_code == 404
    assert NAME not in client_of(world.member).get("/search/?q=zebulon").content.decode()
    assert not SearchRecord.objects.filter(source="resource", object_id=str(page.pk)).exists()
    redactions.agree(redaction, by=world.deputy)
    assert "zebulon" not in everything(page)
    fresh = ResourcePage.objects.get(pk=page.pk)
    assert fresh.live
    assert (fresh.title, fresh.slug) == ("About [removed]", "about-removed")
    assert fresh.url_path.endswith("/about-removed/")
    shown = client_of(world.member).get(fresh.url)
    assert shown.status_code == 200
    assert "Listen" in shown.content.decode()
    assert client_of(world.member).get(url).status_code == 404
    assert not Redirect.objects.exists()


def test_the_saved_states_can_still_be_used(world: World) -> None:
    page = leaky(world)
    redactions.agree(asked(page, world), by=world.deputy)
    for revision in page.revisions.all():
        assert "[removed]" in revision.as_object().title
    client = client_of(world.manager)
    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    assert client.get(f"/cms/pages/{page.pk}/history/").status_code == 200
    page.revisions.first().as_object().save_revision().publish()
    assert "zebulon" not in everything(page)
    assert ResourcePage.objects.get(pk=page.pk).body[1].value["items"][1] == "Listen"


def test_meanwhile_nobody_edits_it_and_the_asker_does_not_decide(world: World) -> None:
    page = leaky(world)
    redaction = asked(page, world)
    for name in ("manager", "author", "deputy"):
        client = client_of(world.people[name])
        for end in ("edit", "history", "revisions/1/view", "workflow/status"):
            assert client.get(f"/cms/pages/{page.pk}/{end}/").status_code == 404
    with pytest.raises(redactions.NotAllowed):
        redactions.agree(redaction, by=world.manager)
    shown = client_of(world.deputy).get(f"/requests/redactions/{redaction.pk}/")
    assert NAME in shown.content.decode()


def test_declined_it_comes_back_as_it_was(world: World) -> None:
    page = leaky(world)
    redactions.decline(asked(page, world), by=world.deputy)
    fresh = ResourcePage.objects.get(pk=page.pk)
    assert fresh.live
    assert NAME in fresh.title
    assert SearchRecord.objects.filter(source="resource", title__contains="Zebulon").exists()


def test_a_draft_stays_a_draft_and_two_asks_keep_a_page_offline(world: World) -> None:
    draft = leaky(world, live=False)
    ResourcePage.objects.filter(pk=draft.pk).update(live=False)
    redactions.agree(asked(ResourcePage.objects.get(pk=draft.pk), world), by=world.deputy)
    assert not ResourcePage.objects.get(pk=draft.pk).live
    page = make_resource(f"{NAME} and Ottoline", body=[("text", "<p>Ottoline</p>")])
    first, second = asked(page, world), asked(page, world, "Ottoline")
    redactions.agree(first, by=world.deputy)
    assert not ResourcePage.objects.get(pk=page.pk).live
    redactions.agree(second, by=world.deputy)
    assert ResourcePage.objects.get(pk=page.pk).live


def test_a_comment_of_a_reviewer_goes_as_well(world: World) -> None:
    page = leaky(world)
    workflow = Workflow.objects.first()
    assert workflow is not None
    page.save_revision(user=world.author)
    state = workflow.start(page, world.author)
    TaskState.objects.filter(workflow_state=state).update(comment=f"Who is {NAME}?")
    redactions.agree(asked(page, world), by=world.deputy)
    assert "zebulon" not in everything(page)


def test_words_that_stand_in_an_earlier_state_alone_are_found(world: World) -> None:
    page = leaky(world)
    page.title, page.slug, page.body = "Plain", "plain", [("text", "<p>Plain</p>")]
    page.save_revision().publish()
    redactions.agree(asked(page, world), by=world.deputy)
    assert "zebulon" not in everything(page)
    assert ResourcePage.objects.get(pk=page.pk).title == "Plain"


def test_only_a_manager_asks_of_a_page_and_words_must_be_there(world: World) -> None:
    page = make_resource()
    address = f"/requests/redactions/pages/{page.pk}/"
    for name in ("member", "coordinator", "specialist", "author", "reviewer"):
        assert client_of(world.people[name]).post(address, form()).status_code == 404
    client = client_of(world.manager)
    assert "stand nowhere" in client.post(address, form()).content.decode()
    assert client.post("/requests/redactions/pages/1/", form()).status_code == 404
    assert client.post(f"/requests/redactions/pages/{10**18}/", form()).status_code == 404
    assert client.post(address, {}).status_code == 200
    editor = client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert "Remove identifying details" in editor


def test_what_the_machine_reads_stays(world: World, client: Client) -> None:
    """Words that are also the names of blocks and choices."""
    page = make_resource(body=[("text", "<p>A guide and a text for members</p>")])
    for words in ("text", "guide", "members"):
        redactions.agree(asked(ResourcePage.objects.get(pk=page.pk), world, words), by=world.deputy)
    fresh = ResourcePage.objects.get(pk=page.pk)
    assert (fresh.kind, fresh.audience) == ("guide", "members")
    assert fresh.body[0].block_type == "text"
    assert "A [removed] and a [removed] for [removed]" in str(fresh.body)
    client.force_login(world.member)
    assert client.get(fresh.url).status_code == 200
