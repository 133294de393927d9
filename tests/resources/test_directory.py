"""The service directory: filters, checking, what readers find wrong, and the weekly mail."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.core.models import Event
from portal.people import leaving, retention
from portal.people.models import County, HelpLine, User
from resources import directory, overdue, policies
from resources.content_loader import load_directory
from resources.directory import DirectoryFilters
from resources.models import Fact, Service, ServiceNote
from resources.models import ServiceLanguage as Language
from resources.policies import NotAllowed
from tests.posting import delivered
from tests.posting import said as sentence
from tests.world import World

pytestmark = pytest.mark.django_db
LIST = "/resources/directory/"
DUE = "/resources/directory/due/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def member(world: World) -> Client:
    return signed_in(world.member)


def make_service(name: str = "Harbor House", **fields: Any) -> Service:
    counties, languages = fields.pop("counties", ()), fields.pop("languages", ())
    service = Service.objects.create(name=name, **fields)
    service.counties.set(County.objects.filter(slug__in=counties))
    service.languages.set(Language.objects.filter(slug__in=languages))
    return service


def names(response: Any) -> list[str]:
    return [service.name for service in response.context["page_obj"]]


def all_checked() -> None:
    HelpLine.objects.update(verified_on=timezone.localdate())


def test_what_is_loaded_is_flagged_and_names_no_person(member: Client) -> None:
    load_directory()
    load_directory()
    assert Service.objects.count() == 18
    assert all(service.must_verify for service in Service.objects.all())
    assert not Service.objects.exclude(verified_by=None).exists()
    assert "Verify before use" in member.get(LIST).content.decode()


def test_county_category_and_language_choose(member: Client) -> None:
    load_directory()
    assert names(member.get(f"{LIST}?county=nantucket&category=center")) == ["Children's Cove"]
    assert "My Life My Choice" in names(member.get(f"{LIST}?county=hampden&category=peer"))
    nothing = member.get(f"{LIST}?category=housing")
    assert "No service fits these choices" in nothing.content.decode()
    make_service("Harbor House", languages=["spanish", "khmer"])
    assert names(member.get(f"{LIST}?language=khmer")) == ["Harbor House"]


def test_facets_count_what_each_choice_would_leave(member: Client) -> None:
    make_service("A", category="legal", counties=["essex"], languages=["spanish"])
    make_service("B", category="legal", counties=["essex", "norfolk"])
    make_service("C", category="housing", languages=["spanish"])  # serves the whole state
    choices = DirectoryFilters(category="legal").choices()
    assert [(c.label, c.count, c.is_selected) for c in choices["category"]] == [
        ("Legal", 2, True),
        ("Housing", 1, False),
    ]
    assert [(c.label, c.count) for c in choices["county"]] == [("Essex", 2), ("Norfolk", 1)]
    everything = {c.label: c.count for c in DirectoryFilters().choices()["county"]}
    assert (everything["Essex"], everything["Norfolk"], everything["Dukes"]) == (3, 2, 1)
    assert [(c.label, c.count) for c in choices["language"]] == [("Spanish", 1)]
    html = member.get(LIST).content.decode()
    assert 'href="?category=legal"' in html


def test_filters_that_are_not_understood_are_harmless(member: Client) -> None:
    answer = member.get(f"{LIST}?county=%00&language=" + "x" * 500 + "&page=abc")
    assert answer.status_code == 200


def test_by_county_each_stands_under_its_counties_and_the_whole_state_last(member: Client) -> None:
    make_service("Both", counties=["essex", "norfolk"])
    make_service("Everywhere", category="legal")
    response = member.get("/resources/directory/by-county/")
    groups = [
        (c.name if c else "", [s.name for s in found]) for c, found in response.context["groups"]
    ]
    assert groups == [("Essex", ["Both"]), ("Norfolk", ["Both"]), ("", ["Everywhere"])]
    one = member.get("/resources/directory/by-county/?county=essex").context["groups"]
    assert [c.name if c else "" for c, _found in one] == ["Essex", ""]


@pytest.mark.parametrize(("days", "flagged"), [(0, False), (90, False), (91, True), (None, True)])
def test_an_entry_is_flagged_after_ninety_days(days: int | None, flagged: bool) -> None:
    day = timezone.localdate() - timedelta(days=days) if days is not None else None
    service = make_service(needs_verifying=False, verified_on=day)
    assert service.must_verify is flagged
    assert Service.objects.to_verify().exists() is flagged
    Service.objects.update(needs_verifying=True)
    assert Service.objects.to_verify().exists()


@pytest.mark.parametrize(("days", "stale"), [(90, False), (91, True), (None, True)])
def test_a_help_line_is_stale_after_ninety_days_and_while_nobody_called(
    days: int | None, stale: bool
) -> None:
    all_checked()
    line = HelpLine.objects.all()[0]
    line.verified_on = timezone.localdate() - timedelta(days=days) if days is not None else None
    line.save()
    assert line.is_stale is stale
    assert HelpLine.objects.stale().exists() is stale


def test_one_click_says_that_an_entry_was_checked_today(world: World) -> None:
    service = make_service()
    specialist = signed_in(world.specialist)
    assert "Harbor House" in specialist.get(DUE).content.decode()
    assert specialist.post(f"{LIST}{service.pk}/checked/").status_code == 302
    service.refresh_from_db()
    assert (service.must_verify, service.verified_by) == (False, world.specialist)
    assert service.verified_on == timezone.localdate()
    assert names(specialist.get(DUE)) == []
    event = Event.objects.get(kind="resources.service_verified")
    assert (event.actor_id, event.subject_id) == (world.specialist.pk, str(service.pk))


def test_one_click_says_that_a_help_line_was_called(world: World) -> None:
    line = HelpLine.objects.all()[0]
    HelpLine.objects.filter(pk=line.pk).update(verified_on=None)
    manager = signed_in(world.manager)
    manager.post(f"{LIST}lines/{line.pk}/checked/")
    line.refresh_from_db()
    assert (line.is_stale, line.verified_by) == (False, world.manager)


def test_only_manager_deputy_and_specialist_check(world: World) -> None:
    service = make_service()
    may = {name for name, user in world.people.items() if policies.can_verify(user)}
    assert may == {"manager", "deputy", "specialist"}
    with pytest.raises(NotAllowed):
        directory.verify(service, by=world.coordinator)
    with pytest.raises(NotAllowed):
        directory.change(service, {"name": "x"}, counties=[], languages=[], by=world.author)
    service.refresh_from_db()
    assert service.verified_on is None


def test_an_entry_is_changed_outside_the_admin_and_screened(world: World) -> None:
    service = make_service()
    url = f"{LIST}{service.pk}/change/"
    essex, spanish = County.objects.get(slug="essex"), Language.objects.get(slug="spanish")
    values = {
        "name": "Harbor House",
        "category": "safety",
        "about": "Call 617-555-0134",
        "phone": "617-555-0134",
        "counties": [essex.pk],
        "languages": [spanish.pk],
    }
    client = signed_in(world.specialist)
    answer = client.post(url, {**values, "eligibility": "SSN 123-45-6789"})
    assert "may identify a person" in answer.content.decode()
    service.refresh_from_db()
    assert service.category == "other"
    assert client.post(url, {**values, "counties": ["9" * 40]}).status_code == 200
    assert client.post(url, values).status_code == 302
    service.refresh_from_db()
    assert (service.category, service.must_verify) == ("safety", True)
    assert [list(service.counties.all()), list(service.languages.all())] == [[essex], [spanish]]


def test_a_page_links_out_and_its_title_is_neutral(member: Client) -> None:
    service = make_service(url="https://example.org/harbor", phone="617-555-0134")
    html = member.get(service.get_absolute_url()).content.decode()
    assert 'href="https://example.org/harbor" rel="noopener external"' in html
    assert "The portal sends no referral" in html
    title = html.partition("<title>")[2].partition("</title>")[0]
    assert "Harbor" not in title
    assert "I checked it today" not in html
    assert "Change the entry" not in html


def test_what_a_reader_finds_wrong_reaches_the_manager_without_a_word_of_it(
    world: World, member: Client
) -> None:
    service = make_service()
    key = str(uuid4())
    url = f"{LIST}{service.pk}/wrong/"
    member.post(url, {"key": key, "text": "The number rings at another office"})
    member.post(url, {"key": key, "text": "The number rings at another office"})
    note = ServiceNote.objects.get()
    mails = delivered()
    assert {m.to[0] for m in mails} == {world.manager.email, world.deputy.email}
    for mail in mails:
        assert "Harbor" not in mail.subject + mail.body
        assert "rings" not in mail.body
        assert "/resources/directory/due/" in mail.body
    page = signed_in(world.manager).get(DUE).content.decode()
    assert "rings at another office" in page
    signed_in(world.manager).post(f"{LIST}notes/{note.pk}/settled/")
    note.refresh_from_db()
    assert note.settled_by == world.manager
    assert "rings at another office" not in signed_in(world.manager).get(DUE).content.decode()


def test_a_note_is_screened_and_what_was_typed_is_kept(member: Client) -> None:
    service = make_service()
    data = {"key": str(uuid4()), "text": "Ask about docket 2031CR001234"}
    answer = member.post(f"{LIST}{service.pk}/wrong/", data)
    assert answer.status_code == 200
    assert "2031CR001234" in answer.content.decode()
    assert not ServiceNote.objects.exists()


def test_settled_notes_go_after_ninety_days_unless_held(world: World) -> None:
    service = make_service()
    note = directory.report(service, text="Old number", by=world.member, key=uuid4())
    directory.settle(note, by=world.manager)
    retention.apply_all()
    assert ServiceNote.objects.exists()
    ServiceNote.objects.update(settled_at=timezone.now() - timedelta(days=91))
    hold = retention.place_hold(reason="A records request", by=world.manager, person=world.member)
    retention.apply_all()
    assert ServiceNote.objects.exists()
    retention.lift_hold(hold, by=world.manager)
    retention.apply_all()
    assert not ServiceNote.objects.exists()


def test_one_mail_a_week_while_anything_is_overdue(world: World) -> None:
    all_checked()
    overdue.tell_the_manager()
    assert delivered() == []
    make_service("Telling name")
    overdue.tell_the_manager()
    overdue.tell_the_manager()
    mails = delivered()
    assert sorted(m.to[0] for m in mails) == sorted([world.manager.email, world.deputy.email])
    assert (
        sentence(mails[0]) == "At least one entry of the portal has not been checked for a while."
    )
    assert "Telling" not in "".join(m.subject + m.body for m in mails)


def test_the_mail_comes_again_a_week_later_and_not_before(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_service()
    today = timezone.localdate()
    for days, count in ((0, 2), (1, 0), (6, 0), (7, 2), (8, 0)):
        monkeypatch.setattr(overdue, "today", lambda days=days: today + timedelta(days=days))
        overdue.tell_the_manager()
        assert len(delivered()) == count, days


def test_facts_and_help_lines_count_as_overdue_too(world: World) -> None:
    all_checked()
    assert overdue.counts().total == 0
    Fact.objects.create(statement="Eleven", figure="11", source="A page")
    HelpLine.objects.filter(pk=HelpLine.objects.all()[0].pk).update(verified_on=None)
    assert (overdue.counts().facts, overdue.counts().lines, overdue.counts().total) == (1, 1, 2)


def test_who_leaves_may_still_be_named_as_the_one_who_checked(world: World) -> None:
    service = directory.verify(make_service(), by=world.specialist)
    leaving.leave(world.specialist, by=world.manager)
    html = signed_in(world.member).get(service.get_absolute_url()).content.decode()
    assert world.specialist.name in html


@pytest.mark.parametrize("size", [2, 20])
@pytest.mark.parametrize(
    ("url", "most"), [(LIST, 13), ("/resources/directory/by-county/", 8), (DUE, 15)]
)
def test_a_list_costs_the_same_at_any_size(
    size: int, url: str, most: int, world: World, django_assert_max_num_queries: Any
) -> None:
    for n in range(size):
        make_service(f"S{n}", counties=["essex", "norfolk"], languages=["spanish", "khmer"])
        service = Service.objects.get(name=f"S{n}")
        directory.report(service, text="Old number", by=world.member, key=uuid4())
    client = signed_in(world.manager)
    client.get(url)
    with django_assert_max_num_queries(most):
        client.get(url)
