"""What a person needs, read from awards of credit; whose business it is."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.models import Event
from portal.people import merging
from portal.people.models import Discipline
from tests.factories import UserFactory
from tests.training.factories import make_module
from tests.training.learning_factories import complete
from tests.world import World
from training import needs, requirement_loader
from training.models import CreditOffer, Licence, RequirementClause, RequirementRule

DAY = timedelta(days=1)


def by_slug(person: object) -> dict[str, needs.Need]:
    return {need.rule.slug: need for need in needs.of(person)}  # type: ignore[arg-type]


def test_every_rule_of_the_sources_is_loaded_and_none_is_verified(db: None) -> None:
    rules = {rule.slug: rule for rule in RequirementRule.objects.all()}
    assert set(rules) == {said["slug"] for said in requirement_loader.content()}
    assert not any(rule.is_verified for rule in rules.values())
    assert all(rule.clauses.exists() and rule.source for rule in rules.values())
    rules.pop("mdt-annual")  # asks for an event, not for minutes
    minutes = {s: r.clauses.get(kind="minutes", category="").minutes for s, r in rules.items()}
    assert minutes["csec-mdt-14"] == 14 * 60
    assert minutes["licsw"] == 30 * 60
    assert minutes["lmhc-lmft"] == 30 * 50


def test_what_staff_confirmed_or_changed_is_never_loaded_over(db: None) -> None:
    RequirementRule.objects.filter(slug="csec-mdt-14").update(
        name="Ours", verified_on=timezone.localdate()
    )
    requirement_loader.load_requirements()
    assert RequirementRule.objects.get(slug="csec-mdt-14").name == "Ours"


def test_a_discipline_brings_its_rules(world: World) -> None:
    person = UserFactory(discipline=Discipline.objects.get(slug="forensic-interviewer"))
    assert set(by_slug(person)) == {"csec-mdt-14", "mdt-annual", "fi-initial", "fi-ongoing"}
    assert set(by_slug(UserFactory(discipline=None))) == {"csec-mdt-14", "mdt-annual"}


def test_a_completed_module_counts_where_modules_count(world: World) -> None:
    page, release = make_module()
    complete(world.member, page)
    found = by_slug(world.member)
    csec = found["csec-mdt-14"].standing.minutes
    assert csec is not None
    assert csec.have == release.minutes
    assert found["mdt-annual"].standing.is_met
    assert found["advocate-initial"].standing.minutes.have == 0  # type: ignore[union-attr]


def test_an_offer_counts_from_its_first_day_to_its_last_and_once(world: World) -> None:
    page, release = make_module()
    rule = RequirementRule.objects.get(slug="licsw")
    needs.name_licence(world.member, rule, cycle_ends_on=date(2027, 6, 15))
    today = timezone.localdate()

    def have() -> int:
        part = by_slug(world.member)["licsw"].standing.minutes
        assert part is not None
        return part.have

    CreditOffer.objects.create(
        module=page, rule=rule, valid_from=today - timedelta(days=30), valid_to=today
    )
    CreditOffer.objects.create(module=page, rule=rule, minutes=500, valid_from=today + DAY)
    CreditOffer.objects.create(
        module=page, rule=rule, minutes=600, valid_from=today - 9 * DAY, valid_to=today - DAY
    )
    complete(world.member, page)
    assert have() == release.minutes


def test_of_two_offers_the_newest_that_was_valid_that_day_counts(world: World) -> None:
    page, _release = make_module()
    rule = RequirementRule.objects.get(slug="licsw")
    needs.name_licence(world.member, rule, cycle_ends_on=date(2027, 6, 15))
    today = timezone.localdate()
    CreditOffer.objects.create(module=page, rule=rule, valid_from=today - 30 * DAY)
    CreditOffer.objects.create(module=page, rule=rule, minutes=5, valid_from=today)
    complete(world.member, page)
    part = by_slug(world.member)["licsw"].standing.minutes
    assert part is not None
    assert part.have == 5


def test_a_licence_is_named_moved_and_taken_off(world: World, client: Client) -> None:
    client.force_login(world.member)
    rule = RequirementRule.objects.get(slug="lcsw")
    client.post("/me/needs/", {"rule": rule.pk, "cycle_ends_on": "2027-02-28"})
    client.post("/me/needs/", {"rule": rule.pk, "cycle_ends_on": "2027-03-31"})
    assert Licence.objects.get().cycle_ends_on == date(2027, 3, 31)
    page = client.get("/me/needs/").content.decode()
    assert "LCSW" in page
    assert "Unverified" in page
    client.post("/me/needs/lcsw/")
    assert Licence.objects.get().ended_on == timezone.localdate()
    assert "lcsw" not in by_slug(world.member)


def test_a_coordinator_sees_the_requirements_and_not_the_licences(
    world: World, client: Client
) -> None:
    rule = RequirementRule.objects.get(slug="licsw")
    needs.name_licence(world.member, rule, cycle_ends_on=date(2027, 6, 15))
    client.force_login(world.coordinator)
    page = client.get(f"/team/people/{world.member.pk}/needs/").content.decode()
    assert "CSEC training of the team" in page
    assert "LICSW" not in page
    assert Event.objects.filter(kind="team.needs_viewed").exists()


@pytest.mark.parametrize(
    "data",
    [{}, {"rule": "x", "cycle_ends_on": "2027-01-01"}, {"rule": "1", "cycle_ends_on": "no"}],
)
def test_a_licence_that_is_not_understood_is_told_and_not_kept(
    world: World, client: Client, data: dict[str, str]
) -> None:
    client.force_login(world.member)
    assert client.post("/me/needs/", data).status_code == 200
    assert not Licence.objects.exists()


def test_the_number_of_queries_does_not_grow_with_completions(world: World) -> None:
    counts = []
    for number in range(1, 5):
        page, _release = make_module(f"Q{number}")
        complete(world.member, page)
        if number in (1, 4):
            with CaptureQueriesContext(connection) as queries:
                needs.of(world.member)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_manager_ticks_a_rule_as_verified_in_the_admin(world: World, client: Client) -> None:
    client.force_login(world.manager)
    assert client.get("/cms/snippets/training/requirementrule/").status_code == 200
    client.force_login(world.author)
    assert client.get("/cms/snippets/training/requirementrule/").status_code != 200


def test_the_team_page_says_who_meets_what_until_when(world: World, client: Client) -> None:
    page, _release = make_module()
    complete(world.member, page)
    client.force_login(world.coordinator)
    text = client.get("/team/requirements/").content.decode()
    assert "Robin Member" in text
    assert f"{timezone.localdate().year}" in text
    assert "h missing" in text
    assert world.other_member.name not in text


def test_who_lapses_before_a_day_is_named_and_nobody_else(world: World, client: Client) -> None:
    """The yearly training is met until 31 December by whoever completed a module this year."""
    page, _release = make_module()
    complete(world.member, page)
    rule = RequirementRule.objects.get(slug="mdt-annual")
    client.force_login(world.coordinator)
    year = timezone.localdate().year

    def named(before: str) -> bool:
        query = {"rule": rule.pk, "before": before}
        return "Robin Member" in client.get("/team/requirements/", query).content.decode()

    assert not named(f"{year}-12-31")
    assert named(f"{year + 1}-01-01")
    text = client.get("/team/requirements/", {"rule": rule.pk, "before": f"{year}-12-31"})
    assert "Alex" in text.content.decode()  # the coordinator has completed nothing


def test_the_team_page_asks_the_same_number_of_queries_at_any_size(
    world: World, client: Client
) -> None:
    client.force_login(world.coordinator)
    client.get("/team/requirements/")
    counts = []
    page, _release = make_module()
    for number in (2, 25):
        for _person in range(number):
            complete(UserFactory(center="essex"), page)
        with CaptureQueriesContext(connection) as queries:
            client.get("/team/requirements/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_many_and_one_say_the_same(world: World) -> None:
    page, _release = make_module()
    complete(world.member, page)
    many = needs.of_many([world.member, world.trainer])
    for person in (world.member, world.trainer):
        one = [n for n in needs.of(person) if not n.rule.is_licence]
        assert [(n.rule.slug, n.standing) for n in many[person.pk]] == [
            (n.rule.slug, n.standing) for n in one
        ]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "rolling", "window_months": None},
        {"kind": "cycle", "window_months": None, "is_licence": True},
        {"kind": "cycle", "window_months": 24, "is_licence": False},
    ],
)
def test_a_rule_that_could_not_be_reckoned_is_refused_by_the_database(
    db: None, fields: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RequirementRule.objects.create(
            slug="x", name="X", standard="Y", effective_from=date(2020, 1, 1), **fields
        )


@pytest.mark.parametrize("kind", ["minutes", "distinct", "events", "share"])
def test_a_clause_without_its_number_is_refused(db: None, kind: str) -> None:
    rule = RequirementRule.objects.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        RequirementClause.objects.create(rule=rule, kind=kind, label="X")


def test_a_module_completed_in_two_merged_accounts_counts_once(world: World) -> None:
    page, release = make_module()
    other = UserFactory()
    complete(world.member, page)
    complete(other, page)
    merging.merge(other, world.member, by=world.manager)
    part = by_slug(world.member)["csec-mdt-14"].standing.minutes
    assert part is not None
    assert part.have == release.minutes


@pytest.mark.parametrize("day", ["9999-12-31", "1901-01-01"])
def test_a_day_that_cannot_be_right_is_refused(world: World, client: Client, day: str) -> None:
    client.force_login(world.member)
    rule = RequirementRule.objects.get(slug="lcsw")
    page = client.post("/me/needs/", {"rule": rule.pk, "cycle_ends_on": day}).content.decode()
    assert "cannot be right" in page
    assert not Licence.objects.exists()


def test_which_licence_a_person_holds_is_in_no_audit(world: World, client: Client) -> None:
    rule = RequirementRule.objects.get(slug="licsw")
    needs.name_licence(world.member, rule, cycle_ends_on=date(2027, 6, 15))
    needs.end_licence(world.member, rule)
    client.force_login(world.manager)
    assert "licsw" not in client.get("/audit/events.csv?kind=training.").content.decode()


def test_who_is_late_for_one_requirement_is_shown_with_all(world: World, client: Client) -> None:
    """And a day that is past names whoever falls short now."""
    page, _release = make_module()
    complete(world.member, page)
    client.force_login(world.coordinator)
    for before in ("2020-01-01", str(timezone.localdate())):
        text = client.get("/team/requirements/", {"before": before}).content.decode()
        row = text[text.index("Robin Member") :]
        assert "Met" in row[: row.index("</tr>")].replace("Not met", "")
