"""Retention does what its report says; a legal hold keeps; anonymising keeps the counts."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from assistance.models import Ticket
from portal.core import chain, events, insert_only, inventory
from portal.core.models import Effect, Event
from portal.people import (
    anonymising,
    invitations,
    leaving,
    merging,
    personal_data,
    retention,
)
from portal.people.models import (
    Center,
    Discipline,
    JoinRequest,
    KnownDevice,
    LegalHold,
    User,
)
from resources.models import ResourceUse
from tests.assistance import making
from tests.factories import UserFactory
from tests.people.signing import PASSWORD, sign_in
from tests.resources.factories import make_resource
from tests.world import World

LONG_AGO = timedelta(days=8 * 365)


def left(days: int, **fields: object) -> User:
    gone = timezone.localdate() - timedelta(days=days)
    return UserFactory(is_active=False, left_on=gone, **fields)


def test_who_left_seven_years_ago_is_anonymised_and_nobody_else(world: World) -> None:
    old, recent = left(8 * 365, last_name="Faraway"), left(6 * 365, last_name="Nearby")
    retention.apply_all()
    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.last_name, old.first_name) == (f"member {old.pk}", "Former")
    assert "Faraway" not in str(User.objects.values_list())
    assert recent.last_name == "Nearby"
    assert User.objects.get(pk=world.member.pk).anonymised_on is None


def test_the_report_is_what_the_run_does(world: World) -> None:
    left(8 * 365)
    Effect.objects.create(kind="mail", subject="a", done_at=timezone.now() - timedelta(days=40))
    Effect.objects.create(kind="mail", subject="b", done_at=timezone.now())
    promised = {line.rule.key: line.due for line in retention.report()}
    assert promised["people"] == promised["effects"] == 1
    assert retention.apply_all() == promised
    assert all(line.due == 0 for line in retention.report())
    assert Effect.objects.filter(subject="b").exists()


@pytest.mark.parametrize("on_everything", [True, False])
def test_nothing_under_a_hold_goes(world: World, on_everything: bool) -> None:
    person, other = left(8 * 365, last_name="Held"), left(8 * 365, last_name="Free")
    hold = retention.place_hold(
        reason="A matter", by=world.manager, person=None if on_everything else person
    )
    retention.apply_all()
    assert User.objects.get(pk=person.pk).last_name == "Held"
    assert (User.objects.get(pk=other.pk).last_name == "Free") is on_everything
    with pytest.raises(anonymising.CannotAnonymise):
        anonymising.anonymise(person, by=world.manager)
    retention.lift_hold(hold, by=world.manager)
    retention.apply_all()
    assert User.objects.get(pk=person.pk).last_name != "Held"


def test_a_merged_account_under_hold_keeps_its_person(world: World) -> None:
    person = UserFactory(last_name="Kept")
    alias = UserFactory()
    merging.merge(alias, person, by=world.manager)
    leaving.leave(person, by=world.manager)
    User.objects.update(left_on=timezone.localdate() - LONG_AGO, is_active=False)
    retention.place_hold(reason="A matter", by=world.manager, person=alias)
    retention.apply_all()
    assert User.objects.get(pk=person.pk).last_name == "Kept"


def test_old_access_events_go_the_others_stay_and_the_chain_holds(world: World) -> None:
    at = timezone.now() - timedelta(days=800)
    looked = events.record("people.viewed", actor=world.manager, subject=world.member, at=at)
    changed = events.record("people.changed", actor=world.manager, subject=world.member, at=at)
    waits = events.record("people.viewed", actor=world.manager, subject=world.member, at=at)
    chain.seal()
    unsealed = events.record("people.viewed", actor=world.manager, subject=world.member, at=at)
    retention.apply_all()
    assert not Event.objects.filter(pk__in=[looked.pk, waits.pk]).exists()
    assert Event.objects.filter(pk__in=[changed.pk, unsealed.pk]).count() == 2
    assert insert_only.missing() == []
    chain.seal()
    verdict = chain.verify()
    assert (verdict.faults, verdict.removed) == ([], 2)


def test_an_access_event_removed_by_hand_is_still_named(world: World) -> None:
    looked = events.record("people.viewed", actor=world.manager, subject=world.member)
    chain.seal()
    with insert_only.lifted():
        Event.objects.filter(pk=looked.pk).delete()
    assert "is missing" in chain.verify().faults[0]


def test_anonymising_leaves_no_trace_of_the_name_and_keeps_the_counts(world: World) -> None:
    person = UserFactory(
        first_name="Quillon", last_name="Zebedee", email="quillon@example.org", center="essex"
    )
    KnownDevice.objects.create(user=person, mark="m", label="Edge on Windows")
    events.record("people.changed", actor=world.manager, subject=person, fields=["title"])
    leaving.leave(person, by=world.coordinator)
    before = Event.objects.filter(subject_id=str(person.pk)).count()
    anonymising.anonymise(person, by=world.manager)
    everything = "".join(
        str(list(model._base_manager.values_list())) for model in inventory.tables()
    )
    assert "Quillon" not in everything
    assert "Zebedee" not in everything
    assert "quillon@" not in everything
    assert Event.objects.filter(subject_id=str(person.pk)).count() == before + 1


def test_nobody_active_is_anonymised(world: World) -> None:
    with pytest.raises(anonymising.CannotAnonymise) as refused:
        anonymising.anonymise(world.member, by=world.manager)
    assert refused.value.reason == "active"


def test_an_unconfirmed_request_to_join_goes_after_a_week(world: World) -> None:
    asked = JoinRequest.objects.create(
        email="a@example.org",
        first_name="A",
        last_name="B",
        agency="C",
        discipline=Discipline.objects.all()[0],
        center=Center.objects.all()[0],
    )
    retention.apply_all()
    assert JoinRequest.objects.filter(pk=asked.pk).exists()
    JoinRequest.objects.update(asked_at=timezone.now() - timedelta(days=8))
    retention.apply_all()
    assert not JoinRequest.objects.exists()


def test_the_command_reports_and_applies_only_when_told(world: World) -> None:
    left(8 * 365)
    out = io.StringIO()
    call_command("retention", stdout=out)
    assert "people" in out.getvalue()
    assert not User.objects.filter(anonymised_on__isnull=False).exists()
    call_command("retention", apply=True, stdout=out)
    assert User.objects.filter(anonymised_on__isnull=False).count() == 1


def test_the_page_places_and_lifts_a_hold(world: World, client: Client) -> None:
    client.force_login(world.manager)
    data = {"email": world.member.email, "reason": "Matter blue"}
    assert client.post("/retention/", data).status_code == 302
    page = client.get("/retention/").content.decode()
    assert "Matter blue" in page
    assert "Robin Member" in page
    hold = world.member.holds.get()
    client.post(f"/retention/holds/{hold.pk}/")
    hold.refresh_from_db()
    assert hold.lifted_by == world.manager


def test_everything_about_a_person_is_in_the_export_and_no_secret(world: World) -> None:
    alias = UserFactory(first_name="Formername")
    merging.merge(alias, world.member, by=world.manager)
    events.record("people.changed", actor=world.manager, subject=world.member, fields=["title"])
    text = personal_data.as_json(world.member, for_themselves=True)
    tables = {
        part["table"] for part in personal_data.of(world.member, for_themselves=True)["tables"]
    }
    assert {"people.User", "people.Membership", "core.Event", "people.PersonAlias"} <= tables
    assert "Formername" in text
    assert world.member.password not in text
    assert world.other_member.email not in text


def test_the_own_data_needs_the_password_again(world: World) -> None:
    client = sign_in(world.member)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    assert client.get("/me/data.json")["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/?next=/me/data.json", {"password": PASSWORD})
    answer = client.get("/me/data.json")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert Event.objects.filter(kind="people.data_exported", actor_id=world.member.pk).exists()


def test_a_hold_keeps_what_was_written_in_requests(world: World) -> None:
    long_ago = timezone.now() - timedelta(days=250)
    ticket = making.closed(world, at=long_ago)
    Ticket.objects.filter(pk=ticket.pk).update(closed_at=long_ago)
    draft = making.draft(world.coordinator)
    Ticket.objects.filter(pk=draft.pk).update(edited_at=long_ago)
    hold = retention.place_hold(reason="A matter", by=world.manager)
    retention.apply_all()
    assert Ticket.objects.get(pk=ticket.pk).question
    assert Ticket.objects.filter(pk=draft.pk).exists()
    retention.lift_hold(hold, by=world.manager)
    retention.place_hold(reason="A matter", by=world.manager, person=world.coordinator)
    retention.apply_all()
    assert Ticket.objects.get(pk=ticket.pk).question
    LegalHold.objects.update(lifted_at=timezone.now())
    retention.apply_all()
    assert Ticket.objects.get(pk=ticket.pk).question == ""
    assert not Ticket.objects.filter(pk=draft.pk).exists()


def test_one_person_who_is_refused_keeps_no_other_from_being_anonymised(world: World) -> None:
    person, alias = UserFactory(last_name="Stays"), UserFactory()
    merging.merge(alias, person, by=world.manager)
    leaving.leave(person, by=world.manager)
    User.objects.filter(pk=person.pk).update(left_on=timezone.localdate() - LONG_AGO)
    User.objects.filter(pk=alias.pk).update(is_active=True, left_on=None)
    other = left(8 * 365, last_name="Goes")
    retention.apply_all()
    assert User.objects.get(pk=other.pk).last_name != "Goes"
    assert User.objects.get(pk=person.pk).last_name == "Stays"


def test_an_alias_is_anonymised_with_its_person_alone(world: World) -> None:
    alias = UserFactory(last_name="Alias")
    merging.merge(alias, world.member, by=world.manager)
    with pytest.raises(anonymising.CannotAnonymise) as refused:
        anonymising.anonymise(alias, by=world.manager)
    assert refused.value.reason == "alias"


def test_a_merged_account_is_opened_by_no_invitation(world: World) -> None:
    alias = UserFactory(email="old@example.org")
    merging.merge(alias, world.member, by=world.manager)
    assert not User.objects.get(pk=alias.pk).has_usable_password()
    with pytest.raises(invitations.CannotInvite):
        invitations.invite(
            email="old@example.org",
            first_name="A",
            last_name="B",
            center=Center.objects.get(slug="essex"),
            discipline=None,
            by=world.coordinator,
        )


def test_the_export_tells_nothing_about_others_and_the_managers_copy_no_answers(
    world: World,
) -> None:
    JoinRequest.objects.create(
        email="applicant@example.org",
        first_name="App",
        last_name="Licant",
        agency="Somewhere",
        discipline=Discipline.objects.all()[0],
        center=Center.objects.get(slug="essex"),
        decided_by=world.coordinator,
        decided_at=timezone.now(),
        decision="approved",
    )
    retention.place_hold(reason="Secret matter", by=world.manager, person=world.coordinator)
    text = personal_data.as_json(world.coordinator, for_themselves=True)
    assert "applicant@" not in text
    assert "Secret matter" not in text
    assert '"decided_at"' in text
    private = {label for label, e in inventory.entries().items() if e.is_private}
    assert {"training.Response", "training.QuizAttempt", "resources.ResourceUse"} <= private
    seen = personal_data.of(world.member, for_themselves=False)["tables"]
    assert private.isdisjoint({part["table"] for part in seen})


def test_who_opened_a_page_is_forgotten_after_two_years(world: World) -> None:
    page = make_resource()
    day = timezone.localdate()
    for days in (1, 800):
        ResourceUse.objects.create(person=world.member, page=page, day=day - timedelta(days=days))
    retention.apply_all()
    assert ResourceUse.objects.get().day == day - timedelta(days=1)
    assert insert_only.missing() == []
