"""Holes that a hostile reading found: each was open once, and stays closed."""

import io
import tarfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from assistance import classification, policies, questions
from portal.core.logs import ClassOnly
from portal.people import invitations
from portal.people.models import Center, Discipline, HelpLine, Invitation, User
from portal.search.models import SearchQuery
from tests.assistance import making
from tests.resources.factories import make_resource
from tests.training.factories import make_module
from tests.world import World
from training import enrolments


@pytest.mark.parametrize("path", ["/_util/login/", "/_util/authenticate_with_password/1/2/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_own_sign_in_is_not_there(db: None, path: str, method: str) -> None:
    assert getattr(Client(), method)(path).status_code == 404


def invite(world: World, email: str) -> Invitation | None:
    return invitations.invite(
        email=email,
        first_name="X",
        last_name="Y",
        center=Center.objects.get(slug="capeislands"),
        discipline=Discipline.objects.first(),
        by=world.other_coordinator,
    )


def test_inviting_an_account_of_another_center_shows_nothing_of_it_until_it_agrees(
    world: World,
) -> None:
    invitation = invite(world, world.member.email)
    assert invitation is not None
    assert world.member not in User.objects.visible_to(world.other_coordinator)
    address = f"/accounts/invitation/{invitations.token(invitation)}/"

    stranger = Client()
    stranger.force_login(world.other_coordinator)
    assert stranger.post(address).status_code == 302
    assert world.member not in User.objects.visible_to(world.other_coordinator)

    client = Client()
    client.force_login(world.member)
    assert "will then see" in client.get(address).content.decode()
    client.post(address)
    assert world.member in User.objects.visible_to(world.other_coordinator)
    assert world.member.check_password("a long test password")


def test_an_older_form_does_not_lift_a_legal_hold(world: World) -> None:
    ticket = making.closed(world)
    classification.classify(ticket, by=world.manager, is_on_hold=True, funding="voca")
    client = Client()
    client.force_login(world.specialist)
    older = {
        "classify-version": ticket.version,
        "classify-funding": "",
        "initial-classify-funding": "",
        "classify-follow_up_on": "",
        "initial-classify-follow_up_on": "",
    }
    client.post(f"/requests/{ticket.number}/filing/", older)
    ticket.refresh_from_db()
    assert (ticket.is_on_hold, ticket.funding) == (True, "voca")


@pytest.mark.django_db(transaction=True)
def test_a_restore_that_fails_changes_nothing(tmp_path: Path) -> None:
    before = Center.objects.count()
    file = tmp_path / "b"
    with tarfile.open(file, "w:gz") as archive:
        line = b'{"model": "people.center", "pk": 1, "fields": {"no_such_field": 1}}\n'
        entry = tarfile.TarInfo("rows.jsonl")
        entry.size = len(line)
        archive.addfile(entry, io.BytesIO(line))
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(file))
    assert Center.objects.count() == before


def test_a_search_for_a_name_is_not_kept(world: World, client: Client) -> None:
    make_resource("Screening at a glance")
    client.force_login(world.member)
    client.get("/search/?q=Jane+Doe+Lynn")
    client.get("/search/?q=screening")
    kept = SearchQuery.objects.order_by("text").values_list("text", "times")
    assert list(kept) == [("", 1), ("screening", 1)]


def test_a_roster_name_is_screened(world: World, client: Client) -> None:
    client.force_login(world.coordinator)
    data = {
        "email": "new@example.org",
        "first_name": "SSN 987-65-4320",
        "last_name": "Person",
        "discipline": Discipline.objects.get(slug="school").pk,
        "center": Center.objects.get(slug="essex").pk,
    }
    assert client.post("/team/invite/", data).status_code == 200
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_help_line_is_screened(world: World, client: Client) -> None:
    client.force_login(world.manager)
    line = HelpLine.objects.exclude(dial="").first()
    assert line is not None
    data = {"label": "SSN 987-65-4320", "number": line.number, "group": "you", "order": 1}
    client.post(f"/cms/snippets/people/helpline/edit/{line.pk}/", data)
    assert not HelpLine.objects.filter(label__contains="987").exists()


def test_no_page_is_copied(world: World, client: Client) -> None:
    page = make_resource()
    client.force_login(world.manager)
    data = {"new_title": "SSN 987-65-4320", "new_slug": "x", "new_parent_page": "", "alias": ""}
    client.post(f"/cms/pages/{page.pk}/copy/", data)
    assert type(page).objects.count() == 1


def test_nobody_answers_the_own_question(world: World) -> None:
    question = questions.ask(
        by=world.coordinator,
        center=Center.objects.get(slug="essex"),
        subject="Agenda",
        body="Which one fits?",
        key=uuid4(),
    )
    assert not policies.can_answer_question(world.coordinator, question)


def test_an_error_in_the_log_keeps_its_place_and_not_its_words() -> None:
    words = "Key (email)=(" + "some" + "body@example.org)"
    try:
        raise ValueError(words)
    except ValueError as error:
        text = ClassOnly().formatException((type(error), error, error.__traceback__))
    assert "ValueError" in text
    assert "test_review_findings" in text
    assert "somebody" not in text


def test_the_manager_is_told_why_a_begun_module_stays(world: World, client: Client) -> None:
    page, _release = make_module("F04")
    enrolments.enrol(person=world.member, module=page)
    client.force_login(world.manager)
    for action in ("delete", "unpublish"):
        answer = client.post(f"/cms/pages/{page.pk}/{action}/", follow=True)
        assert answer.status_code == 200
        assert "F04" in str([str(m) for m in answer.context["messages"]])
    page.refresh_from_db()
    assert page.live


def test_a_reviewer_may_look_at_the_modules(world: World, client: Client) -> None:
    client.force_login(world.reviewer)
    assert client.get("/cms/modules/").status_code == 200


def test_the_address_of_an_action_leads_to_its_request(world: World, client: Client) -> None:
    ticket = making.sent(world)
    client.force_login(world.coordinator)
    answer = client.get(f"/requests/{ticket.number}/reply/")
    assert (answer.status_code, answer["Location"]) == (302, f"/requests/{ticket.number}/")


def test_what_was_replaced_comes_back_replaced(world: World, client: Client) -> None:
    client.force_login(world.coordinator)
    page = client.post(
        "/requests/new/",
        {
            "key": str(uuid4()),
            "send": "1",
            "question": "Which agenda fits? DOB 04/12/2010.",
            "settle-question-0": "removed|04/12/2010",
        },
    ).content.decode()
    assert "[removed]" in page
    assert "04/12/2010" not in page.partition("<textarea")[2].partition("</textarea>")[0]
