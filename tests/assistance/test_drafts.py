"""A draft in two tabs: nothing typed is lost, and the difference is shown."""

from typing import Any

from django.test import Client

from assistance import drafts
from assistance.models import Ticket
from tests.assistance.making import draft, form_data
from tests.assistance.test_pages import signed_in, words
from tests.world import World


def saved_elsewhere(world: World) -> tuple[Client, Ticket, dict[str, Any]]:
    """A form opened in one tab, while the draft is saved with other words in another."""
    client, found = signed_in(world.coordinator), draft(world.coordinator)
    address = found.get_absolute_url()
    older = form_data(key=str(found.uuid), seen=drafts.stamp(found), wanted_by=found.wanted_by)
    older |= {"urgency": "routine"}
    del older["send"]
    response = client.post(address, {**older, "save": "1", "subject": "Words of the other tab"})
    assert response.status_code == 302
    return client, found, older


def test_an_older_tab_of_a_draft_is_shown_the_difference_and_keeps_its_text(world: World) -> None:
    client, found, older = saved_elsewhere(world)
    mine = {**older, "save": "1", "subject": "Words of this tab"}
    response = client.post(found.get_absolute_url(), mine)
    page = words(response)
    assert response.status_code == 409
    assert "Words of the other tab" in page
    assert 'value="Words of this tab"' in page
    assert "<dt>Subject</dt>" in page
    assert "<dt>Your question</dt>" not in page
    found.refresh_from_db()
    assert found.subject == "Words of the other tab"
    again = {**mine, "seen": drafts.stamp(found)}
    assert client.post(found.get_absolute_url(), again).status_code == 302
    found.refresh_from_db()
    assert found.subject == "Words of this tab"


def test_the_same_words_from_two_tabs_are_no_difference(world: World) -> None:
    client, found, older = saved_elsewhere(world)
    same = {**older, "save": "1", "subject": "Words of the other tab"}
    assert client.post(found.get_absolute_url(), same).status_code == 302


def test_what_is_typed_into_a_draft_that_was_sent_elsewhere_stays_on_the_page(
    world: World,
) -> None:
    client, found, older = saved_elsewhere(world)
    found.refresh_from_db()
    client.post(found.get_absolute_url(), {**older, "seen": drafts.stamp(found), "send": "1"})
    found.refresh_from_db()
    address = f"/requests/drafts/{found.uuid}/"
    late = client.post(address, {**older, "save": "1", "subject": "Typed late"})
    assert late.status_code == 409
    assert "Typed late" in words(late)
    assert f"sent as {found.number}" in words(late)
    assert Ticket.objects.count() == 1
    assert client.get(address)["Location"] == found.get_absolute_url()
    same = {**older, "send": "1", "subject": found.subject}
    twice = client.post(address, same)
    assert twice["Location"] == found.get_absolute_url()


def test_what_is_typed_into_a_draft_that_was_deleted_elsewhere_is_kept(world: World) -> None:
    client, found, older = saved_elsewhere(world)
    drafts.discard(found, by=world.coordinator)
    assert client.get(f"/requests/drafts/{found.uuid}/").status_code == 404
    response = client.post(f"/requests/drafts/{found.uuid}/", {**older, "save": "1"})
    assert response.status_code == 302
    assert Ticket.objects.get().uuid == found.uuid
    stranger = signed_in(world.other_coordinator)
    assert stranger.post(f"/requests/drafts/{found.uuid}/", older).status_code == 404
