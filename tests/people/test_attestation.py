"""Once a year each person attests; a month after the day every page leads there first."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.core import outbox
from portal.people import attestations
from portal.people.models import Attestation
from tests.factories import UserFactory


@pytest.mark.parametrize(("days", "is_led"), [(0, False), (364, False), (394, False), (397, True)])
def test_a_month_after_the_year_every_page_leads_to_it(
    db: None, client: Client, days: int, is_led: bool
) -> None:
    client.force_login(UserFactory(attested=days, center="essex"))
    answer = client.get("/resources/?topic=x")
    assert (answer.status_code == 302) is is_led
    if is_led:
        assert answer["Location"] == "/me/attest/?next=%2Fresources%2F%3Ftopic%3Dx"
        assert client.get("/me/attest/").status_code == 200
        assert client.get("/leave/").status_code == 302


def test_confirming_leads_back_and_opens_the_portal(db: None, client: Client) -> None:
    user = UserFactory(attested=500, center="essex")
    client.force_login(user)
    answer = client.post("/me/attest/?next=/resources/", {"attests": "on"})
    assert answer["Location"] == "/resources/"
    assert client.get("/resources/").status_code == 200
    assert user.attestations.count() == 2


def test_it_never_leads_to_another_host(db: None, client: Client) -> None:
    client.force_login(UserFactory(attested=500))
    answer = client.post("/me/attest/?next=https://elsewhere.example.com/", {"attests": "on"})
    assert answer["Location"] == "/"


def test_nothing_is_attested_without_the_box(db: None, client: Client) -> None:
    user = UserFactory(attested=500)
    client.force_login(user)
    assert client.post("/me/attest/", {}).status_code == 200
    assert user.attestations.count() == 1


def test_who_never_attested_is_led_there_at_once(db: None, client: Client) -> None:
    client.force_login(UserFactory(attested=-1))
    assert client.get("/")["Location"].startswith("/me/attest/")


def test_the_home_page_says_so_two_weeks_before(db: None, client: Client) -> None:
    client.force_login(UserFactory(attested=355, center="essex"))
    assert "Please confirm by" in client.get("/").content.decode()
    client.force_login(UserFactory(attested=300, center="essex"))
    assert "Please confirm by" not in client.get("/").content.decode()


@pytest.mark.parametrize(("days", "mails"), [(340, 0), (352, 1), (366, 1), (500, 0)])
def test_it_reminds_once_before_and_once_after(db: None, days: int, mails: int) -> None:
    UserFactory(attested=days)
    for _run in range(3):
        attestations.remind()
    outbox.deliver_all()
    assert len(mail.outbox) == mails


def test_each_confirmation_begins_a_new_year(db: None) -> None:
    user = UserFactory(attested=366)
    attestations.attest(user)
    assert attestations.due_on(user) == timezone.localdate() + attestations.ATTEST_EVERY
    attestations.remind()
    assert mail.outbox == []
    assert Attestation.objects.filter(user=user).count() == 2


def test_what_was_typed_comes_back_when_the_confirmation_is_overdue(
    db: None, client: Client
) -> None:
    client.force_login(UserFactory(attested=500, center="essex"))
    answer = client.post("/ask/", {"subject": "A long thought about agendas"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "A long thought about agendas" in page
    assert "/me/attest/" in page


def test_a_broken_address_to_go_on_to_is_the_start(db: None, client: Client) -> None:
    client.force_login(UserFactory(attested=500))
    for wanted in ("foo", "//elsewhere.example.com", "javascript:alert(1)"):
        answer = client.post(f"/me/attest/?next={wanted}", {"attests": "on"})
        assert answer["Location"] == "/"
