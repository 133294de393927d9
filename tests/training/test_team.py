"""The team page: own centers only, what is complete and when, and the way onto the roster."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from portal.people.models import Center, Discipline, Invitation, PersonAlias, User
from tests.training import learning_factories as make
from tests.training.factories import draft_module
from tests.world import World
from training import enrolments, team

pytestmark = pytest.mark.django_db
Counted = Callable[..., object]


def shown(client: Client, user: User, query: str = "") -> str:
    client.force_login(user)
    response = client.get(f"/team/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_coordinator_sees_the_own_centers_and_the_manager_everyone(
    world: World, client: Client
) -> None:
    essex, bristol = world.member.name, world.other_member.name
    own = shown(client, world.coordinator)
    assert essex in own
    assert bristol not in own
    everyone = shown(client, world.manager)
    assert essex in everyone
    assert bristol in everyone


def test_a_name_is_text_and_never_markup(world: World, client: Client) -> None:
    User.objects.filter(pk=world.member.pk).update(chosen_name="<i>Kim & Lee</i>")
    text = shown(client, world.coordinator)
    assert "&lt;i&gt;Kim &amp; Lee&lt;/i&gt;</a>" in text
    assert "<i>Kim" not in text


def test_a_filter_never_widens_what_may_be_seen(world: World, client: Client) -> None:
    bristol = Center.objects.get(slug="bristol")
    page = shown(client, world.coordinator, f"?center={bristol.pk}")
    assert world.other_member.name not in page
    assert world.member.name in page
    page = shown(client, world.manager, f"?center={bristol.pk}")
    assert world.other_member.name in page
    assert world.member.name not in page


def test_the_discipline_filters(world: World, client: Client) -> None:
    medical = Discipline.objects.get(slug="medical")
    nurse = make.learner(discipline=medical, last_name="Nurse")
    page = shown(client, world.coordinator, f"?discipline={medical.pk}")
    assert nurse.name in page
    assert world.member.name not in page


def test_a_cell_says_complete_and_the_day_and_nothing_of_tries_or_scores(
    world: World, client: Client
) -> None:
    page, _release = make.make_release("F01")
    make.make_release("F02")
    draft_module("F03", is_in_preparation=True)
    make.complete(world.member, page)
    enrolment = enrolments.enrol(person=world.trainer, module=page)
    make.do_lesson(enrolment, 1)
    rows = {r.person: r for r in team.rows(team.roster(world.coordinator), team.modules())}
    assert [cell.module.code for cell in rows[world.member].cells] == ["F01", "F02"]
    assert [cell.day is not None for cell in rows[world.member].cells] == [True, False]
    assert rows[world.trainer].done == 0
    html = shown(client, world.coordinator)
    assert "Complete<br>" in html
    assert "F03" not in html
    assert "In progress" not in html
    assert "score" not in html.split("<main")[1].split('<p class="small muted">The page shows')[0]


def test_coverage_counts_people_who_joined_and_who_completed_everything(world: World) -> None:
    pages = [make.make_release(code)[0] for code in ("F01", "F02")]
    make.learner(roster=True)
    for page in pages:
        make.complete(world.member, page)
    make.complete(world.trainer, pages[0])
    people = team.roster(world.coordinator)
    assert team.coverage(people, pages) == team.Coverage(4, 3, 1, 2)


def test_what_an_alias_completed_counts_and_the_alias_does_not_stand_twice(world: World) -> None:
    page, _release = make.make_release("F01")
    alias = make.learner()
    make.complete(alias, page)
    PersonAlias.objects.create(alias=alias, person=world.member, merged_by=world.manager)
    rows = {r.person: r for r in team.rows(team.roster(world.coordinator), [page])}
    assert alias not in rows
    assert rows[world.member].done == 1
    assert team.coverage(team.roster(world.coordinator), [page]).covered == 1


def test_the_roster_comes_as_a_table_with_the_same_filters(world: World, client: Client) -> None:
    page, _release = make.make_release("F01")
    make.complete(world.member, page)
    world.member.last_name = "=cmd"
    world.member.chosen_name = "=cmd"
    world.member.save()
    client.force_login(world.coordinator)
    response = client.get("/team/roster.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][-1] == "F01"
    names = [row[0] for row in rows[1:]]
    assert "'=cmd" in names
    assert world.other_member.name not in names


@pytest.mark.parametrize("count", [2, 40])
def test_the_page_asks_the_same_number_of_queries_at_any_size(
    world: World, client: Client, count: int, django_assert_max_num_queries: Counted
) -> None:
    for code in ("F01", "F02"):
        make.make_release(code)
    for _ in range(count):
        make.learner()
    shown(client, world.coordinator)
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        shown_again(client)


def shown_again(client: Client) -> None:
    assert client.get("/team/").status_code == 200


def test_fifty_people_a_page(world: World, client: Client) -> None:
    for _ in range(55):
        make.learner()
    html = shown(client, world.coordinator)
    assert html.count('<th scope="row">') == 50
    assert "page=2" in html


def invitation(world: World, center: str, **changes: object) -> dict[str, object]:
    return {
        "email": "new.person@example.org",
        "first_name": "New",
        "last_name": "Person",
        "discipline": Discipline.objects.get(slug="medical").pk,
        "center": Center.objects.get(slug=center).pk,
        **changes,
    }


def test_a_coordinator_invites_to_the_own_center(world: World, client: Client) -> None:
    client.force_login(world.coordinator)
    response = client.post("/team/invite/", invitation(world, "essex"))
    assert response.status_code == 302
    assert Invitation.objects.get().user.email == "new.person@example.org"
    assert (
        "Done. Whoever has to agree or to join gets a mail."
        in client.get("/team/").content.decode()
    )


def test_a_coordinator_cannot_invite_to_another_center(world: World, client: Client) -> None:
    client.force_login(world.coordinator)
    response = client.post("/team/invite/", invitation(world, "bristol"))
    assert response.status_code == 200
    assert "new.person@example.org" in response.content.decode()
    assert not User.objects.filter(email="new.person@example.org").exists()


def test_an_invitation_with_errors_keeps_what_was_typed(world: World, client: Client) -> None:
    client.force_login(world.manager)
    response = client.post("/team/invite/", invitation(world, "bristol", email="no address"))
    html = response.content.decode()
    assert 'value="no address"' in html
    assert "error-summary" in html
    assert not Invitation.objects.exists()
