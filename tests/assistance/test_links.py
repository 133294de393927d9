"""Pages that answer a request, and how a request is filed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from wagtail.models import Page

from assistance import classification, links, tickets
from assistance.lifecycle import Action, NotAllowed, State
from assistance.models import PageLink
from portal.home.models import HomePage
from portal.people.audience import Audience
from tests.assistance.making import assigned, say
from tests.assistance.test_pages import signed_in, words
from tests.world import World


def page(audience: str, slug: str = "kit") -> Page:
    home = HomePage.objects.get()
    return Page.objects.get(pk=home.pk).add_child(
        instance=HomePage(title="Facilitation kit", slug=slug, audience=audience)
    )


def test_a_linked_page_is_an_answer(world: World) -> None:
    ticket, kit = assigned(world), page(Audience.MEMBERS)
    client = signed_in(world.specialist)
    url = f"/requests/{ticket.number}/"
    data = {
        "link-version": ticket.version,
        "link-key": str(uuid4()),
        "link-address": "http://localhost:8000/kit/",
    }
    assert client.post(f"{url}links/", data).status_code == 302
    assert PageLink.objects.get().page_id == kit.pk
    assert "Facilitation kit" in words(signed_in(world.coordinator).get(url))
    data = {
        "time-version": ticket.version,
        "time-key": str(uuid4()),
        "time-staff_minutes": "15",
        "time-mode": "written",
        "time-worked_on": date.today().isoformat(),
    }
    assert client.post(f"{url}time/", data).status_code == 302
    answered = tickets.apply(ticket, Action.ANSWER, by=world.specialist)
    assert answered.state == State.ANSWERED
    assert answered.first_response_at is not None


def test_a_page_that_the_requester_cannot_open_is_not_linked(world: World) -> None:
    with pytest.raises(NotAllowed):
        links.add(assigned(world), by=world.specialist, page=page(Audience.STAFF))


@pytest.mark.parametrize("address", ["/no-such-page/", "", "https://example.org/elsewhere/"])
def test_an_address_without_a_page_says_so(world: World, address: str) -> None:
    ticket = assigned(world)
    data = {"link-version": ticket.version, "link-key": str(uuid4()), "link-address": address}
    response = signed_in(world.specialist).post(f"/requests/{ticket.number}/links/", data)
    assert response.status_code == 200
    assert not PageLink.objects.exists()


def test_filing_is_for_staff_and_moves_no_version(world: World) -> None:
    ticket = assigned(world)
    day = date.today() + timedelta(days=45)
    filed = classification.classify(
        ticket, by=world.specialist, funding="voca", follow_up_on=day, is_on_hold=True
    )
    assert (filed.funding, filed.follow_up_on, filed.version) == ("voca", day, ticket.version)
    with pytest.raises(NotAllowed):
        classification.classify(
            ticket, by=world.coordinator, funding="", follow_up_on=None, is_on_hold=False
        )


def test_contact_time_is_length_times_attendees(world: World) -> None:
    ticket = assigned(world)
    say(ticket, world.specialist, minutes=10)
    data = {
        "time-version": ticket.version,
        "time-key": str(uuid4()),
        "time-staff_minutes": "120",
        "time-mode": "training",
        "time-activity_minutes": "90",
        "time-attendees": "12",
        "time-worked_on": date.today().isoformat(),
    }
    client = signed_in(world.specialist)
    client.post(f"/requests/{ticket.number}/time/", data)
    shown = words(client.get(f"/requests/{ticket.number}/"))
    assert "130 min" in shown
    assert "1080 min" in shown
