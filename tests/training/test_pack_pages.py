"""Asking for a pack on its page, watching it, taking its files; whose business it is."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.events import kind_of
from portal.core.models import Effect, Event
from portal.people.models import Center, CoordinatorAssignment
from tests.training import learning_factories as make
from tests.training import pack_making as packing
from tests.world import World
from training import pack_forms
from training.models import AccreditationPack

pytestmark = pytest.mark.django_db
PAGE = "/team/packs/"
State = AccreditationPack.State
RANGE = {"since": "2026-01-01", "until": "2026-06-30"}


def at(pack: AccreditationPack, rest: str = "") -> str:
    return f"{PAGE}{pack.pk}/{rest}"


def said(client: Client, url: str, **headers: str) -> str:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


# Asking ---------------------------------------------------------------------------------------


def test_a_coordinator_asks_and_is_led_to_the_pack(world: World, client: Client) -> None:
    client.force_login(world.coordinator)
    answer = client.post(PAGE, {"center": packing.essex().pk, **RANGE})
    pack = AccreditationPack.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, at(pack))
    assert (pack.since, pack.until) == (date(2026, 1, 1), date(2026, 6, 30))
    assert (pack.asked_by, pack.center) == (world.coordinator, packing.essex())
    assert client.post(PAGE, {"center": packing.essex().pk, **RANGE})["Location"] == at(pack)


@pytest.mark.parametrize(
    "changes",
    [
        {"center": "9" * 40},
        {"center": ""},
        {"center": "other"},
        {"since": "2026-02-30"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"until": "2025-12-31"},
        {"until": (timezone.localdate() + timedelta(days=1)).isoformat()},
        {"since": "", "until": ""},
    ],
)
def test_what_cannot_be_right_is_told_and_makes_nothing(
    world: World, client: Client, changes: dict[str, object]
) -> None:
    if changes.get("center") == "other":
        changes = {"center": Center.objects.get(slug="bristol").pk}
    client.force_login(world.coordinator)
    answer = client.post(PAGE, {"center": packing.essex().pk, **RANGE, **changes})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert not AccreditationPack.objects.exists()


def test_the_days_can_be_chosen_by_a_link(world: World, client: Client) -> None:
    client.force_login(world.coordinator)
    page = said(client, PAGE)
    essex = packing.essex().pk
    for choice in pack_forms.quick_choices(timezone.localdate()):
        link = f"?since={choice.since}&amp;until={choice.until}&amp;center={essex}"
        assert link in page
    chosen = said(client, f"{PAGE}?since=2025-10-01&until=2026-09-30")
    assert 'value="2025-10-01"' in chosen
    assert 'value="2026-09-30"' in chosen
    for query in ("since=never", "center=" + "9" * 60, "center=x", "until=%00"):
        said(client, f"{PAGE}?{query}")


@pytest.mark.parametrize(
    ("today", "federal", "state"),
    [
        (date(2026, 9, 30), date(2025, 10, 1), date(2026, 7, 1)),
        (date(2026, 10, 1), date(2026, 10, 1), date(2026, 7, 1)),
        (date(2026, 6, 30), date(2025, 10, 1), date(2025, 7, 1)),
    ],
)
def test_fiscal_years_begin_in_october_and_in_july(today: date, federal: date, state: date) -> None:
    choices = {choice.label: choice for choice in pack_forms.quick_choices(today)}
    assert choices["Federal fiscal year so far"].since == federal
    assert choices["Massachusetts fiscal year so far"].since == state
    before = choices["Federal fiscal year before"]
    assert (before.since.month, before.since.day, before.until.month) == (10, 1, 9)
    assert (before.until + timedelta(days=1)) == federal
    year = choices["Last 12 months"]
    assert (year.until - year.since).days in {364, 365}


# Watching -------------------------------------------------------------------------------------


def test_the_page_says_what_is_being_made_and_asks_by_itself_until_it_is_ready(
    world: World, client: Client
) -> None:
    pack = packing.ask(world.coordinator)
    client.force_login(world.coordinator)
    page = said(client, at(pack))
    assert "It waits for its turn" in page
    assert 'hx-trigger="every 2s"' in page
    assert ">Refresh</a>" in page
    AccreditationPack.objects.update(state=State.WORKING, done=2, total=6, step="paper")
    part = said(client, at(pack), HX_Request="true")
    assert "<html" not in part
    assert "Typesetting the PDF. Step 2 of 6 is done." in part
    assert '<progress value="2" max="6"' in part
    same = client.get(f"{at(pack)}?seen=working-2-paper-0", headers={"HX-Request": "true"})
    assert same.status_code == 204
    AccreditationPack.objects.update(state=State.ASKED)
    packing.work(pack)
    last = client.get(f"{at(pack)}?seen=working-2-paper-0", headers={"HX-Request": "true"})
    assert last.status_code == 286
    assert "The pack is ready." in last.content.decode()
    assert "every 2s" not in said(client, at(pack))


def test_a_worker_that_does_not_run_is_told_after_five_minutes(
    world: World, client: Client
) -> None:
    pack = packing.ask(world.coordinator)
    client.force_login(world.coordinator)
    assert "does not seem to run" not in said(client, at(pack))
    Effect.objects.update(due_at=timezone.now() - timedelta(minutes=6))
    page = said(client, at(pack))
    assert "does not seem to run" in page
    assert "tell the program manager" in page


def test_a_failure_is_shown_with_a_way_out(world: World, client: Client) -> None:
    pack = packing.ask(world.coordinator)
    AccreditationPack.objects.update(state=State.FAILED)
    client.force_login(world.coordinator)
    assert "Try again" in said(client, at(pack))
    assert client.post(at(pack)).status_code == 302
    pack.refresh_from_db()
    assert pack.state == State.ASKED
    assert Effect.objects.filter(kind="training.pack", subject=str(pack.pk)).count() == 2


def test_when_ready_the_page_has_sums_files_digests_and_gaps_with_their_links(
    world: World, client: Client
) -> None:
    packing.belong(world.member)
    packing.belong(world.trainer)
    packing.attend(packing.session_at(world.trainer), world.member)
    pack = packing.made(world.coordinator)
    client.force_login(world.coordinator)
    page = said(client, at(pack))
    assert "1 h (60 min)" in page
    for file in pack.files.values():
        assert file["sha256"] in page
    assert "1 person has nothing on these days" in page
    assert f"/team/?center={pack.center_id}" in page
    assert "No protocol of the center is recorded" in page
    assert "1 live session is not settled" in page
    assert world.member.name not in page


def test_a_pack_whose_files_are_gone_says_so_and_leads_to_a_new_one(
    world: World, client: Client
) -> None:
    pack = packing.made(world.coordinator)
    AccreditationPack.objects.update(state=State.GONE, files={})
    client.force_login(world.coordinator)
    page = said(client, at(pack))
    assert "were removed" in page
    assert f"?since=2026-01-01&amp;until=2026-06-30&amp;center={pack.center_id}" in page
    assert client.get(at(pack, "pack.zip")).status_code == 404


# Files ----------------------------------------------------------------------------------------

KINDS = {
    "zip": "application/zip",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.mark.parametrize("ending", KINDS)
def test_a_file_is_saved_kept_nowhere_and_noted_in_the_audit(
    world: World, client: Client, ending: str
) -> None:
    pack = packing.made(world.coordinator)
    client.force_login(world.coordinator)
    answer = client.get(at(pack, f"pack.{ending}"))
    name = f"accreditation-pack-essex-2026-01-01-2026-06-30.{ending}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == KINDS[ending]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    content = answer.getvalue()  # type: ignore[attr-defined]
    assert hashlib.sha256(content).hexdigest() == pack.files[ending]["sha256"]
    event = Event.objects.get(kind="training.pack_fetched")
    assert (event.actor_id, event.subject_id, event.center_id, event.data) == (
        world.coordinator.pk,
        str(pack.pk),
        pack.center_id,
        {"file": ending},
    )
    assert kind_of("training.pack_fetched").is_access


def test_another_centers_pack_is_not_there(world: World, client: Client) -> None:
    pack = packing.made(world.manager)
    client.force_login(world.other_coordinator)
    for rest in ("", "pack.zip", "pack.pdf", "pack.xlsx"):
        assert client.get(at(pack, rest)).status_code == 404
    assert client.post(at(pack)).status_code == 404
    assert str(pack.pk) not in said(client, PAGE)
    client.force_login(world.coordinator)
    assert str(pack.pk) in said(client, PAGE)
    CoordinatorAssignment.objects.filter(user=world.coordinator).delete()
    assert client.get(at(pack, "pack.zip")).status_code == 404


def test_only_what_was_made_is_given_out(world: World, client: Client) -> None:
    pack = packing.ask(world.coordinator)
    client.force_login(world.coordinator)
    assert client.get(at(pack, "pack.zip")).status_code == 404
    packing.work(pack)
    for ending in ("docx", "csv", "name"):
        assert client.get(at(pack, f"pack.{ending}")).status_code == 404


# Lists ----------------------------------------------------------------------------------------


def test_the_list_asks_the_same_number_of_queries_at_any_size(world: World, client: Client) -> None:
    client.force_login(world.coordinator)
    packing.ask(world.coordinator)
    said(client, PAGE)
    counts = []
    for size in (2, 15):
        for number in range(size):
            day = date(2025, 1, 1) + timedelta(days=size * 20 + number)
            packing.ask(world.manager, since=day)
        with CaptureQueriesContext(connection) as queries:
            said(client, PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_twenty_five_packs_a_page(world: World, client: Client) -> None:
    client.force_login(world.manager)
    for number in range(27):
        packing.ask(world.manager, since=date(2025, 1, 1) + timedelta(days=number))
    page = said(client, PAGE)
    assert page.count('<th scope="row">') == 25
    assert "page=2" in page


def test_the_team_and_its_certificates_lead_to_the_packs(world: World, client: Client) -> None:
    make.make_release("F01", lessons=1)
    client.force_login(world.coordinator)
    for path in ("/team/", "/team/certificates/"):
        assert f'href="{PAGE}"' in said(client, path)
