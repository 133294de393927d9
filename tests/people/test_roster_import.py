"""A roster from a file: shown row by row first, written once, and a second run changes nothing."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.core import outbox
from portal.people import leaving, roster_import
from portal.people.models import Invitation, Membership, User
from tests.factories import UserFactory
from tests.world import World

HEAD = "Work e-mail,First name,Last name,Discipline,Center,Title,Agency\n"
SAM = "sam.new@example.org,Sam,New,Prosecution,Essex County center,ADA,District attorney\n"


def does(text: str, by: User) -> list[str]:
    return [row.does for row in roster_import.read(text, by=by)]


def test_reading_writes_nothing(world: World) -> None:
    before = User.objects.count(), Membership.objects.count()
    assert does(HEAD + SAM, world.coordinator) == ["new"]
    assert (User.objects.count(), Membership.objects.count()) == before


def test_a_roster_works_before_accounts_exist_and_a_second_run_changes_nothing(
    world: World,
) -> None:
    roster_import.write(HEAD + SAM, by=world.coordinator, invite=False)
    user = User.objects.get(email="sam.new@example.org")
    assert (user.title, user.discipline.slug) == ("ADA", "prosecution")  # type: ignore[union-attr]
    assert not user.has_usable_password()
    assert not Invitation.objects.exists()
    assert does(HEAD + SAM, world.coordinator) == ["nothing"]
    roster_import.write(HEAD + SAM, by=world.coordinator, invite=True)
    assert Membership.objects.filter(user=user).count() == 1
    outbox.deliver_all()
    assert mail.outbox == []


def test_invitations_go_to_new_people_once(world: World) -> None:
    for _run in range(2):
        roster_import.write(HEAD + SAM, by=world.coordinator, invite=True)
    outbox.deliver_all()
    assert [m.to for m in mail.outbox] == [["sam.new@example.org"]]


def test_what_differs_is_changed_for_people_who_have_not_joined(world: World) -> None:
    roster_import.write(HEAD + SAM, by=world.coordinator, invite=False)
    changed = HEAD + SAM.replace("ADA", "Senior ADA")
    rows = roster_import.read(changed, by=world.coordinator)
    assert (rows[0].does, rows[0].changes) == ("changes", ["title"])
    roster_import.write(changed, by=world.coordinator, invite=False)
    assert User.objects.get(email="sam.new@example.org").title == "Senior ADA"


def test_what_a_joined_person_says_of_themselves_is_never_overwritten(world: World) -> None:
    row = f"{world.member.email},Other,Name,Prosecution,essex,Boss,Elsewhere\n"
    assert does(HEAD + row, world.coordinator) == ["nothing"]
    roster_import.write(HEAD + row, by=world.coordinator, invite=True)
    assert User.objects.get(pk=world.member.pk).first_name == "Robin"


def test_another_centers_member_looks_like_somebody_unknown_and_is_asked(world: World) -> None:
    row = f"{world.other_member.email},Lee,Other,Prosecution,essex,,\n"
    unknown = "un.known@example.org,Un,Known,Prosecution,essex,,\n"
    assert does(HEAD + row + unknown, world.coordinator) == ["new", "new"]
    roster_import.write(HEAD + row, by=world.coordinator, invite=False)
    assert not Invitation.objects.exists()
    for _run in range(2):
        roster_import.write(HEAD + row, by=world.coordinator, invite=True)
    assert not world.other_member.memberships.filter(center__slug="essex").exists()
    assert Invitation.objects.filter(user=world.other_member).count() == 1


def test_another_centers_roster_is_never_overwritten(world: World) -> None:
    """Somebody who has not joined stands on Essex's roster; the Cape imports the address."""
    person = UserFactory(roster=True, center="essex", first_name="Right", email="q@example.org")
    row = "q@example.org,Wrong,Name,Prosecution,capeislands,Boss,Elsewhere\n"
    for invite in (False, True):
        roster_import.write(HEAD + row, by=world.other_coordinator, invite=invite)
    person.refresh_from_db()
    assert (person.first_name, person.title) == ("Right", "")
    assert [m.center.slug for m in person.memberships.all()] == ["essex"]


