"""An answer becomes guidance: drafted, screened, published, linked back; and what is missing."""

import pytest
from django.core import mail
from django.test import Client

from assistance import guidance
from assistance.models import GuidanceDraft, PageLink, Ticket
from resources.models import ResourcePage
from tests.assistance import making as make
from tests.posting import deliver
from tests.world import World

pytestmark = pytest.mark.django_db
TEXT = "Give each role two minutes.\n\nThen decide who does what."


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def publish(row: GuidanceDraft, world: World) -> ResourcePage:
    page = ResourcePage.objects.get(pk=row.page_id)
    page.save_revision(user=world.manager).publish(user=world.manager)
    return ResourcePage.objects.get(pk=row.page_id)


def test_the_manager_drafts_a_page_from_the_answer(world: World) -> None:
    ticket = make.answered(world)
    client = signed_in(world.manager)
    page = client.get(f"/requests/{ticket.number}/guidance/").content.decode()
    assert "Put the safety items first." in page
    sent = {"guidance-version": 0, "guidance-title": "An agenda that fits", "guidance-text": TEXT}
    response = client.post(f"/requests/{ticket.number}/guidance/", sent)
    row = GuidanceDraft.objects.get()
    assert response.url == f"/cms/pages/{row.page_id}/edit/"
    drafted = ResourcePage.objects.get(pk=row.page_id)
    assert not drafted.live
    assert drafted.body[0].value.source == (
        "<p>Give each role two minutes.</p><p>Then decide who does what.</p>"
    )


def test_sent_twice_it_is_made_once(world: World) -> None:
    ticket = make.answered(world)
    for _ in range(2):
        guidance.draft(ticket, by=world.manager, title="An agenda that fits", text=TEXT)
    assert GuidanceDraft.objects.count() == 1


def test_a_text_with_an_identifier_makes_no_page_and_comes_back(world: World) -> None:
    ticket = make.answered(world)
    sent = {
        "guidance-version": 0,
        "guidance-title": "An agenda",
        "guidance-text": "DOB 04/12/2010, give each role two minutes.",
    }
    before = ResourcePage.objects.count()
    page = signed_in(world.manager).post(f"/requests/{ticket.number}/guidance/", sent)
    assert "Not saved: 1 thing to settle" in page.content.decode()
    assert ResourcePage.objects.count() == before
    assert not GuidanceDraft.objects.exists()


def test_nobody_else_drafts_guidance_and_nothing_before_an_answer(world: World) -> None:
    ticket = make.answered(world)
    for person in (world.coordinator, world.specialist, world.member, world.other_coordinator):
        assert signed_in(person).get(f"/requests/{ticket.number}/guidance/").status_code == 404
    young = make.sent(world)
    assert signed_in(world.manager).get(f"/requests/{young.number}/guidance/").status_code == 404


def test_once_published_it_is_linked_back_and_the_requester_is_told_once(
    world: World,
) -> None:
    ticket = make.answered(world)
    row = guidance.draft(ticket, by=world.manager, title="An agenda that fits", text=TEXT)
    deliver()
    mail.outbox.clear()
    page = publish(row, world)
    publish(row, world)
    assert PageLink.objects.get(ticket=ticket).page_id == page.pk
    deliver()
    told = [m for m in mail.outbox if m.to == [ticket.requester.email]]
    assert [ticket.number in m.subject for m in told] == [True]
    assert "An agenda that fits" not in told[0].subject + told[0].body


def test_the_page_is_linked_to_similar_requests_that_the_manager_chose(world: World) -> None:
    ticket = make.answered(world)
    same, other = make.sent(world), make.sent(world, topics=["legal"])
    row = guidance.draft(ticket, by=world.manager, title="An agenda that fits", text=TEXT)
    publish(row, world)
    client = signed_in(world.manager)
    page = client.get(f"/requests/{ticket.number}/guidance/").content.decode()
    assert same.number in page
    assert other.number not in page
    address = f"/requests/{ticket.number}/guidance/{row.pk}/similar/"
    client.post(address, {"requests": [same.pk, other.pk]})
    assert not PageLink.objects.filter(ticket__in=[same, other]).exists()
    client.post(address, {"requests": [same.pk]})
    assert PageLink.objects.filter(ticket=same).exists()


def test_gaps_count_topics_by_hand(world: World) -> None:
    linked = make.answered(world)
    row = guidance.draft(linked, by=world.manager, title="An agenda", text=TEXT)
    publish(row, world)
    make.sent(world)
    make.sent(world, topics=["legal", "facilitation"])
    found = {gap.topic: (gap.asked, gap.with_page) for gap in guidance.gaps()}
    assert found == {"facilitation": (3, 1), "legal": (1, 0)}
    assert Ticket.objects.count() == 3
    page = signed_in(world.manager).get("/requests/gaps/").content.decode()
    assert "facilitation" in page
    assert signed_in(world.coordinator).get("/requests/gaps/").status_code == 404
