"""Highlights: the checklist, the second person, who reads what."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal.core.models import Event
from portal.people import leaving
from portal.people.models import PersonAlias, User
from portal.search import finder
from portal.search.query import Query
from resources import highlights, policies
from resources.highlights import Content, NotChecked
from resources.models import Highlight
from resources.models.highlight import CHECKS
from resources.policies import NotAllowed, Stale
from tests.posting import delivered
from tests.world import World

pytestmark = pytest.mark.django_db
URL = "/resources/highlights/"
TICKED = dict.fromkeys(CHECKS, True)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def write(by: User, title: str = "One agenda", **checks: bool) -> Highlight:
    content = Content(title, "The agenda is the same everywhere.", checks={**TICKED, **checks})
    return highlights.write(content, by=by, key=uuid4())


def publish(world: World, title: str = "One agenda") -> Highlight:
    row = highlights.submit(write(world.specialist, title), by=world.specialist)
    return highlights.approve(row, by=world.manager, version=row.version)


def found(user: User, text: str) -> list[str]:
    return [hit.plain_title for hit in finder.find(Query(text=text), user).hits]


def form(action: str = "submit", **changes: Any) -> dict[str, Any]:
    data = {
        "key": str(uuid4()),
        "title": "One agenda",
        "text": "The agenda is the same everywhere.",
        "center": "",
        **dict.fromkeys(CHECKS, "on"),
        **changes,
    }
    return {**data, action: "1"} if action else data


def test_two_people_make_one_and_members_read_and_find_it(world: World) -> None:
    row = highlights.submit(write(world.specialist), by=world.specialist)
    member = signed_in(world.member)
    assert member.get(row.get_absolute_url()).status_code == 404
    assert found(world.member, "agenda") == []
    highlights.approve(row, by=world.manager, version=row.version)
    assert [h.title for h in member.get(URL).context["page_obj"]] == ["One agenda"]
    html = member.get(row.get_absolute_url()).content.decode()
    assert world.specialist.name not in html
    assert world.manager.name not in html
    assert found(world.member, "agenda") == ["One agenda"]
    kinds = Event.objects.filter(kind__startswith="resources.highlight").values_list(
        "kind", "actor_id"
    )
    assert list(kinds.order_by("pk")) == [
        ("resources.highlight_written", world.specialist.pk),
        ("resources.highlight_submitted", world.specialist.pk),
        ("resources.highlight_approved", world.manager.pk),
    ]


@pytest.mark.parametrize("box", list(CHECKS))
def test_each_box_must_be_ticked(box: str, world: World) -> None:
    row = write(world.specialist, **{box: False})
    with pytest.raises(NotChecked):
        highlights.submit(row, by=world.specialist)
    with pytest.raises(IntegrityError), transaction.atomic():
        Highlight.objects.filter(pk=row.pk).update(state="waiting")
    client = signed_in(world.specialist)
    answer = client.post(f"{URL}new/", form(**{box: ""}))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [box]
    assert Highlight.objects.count() == 1


def test_a_draft_may_leave_boxes_open(world: World) -> None:
    data = form("draft", **dict.fromkeys(CHECKS, ""))
    assert signed_in(world.specialist).post(f"{URL}new/", data).status_code == 302
    assert Highlight.objects.get().is_draft


def test_the_author_is_never_the_second_person(world: World) -> None:
    row = highlights.submit(write(world.manager), by=world.manager)
    with pytest.raises(NotAllowed):
        highlights.approve(row, by=world.manager, version=row.version)
    url = f"{row.get_absolute_url()}approve/"
    assert signed_in(world.manager).post(url, {"version": row.version}).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Highlight.objects.filter(pk=row.pk).update(approved_by=world.manager)
    assert signed_in(world.specialist).post(url, {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert (row.is_published, row.approved_by) == (True, world.specialist)


def test_a_second_account_of_the_author_is_no_second_person(world: World) -> None:
    row = highlights.submit(write(world.specialist), by=world.specialist)
    PersonAlias.objects.create(alias=world.specialist, person=world.deputy, merged_by=world.manager)
    assert not policies.can_approve_highlight(world.deputy, row)
    assert policies.can_approve_highlight(world.manager, row)


def test_what_was_read_is_what_is_approved(world: World) -> None:
    row = highlights.submit(write(world.specialist), by=world.specialist)
    read = row.version
    highlights.withdraw(row, by=world.specialist)
    row.refresh_from_db()
    other = Content("Another title", "Another text", checks=TICKED)
    highlights.change(row, other, by=world.specialist, version=row.version)
    highlights.submit(row, by=world.specialist)
    with pytest.raises(Stale):
        highlights.approve(row, by=world.manager, version=read)
    url = f"{row.get_absolute_url()}approve/"
    answer = signed_in(world.manager).post(url, {"version": read}, follow=True)
    assert "Please read it again" in answer.content.decode()
    row.refresh_from_db()
    assert row.is_waiting


def test_of_two_who_approve_the_first_counts(world: World) -> None:
    row = highlights.submit(write(world.specialist), by=world.specialist)
    highlights.approve(row, by=world.manager, version=row.version)
    row.refresh_from_db()
    with pytest.raises(NotAllowed):
        highlights.approve(row, by=world.deputy, version=row.version)
    row.refresh_from_db()
    assert row.approved_by == world.manager


def test_only_its_author_changes_a_draft_and_nothing_published_changes(world: World) -> None:
    row = write(world.specialist)
    with pytest.raises(NotAllowed):
        highlights.change(row, Content("x", "y"), by=world.manager, version=row.version)
    done = publish(world, "Done")
    with pytest.raises(NotAllowed):
        highlights.change(done, Content("x", "y"), by=world.specialist, version=done.version)
    assert signed_in(world.specialist).get(f"{done.get_absolute_url()}change/").status_code == 404


def test_a_form_opened_before_the_last_change_says_so_and_keeps_the_text(world: World) -> None:
    row = write(world.specialist)
    content = Content("Changed elsewhere", "Text", checks=TICKED)
    highlights.change(row, content, by=world.specialist, version=row.version)
    data = form("", version=row.version, text="My own words")
    answer = signed_in(world.specialist).post(f"{row.get_absolute_url()}change/", data)
    html = answer.content.decode()
    assert "It has changed since you opened it" in html
    assert "My own words" in html
    row.refresh_from_db()
    assert row.title == "Changed elsewhere"


def test_it_goes_back_with_a_screened_remark(world: World) -> None:
    row = highlights.submit(write(world.specialist), by=world.specialist)
    url = f"{row.get_absolute_url()}back/"
    manager = signed_in(world.manager)
    answer = manager.post(url, {"remark": "Docket 2031CR001234 points to one"})
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.is_waiting
    manager.post(url, {"remark": "Leave the county out"})
    html = signed_in(world.specialist).get(row.get_absolute_url()).content.decode()
    assert "Leave the county out" in html


def test_mails_say_that_a_text_waits_and_nothing_of_it(world: World) -> None:
    row = highlights.submit(write(world.specialist, "Telling title"), by=world.specialist)
    asked = delivered()
    highlights.approve(row, by=world.manager, version=row.version)
    assert {m.to[0] for m in asked} <= {world.manager.email, world.deputy.email}
    for mail in [*asked, *delivered()]:
        assert "Telling" not in mail.subject + mail.body


def test_one_person_takes_it_back_at_once(world: World) -> None:
    row = publish(world)
    highlights.withdraw(row, by=world.deputy)
    row.refresh_from_db()
    assert (row.is_draft, row.approved_by) == (True, None)
    assert found(world.member, "agenda") == []
    assert signed_in(world.member).get(row.get_absolute_url()).status_code == 404


def test_a_draft_is_deleted_by_its_author_or_the_manager(world: World) -> None:
    row = write(world.specialist)
    with pytest.raises(NotAllowed):
        highlights.delete(publish(world), by=world.manager)
    other = write(world.manager)
    with pytest.raises(NotAllowed):
        highlights.delete(other, by=world.specialist)
    highlights.delete(row, by=world.deputy)
    assert not Highlight.objects.filter(pk=row.pk).exists()


def test_the_policy_and_the_list_agree(world: World) -> None:
    rows = [write(world.specialist), publish(world)]
    for user in world.people.values():
        seen = set(Highlight.objects.visible_to(user))
        assert seen == {row for row in rows if policies.can_see_highlight(user, row)}


def test_what_a_leaver_has_not_published_goes_to_the_taker(world: World) -> None:
    row = highlights.submit(write(world.specialist), by=world.specialist)
    leaving.leave(world.specialist, by=world.deputy, taker=world.manager)
    row.refresh_from_db()
    assert row.author == world.manager
    with pytest.raises(NotAllowed):
        highlights.approve(row, by=world.manager, version=row.version)


@pytest.mark.parametrize("size", [2, 20])
@pytest.mark.parametrize(("url", "most"), [(URL, 8), (f"{URL}desk/", 8)])
def test_a_list_costs_the_same_at_any_size(
    size: int, url: str, most: int, world: World, django_assert_max_num_queries: Any
) -> None:
    for n in range(size):
        publish(world, f"Done {n}")
        write(world.specialist, f"Draft {n}")
    client = signed_in(world.manager)
    client.get(url)
    with django_assert_max_num_queries(most):
        client.get(url)