@pytest.mark.parametrize("invite", [True, False])
def test_last_months_list_reopens_nobody(world: World, invite: bool) -> None:
    leaving.leave(world.member, by=world.coordinator)
    row = f"{world.member.email},New,Name,Prosecution,capeislands,,\n"
    roster_import.write(HEAD + row, by=world.other_coordinator, invite=invite)
    gone = User.objects.get(pk=world.member.pk)
    assert not gone.is_active
    assert gone.first_name == "Robin"
    assert not gone.memberships.active().exists()


def test_a_name_that_fits_several_disciplines_is_no_guess(world: World) -> None:
    row = "a@example.org,A,B,Law enforcement,essex,,\n"
    assert does(HEAD + row, world.coordinator) == ["error"]
    row = 'a@example.org,A,B,"Law enforcement, local",essex,,\n'
    assert does(HEAD + row, world.coordinator) == ["new"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("no-address,A,B,,essex,,\n", "valid email"),
        ("a@gmail.com,A,B,,essex,,\n", "private mailbox"),
        ("a@example.org,,B,,essex,,\n", "blank"),
        ("a@example.org,A,B,Wizard,essex,,\n", "not one of the list"),
        ("a@example.org,A,B,,bristol,,\n", "not one of yours"),
        ("a@example.org,A,B,,essex,SSN 219-09-9999,\n", "Take it out"),
        ("a@example.org,A,B,,essex,,\na@example.org,A,B,,essex,,\n", "twice"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_the_rest_goes_on(
    world: World, row: str, words: str
) -> None:
    rows = roster_import.write(HEAD + row + SAM, by=world.coordinator, invite=False)
    bad = next(r for r in rows if r.does == "error")
    assert words in " ".join(map(str, bad.errors))
    assert User.objects.filter(email="sam.new@example.org").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("name,phone\nA,1\n", "Missing: email, first name, last name"),
        ("PK\x03\x04\x00\x00binary", "no CSV"),
        (HEAD + SAM * 2001, "2,000"),
    ],
)
def test_a_file_that_is_no_roster_says_why(world: World, text: str, words: str) -> None:
    with pytest.raises(roster_import.Unreadable, match=words):
        roster_import.read(text, by=world.coordinator)


def test_semicolons_and_windows_letters_are_read(world: World) -> None:
    text = (HEAD + "zoe@example.org,Zoë,Müller,Prosecution,essex,,\n").replace(",", ";")
    rows = roster_import.read(roster_import.decode(text.encode("cp1252")), by=world.coordinator)
    assert (rows[0].first_name, rows[0].last_name, rows[0].does) == ("Zoë", "Müller", "new")


def test_the_page_shows_first_and_writes_then(world: World, client: Client) -> None:
    client.force_login(world.coordinator)
    file = SimpleUploadedFile("roster.csv", (HEAD + SAM).encode("utf-8-sig"), "text/csv")
    shown = client.post("/team/import/", {"file": file}).content.decode()
    assert "Nothing is written yet" in shown
    assert not User.objects.filter(email="sam.new@example.org").exists()
    data = {"act": "write", "text": HEAD + SAM, "invite": "1"}
    assert (
        "The same file again would change nothing"
        in client.post("/team/import/", data).content.decode()
    )
    assert User.objects.get(email="sam.new@example.org").invitations.count() == 1


def test_one_center_need_not_be_named_and_several_must(world: World) -> None:
    row = "email,first name,last name\nx@example.org,A,B\n"
    assert does(row, world.coordinator) == ["new"]
    assert does(row, world.manager) == ["error"]


def test_a_closed_account_is_opened_by_hand_only(world: World) -> None:
    gone = UserFactory(email="gone@example.org", is_active=False)
    text = HEAD + "gone@example.org,Go,Ne,,essex,,\n"
    rows = roster_import.write(text, by=world.coordinator, invite=True)
    assert rows[0].does == "error"
    assert not gone.memberships.exists()
