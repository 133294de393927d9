"""The pages of talks, address by address."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.people.models import Center, CoordinatorAssignment, County, Discipline, User
from tests.training.talk_making import COMMUNITY, facts, make_talk, profession
from tests.world import World
from training import outreach
from training.models import OutreachTalk

pytestmark = pytest.mark.django_db
AT = "/training/talks/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "key": uuid4(),
        "title": "Recognizing concern, for schools",
        "happened_on": timezone.localdate().isoformat(),
        "minutes": 60,
        "mode": "in_person",
        "center": Center.objects.get(slug="essex").pk,
        "county": County.objects.get(slug="essex").pk,
        "people_community": 12,
        **changes,
    }


def test_the_form_begins_with_what_is_likely(world: World) -> None:
    form = as_(world.coordinator).get(f"{AT}new/").context["form"]
    assert form["happened_on"].value() == timezone.localdate()
    assert (form["minutes"].value(), form["mode"].value()) == (60, "in_person")
    assert form["center"].value() == Center.objects.get(slug="essex").pk
    assert form["county"].value() == County.objects.get(slug="essex").pk
    assert all(box.value() is None for box in [*form.boxes(), *form.profession_boxes()])


def test_a_center_of_three_counties_preselects_none(world: World) -> None:
    form = as_(world.other_coordinator).get(f"{AT}new/").context["form"]
    assert form["center"].value() == Center.objects.get(slug="capeislands").pk
    assert form["county"].value() is None


def test_a_talk_is_logged_and_the_sum_is_said(world: World) -> None:
    school = Discipline.objects.get(slug="school")
    said = typed(**{f"people_{school.pk}": 5, "people_students": 0, "topics": ["online"]})
    client = as_(world.coordinator)
    after = client.post(f"{AT}new/", said, follow=True)
    text = after.content.decode()
    talk = OutreachTalk.objects.get()
    assert after.redirect_chain == [(f"{AT}{talk.pk}/", 302)]
    assert "Saved: 17 people." in text
    assert "17 people, 60 min, 17 person-hours" in text
    assert outreach.people_of(talk) == {COMMUNITY: 12, profession("school"): 5}
    assert (talk.recorded_by, talk.topics) == (world.coordinator, ["online"])
    client.post(f"{AT}new/", said)
    assert OutreachTalk.objects.count() == 1


def test_another_like_this_brings_everything_but_the_people(world: World) -> None:
    talk = make_talk(
        world.coordinator, minutes=45, happened_on=timezone.localdate() - timedelta(days=9)
    )
    client = as_(world.coordinator)
    assert f"new/?like={talk.pk}" in client.get(f"{AT}{talk.pk}/").content.decode()
    form = client.get(f"{AT}new/?like={talk.pk}").context["form"]
    assert form["title"].value() == talk.title
    assert form["minutes"].value() == 45
    assert form["happened_on"].value() == timezone.localdate()
    assert all(box.value() is None for box in form.boxes())


@pytest.mark.parametrize("like", ["x", "9" * 30, "0", "²"])
def test_another_like_nothing_is_an_empty_form(world: World, like: str) -> None:
    form = as_(world.coordinator).get(f"{AT}new/?like={like}").context["form"]
    assert form["title"].value() is None


def test_a_talk_of_another_center_is_no_model(world: World) -> None:
    talk = make_talk(world.other_coordinator, center="capeislands")
    form = as_(world.coordinator).get(f"{AT}new/?like={talk.pk}").context["form"]
    assert form["title"].value() is None


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("people_community", "", "in at least one of the boxes"),
        ("people_community", "0", "in at least one of the boxes"),
        ("people_community", "-3", "greater than or equal to 0"),
        ("people_community", "9" * 30, "less than or equal to 5000"),
        ("people_community", "many", "Enter a whole number"),
        ("minutes", "0", "greater than or equal to 1"),
        ("minutes", "9999", "less than or equal to 1440"),
        ("title", "", "This field is required"),
        ("title", "Call 978-555-0142 about it", "Not saved: 1 thing to settle"),
        ("happened_on", "2014-12-31", "too long ago"),
        ("happened_on", "2999-01-01", "a day that has come"),
        ("happened_on", "soon", "Enter a valid date"),
        ("mode", "smoke", "Select a valid choice"),
        ("center", "9" * 30, "Select a valid choice"),
        ("county", "x", "Select a valid choice"),
        ("topics", "x", "Select a valid choice"),
        ("funding", "x", "Select a valid choice"),
        ("key", "x", "Enter a valid UUID"),
    ],
)
def test_what_is_not_understood_is_told_and_the_rest_is_kept(
    world: World, name: str, value: str, told: str
) -> None:
    answer = as_(world.coordinator).post(f"{AT}new/", typed(**{"people_other": "", name: value}))
    text = answer.content.decode()
    assert told in text
    assert not OutreachTalk.objects.exists()
    if name != "title":
        assert "Recognizing concern, for schools" in text


def test_a_center_that_is_not_ones_own_is_no_choice(world: World) -> None:
    bristol = Center.objects.get(slug="bristol").pk
    for person, kept in ((world.coordinator, 0), (world.trainer, 0), (world.manager, 1)):
        as_(person).post(f"{AT}new/", typed(center=bristol))
        assert OutreachTalk.objects.count() == kept
    answer = as_(world.coordinator).post(f"{AT}new/", typed(center=""))
    assert "center" in answer.context["form"].errors
    as_(world.trainer).post(f"{AT}new/", typed(center=""))
    assert OutreachTalk.objects.filter(center=None).count() == 1


def test_the_list_has_the_own_centers_and_totals_as_filtered(world: World) -> None:
    today = timezone.localdate()
    make_talk(world.coordinator, minutes=90, people={COMMUNITY: 20})
    make_talk(world.coordinator, happened_on=today - timedelta(days=40), title="Older")
    make_talk(world.other_coordinator, center="capeislands", title="Elsewhere")
    client = as_(world.coordinator)
    text = client.get(AT).content.decode()
    assert "2 talks, 30 people, 40 person-hours" in text
    assert "Elsewhere" not in text
    assert "Older" in text
    since = (today - timedelta(days=3)).isoformat()
    newer = client.get(f"{AT}?since={since}").content.decode()
    assert "1 talk, 20 people, 30 person-hours" in newer
    assert "1 talk, 10 people" in client.get(f"{AT}?until={since}").content.decode()
    assert "3 talks" in as_(world.manager).get(AT).content.decode()
    assert "1 talk," in as_(world.manager).get(f"{AT}?center=capeislands").content.decode()
    assert "2 talks" in client.get(f"{AT}?center=capeislands&since=x&page=zz").content.decode()


def test_empty_lists_say_what_will_appear(world: World) -> None:
    client = as_(world.coordinator)
    assert "No talk yet" in client.get(AT).content.decode()
    assert "Nothing matches" in client.get(f"{AT}?since=2020-01-01").content.decode()


def test_the_file_says_the_same_and_names_nobody_of_the_staff(world: World) -> None:
    make_talk(world.coordinator, title="=SUM(A1)", people={COMMUNITY: 20, profession("school"): 2})
    make_talk(world.other_coordinator, center="capeislands", title="Elsewhere")
    text = as_(world.coordinator).get(f"{AT}talks.csv").content.decode()
    lines = text.strip().splitlines()
    assert len(lines) == 2
    assert "In person,60,22,1320,2,20,0,0,0,School: 2," in lines[1]
    assert "'=SUM(A1)" in lines[1]
    assert world.coordinator.last_name not in text


def test_a_talk_is_corrected_on_its_page(world: World) -> None:
    talk = make_talk(world.coordinator)
    client = as_(world.coordinator)
    form = client.get(f"{AT}{talk.pk}/correct/").context["form"]
    assert form["people_community"].value() == 10
    answer = client.post(f"{AT}{talk.pk}/correct/", typed(), follow=True)
    row = OutreachTalk.objects.get(corrects=talk)
    assert answer.redirect_chain == [(f"{AT}{row.pk}/", 302)]
    assert "Community members: 10 &rarr; 12" in answer.content.decode()
    old = client.get(f"{AT}{talk.pk}/").content.decode()
    assert "This is an earlier version" in old
    assert f"{AT}{row.pk}/" in old
    assert client.get(f"{AT}{talk.pk}/correct/").url == f"{AT}{row.pk}/correct/"


def test_the_second_of_two_corrections_sees_what_the_first_changed(world: World) -> None:
    talk = make_talk(world.coordinator)
    row = outreach.correct(talk, facts(minutes=45), by=world.manager, key=uuid4())
    client, said = as_(world.coordinator), typed(people_community=33)
    answer = client.post(f"{AT}{talk.pk}/correct/", said)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "somebody else corrected this talk" in text
    assert "<td>60</td><td>45</td>" in text
    assert 'value="33"' in text
    assert f'action="{AT}{row.pk}/correct/"' in text
    client.post(f"{AT}{row.pk}/correct/", said)
    assert outreach.people_of(outreach.newest(talk)) == {COMMUNITY: 33}


def test_a_correction_of_what_was_taken_back_meanwhile_is_not_there(world: World) -> None:
    talk = make_talk(world.coordinator)
    outreach.take_back(talk, by=world.manager, key=uuid4())
    answer = as_(world.coordinator).post(f"{AT}{talk.pk}/correct/", typed())
    assert answer.status_code == 409
    assert "was taken back meanwhile" in answer.content.decode()
    assert as_(world.coordinator).get(f"{AT}{talk.pk}/correct/").status_code == 404


def test_a_talk_is_taken_back_and_stays_in_sight(world: World) -> None:
    talk = make_talk(world.coordinator)
    client = as_(world.coordinator)
    form = client.get(f"{AT}{talk.pk}/").context["take_back"]
    said = {"key": form["key"].value()}
    text = client.post(f"{AT}{talk.pk}/take-back/", said, follow=True).content.decode()
    assert "This talk was taken back" in text
    assert "Take it back</summary>" not in text
    assert "No talk yet" in client.get(AT).content.decode()
    again = client.post(f"{AT}{talk.pk}/take-back/", {"key": uuid4()}, follow=True)
    assert "it has changed since" in again.content.decode()


def test_others_find_nothing_and_a_post_without_key_does_nothing(world: World) -> None:
    talk = make_talk(world.coordinator)
    for person in (world.other_coordinator, world.trainer, world.member):
        for rest in ("correct/", "take-back/"):
            said = typed() if rest == "correct/" else {"key": uuid4()}
            assert as_(person).post(f"{AT}{talk.pk}/{rest}", said).status_code == 404
    assert as_(world.coordinator).post(f"{AT}{talk.pk}/take-back/", {}).status_code == 404
    assert OutreachTalk.objects.count() == 1


def test_the_pages_lead_here(world: World) -> None:
    client = as_(world.coordinator)
    for path in ("/", "/team/", "/training/sessions/"):
        assert f"{AT}new/" in client.get(path).content.decode(), path
    assert AT not in as_(world.member).get("/training/sessions/").content.decode()


def test_the_list_and_a_talk_cost_the_same_at_any_size(
    world: World, django_assert_max_num_queries: Any
) -> None:
    CoordinatorAssignment.objects.create(
        user=world.coordinator, center=Center.objects.get(slug="bristol")
    )
    client = as_(world.coordinator)
    everybody = {(profession(d.slug)): 2 for d in Discipline.objects.all()}
    counted = []
    for size in (2, 20):
        for n in range(size):
            made = make_talk(
                world.coordinator,
                center=("essex", "bristol")[n % 2],
                people={COMMUNITY: 3, profession("school"): 1} if size == 2 else everybody,
            )
        row = []
        for path in (AT, f"{AT}talks.csv", f"{AT}{made.pk}/"):
            client.get(path)
            with django_assert_max_num_queries(20) as queries:
                client.get(path)
            row.append(len(queries))
        counted.append(row)
    assert counted[0] == counted[1]
