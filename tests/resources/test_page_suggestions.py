"""Suggested edits of pages and other formats: screened, sent to the owner, answered once."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.models import Event
from portal.people import retention, suggesting
from portal.people.models import User
from resources import policies, suggestions
from resources.models import PageSuggestion, ResourcePage
from tests.factories import UserFactory
from tests.posting import delivered
from tests.resources.factories import make_resource
from tests.world import World

pytestmark = pytest.mark.django_db
TEXT = "The second list is out of order: the call comes first."
EDIT, FORMAT = "/resources/cards/suggest/", "/resources/cards/format/"


@pytest.fixture
def page(world: World) -> ResourcePage:
    return make_resource("Cards", slug="cards", kept_by=world.author)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form(**changes: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "kind": "wrong", "text": TEXT, **changes}


def made(page: ResourcePage, by: User, **changes: Any) -> PageSuggestion:
    fields = {"kind": "wrong", "text": TEXT, "key": uuid4(), "by": by, **changes}
    return suggestions.suggest(page=page, **fields)


def test_an_edit_goes_to_the_owner_once_without_a_word_of_it(
    world: World, page: ResourcePage
) -> None:
    delivered()
    client, posted = signed_in(world.member), form()
    for _ in range(2):
        assert client.post(EDIT, posted).status_code == 302
    row = PageSuggestion.objects.get()
    assert (row.text, row.made_by, row.version) == (TEXT, world.member, "1.0")
    [message] = delivered()
    assert message.to == [world.author.email]
    for word in (TEXT, world.member.name, page.title):
        assert word not in message.subject + message.body


def test_another_format_is_asked_for_and_answered(world: World, page: ResourcePage) -> None:
    delivered()
    client = signed_in(world.member)
    posted = {"key": str(uuid4()), "wanted": "large_print", "text": "20 points"}
    assert client.post(FORMAT, posted).status_code == 302
    row = PageSuggestion.objects.get()
    assert (row.kind, row.wanted) == ("format", "large_print")
    assert [m.to for m in delivered()] == [[world.author.email]]
    event = Event.objects.get(kind="resources.format_asked")
    assert "20 points" not in str(event.data)
    address = row.get_absolute_url()
    author = signed_in(world.author)
    assert "Large print" in author.get(address).content.decode()
    assert author.post(address, {"state": "done", "text": "It is on its way."}).status_code == 302
    assert [m.to for m in delivered()] == [[world.member.email]]
    shown = client.get(address).content.decode()
    assert "It is on its way." in shown
    assert world.author.name not in shown.split("<main")[1]


@pytest.mark.parametrize("text", ["Like the case of DOB 04/12/2010.", "Docket 2031CR001234"])
def test_a_text_that_may_identify_somebody_is_stored_nowhere(
    text: str, world: World, page: ResourcePage
) -> None:
    client = signed_in(world.member)
    for address, posted in (
        (EDIT, form(text=text)),
        (FORMAT, {"key": str(uuid4()), "wanted": "audio", "text": text}),
    ):
        assert "Not saved" in client.post(address, posted).content.decode()
    assert not PageSuggestion.objects.exists()


@pytest.mark.parametrize(
    "change", [{"text": ""}, {"kind": "format"}, {"kind": "x"}, {"key": "x"}, {"text": "x" * 5001}]
)
def test_a_form_that_cannot_be_right_stores_nothing(
    change: dict[str, str], world: World, page: ResourcePage
) -> None:
    assert signed_in(world.member).post(EDIT, form(**change)).status_code == 200
    assert not PageSuggestion.objects.exists()


def test_the_key_of_another_and_a_page_out_of_sight_are_refused(
    world: World, page: ResourcePage
) -> None:
    key = UUID(int=7)
    made(page, world.member, key=key)
    other = signed_in(world.other_member)
    assert other.post(EDIT, form(key=str(key))).status_code == 404
    make_resource("Hidden", slug="hidden", audience="staff")
    assert other.post("/resources/hidden/suggest/", form()).status_code == 404
    assert PageSuggestion.objects.count() == 1


def test_who_sees_and_answers_is_one_rule(world: World, page: ResourcePage) -> None:
    row = made(page, world.member)
    for person in world.people.values():
        answers = policies.can_answer_suggestion(person, row)
        assert answers == PageSuggestion.objects.to_answer_by(person).filter(pk=row.pk).exists()
        seen = answers or person == world.member
        assert PageSuggestion.objects.visible_to(person).filter(pk=row.pk).exists() == seen
        assert signed_in(person).get(row.get_absolute_url()).status_code == (200 if seen else 404)
    own = signed_in(world.member).post(row.get_absolute_url(), {"state": "done"})
    assert own.status_code == 404


def test_it_is_answered_once(world: World, page: ResourcePage) -> None:
    row = made(page, world.member)
    suggestions.answer(row, by=world.author, state="declined", text="Not now.")
    with pytest.raises(suggesting.NotAllowed):
        suggestions.answer(row, by=world.manager, state="done")


def test_without_an_owner_in_the_admin_the_managers_are_told(world: World) -> None:
    orphan = make_resource("Orphan", kept_by=world.member)
    delivered()
    made(orphan, world.other_member)
    assert {m.to[0] for m in delivered()} == {world.manager.email, world.deputy.email}


def test_the_words_go_two_years_after_the_answer(world: World, page: ResourcePage) -> None:
    row = made(page, world.member)
    suggestions.answer(row, by=world.author, state="declined", text="Not now.")
    long_ago = timezone.now() - suggesting.TEXT_KEPT - timezone.timedelta(days=1)
    PageSuggestion.objects.filter(pk=row.pk).update(answered_at=long_ago)
    retention.apply_all()
    row.refresh_from_db()
    assert (row.text, row.answer, row.kind) == ("", "", "wrong")


def test_the_list_asks_as_many_queries_for_twenty_as_for_two(
    world: World, page: ResourcePage
) -> None:
    client = signed_in(world.author)

    def count() -> int:
        client.get("/resources/suggestions/")
        with CaptureQueriesContext(connection) as found:
            client.get("/resources/suggestions/")
        return len(found)

    for _ in range(2):
        made(page, world.member)
    few = count()
    for _ in range(18):
        made(page, UserFactory(center="essex"))
    assert count() == few
