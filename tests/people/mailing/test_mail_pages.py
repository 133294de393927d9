"""The manager sees what was sent and what came back; the person is told; no words are kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import inventory
from portal.core.models import Event, MailLog
from portal.people import anonymising, merging, personal_data, retention
from portal.people.mailing import suppressions
from portal.people.models import MailChoice, MailSuppression, User
from tests.assistance.making import QUESTION, assigned, say
from tests.factories import UserFactory
from tests.people.mailing import making
from tests.posting import deliver, delivered
from tests.world import World


@pytest.fixture
def client(world: World) -> Client:
    client = Client()
    client.force_login(world.manager)
    return client


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def logged(**fields: Any) -> MailLog:
    newest = MailLog.objects.order_by("-effect_id").first()
    values = {"mail_class": "training", "template": "nudge", "outcome": "sent", **fields}
    return MailLog.objects.create(effect_id=newest.effect_id + 1 if newest else 1, **values)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("mail_class=training", True),
        ("mail_class=queue", False),
        ("outcome=sent", True),
        ("outcome=bounced", False),
        ("person=robin", True),
        ("person=nobody-of-this-name", False),
        ("mail_class=nonsense&outcome=%00&page=99999999999999999999", True),
    ],
)
def test_each_filter_narrows_and_nonsense_filters_nothing(
    world: World, client: Client, query: str, found: bool
) -> None:
    logged(user_id=world.member.pk)
    assert ('<th scope="row">nudge</th>' in page(client, f"/mail/?{query}")) is found


def test_the_log_names_person_class_outcome_and_no_address(world: World, client: Client) -> None:
    making.ask(world.member, "nudge")
    [message] = delivered()
    text = page(client, "/mail/")
    assert "Robin Member" in text
    assert "Training reminders" in text
    assert message.extra_headers["Message-ID"].strip("<>") in text
    assert world.member.email not in text
    assert Event.objects.filter(kind="mail.log_viewed", actor_id=world.manager.pk).exists()


@pytest.mark.parametrize("path", ["/mail/", "/mail/returned/"])
def test_fifty_a_page_and_the_same_queries_for_one_row_and_many(
    world: World, client: Client, path: str
) -> None:
    page(client, path)
    counts = []
    for number in (1, 60):
        for _ in range(number):
            person = UserFactory()
            logged(user_id=person.pk)
            suppressions.add(person, code="5.1.1", source="bounce")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text = page(client, path)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert text.count("<tr>") == 51
    assert "?page=2" in text


def test_the_manager_lets_mail_go_again_once_and_it_is_in_the_audit(
    world: World, client: Client
) -> None:
    row = suppressions.add(world.member, code="5.1.1", source="bounce")
    text = page(client, "/mail/returned/")
    assert "Robin Member" in text
    assert "5.1.1" in text
    assert world.member.email not in text
    for _click in range(2):
        client.post(f"/mail/returned/{row.pk}/", {"how": "again"})
    row.refresh_from_db()
    assert (row.lifted_by, row.lifted_as) == (world.manager, "again")
    [event] = Event.objects.filter(kind="mail.resumed")
    assert (event.actor_id, event.data) == (world.manager.pk, {"how": "again"})
    making.ask(world.member, "nudge")
    assert len(delivered()) == 1
    suppressions.add(world.member, code="5.1.1", source="bounce")
    assert MailSuppression.objects.standing().count() == 1


@pytest.mark.parametrize("how", ["", "nonsense", "again\0", "9" * 400])
def test_nonsense_lifts_nothing(world: World, client: Client, how: str) -> None:
    row = suppressions.add(world.member, code="5.1.1", source="bounce")
    assert client.post(f"/mail/returned/{row.pk}/", {"how": how}).status_code == 302
    assert client.get(f"/mail/returned/{row.pk}/").status_code == 405
    assert MailSuppression.objects.standing().exists()
    assert client.post("/mail/returned/99999999999999999/", {"how": "again"}).status_code == 404


def test_a_changed_address_is_said_and_can_only_be_closed(world: World, client: Client) -> None:
    row = suppressions.add(world.member, code="5.1.1", source="bounce")
    User.objects.filter(pk=world.member.pk).update(email="new@example.org")
    text = page(client, "/mail/returned/")
    assert "Has another address now" in text
    assert "Try again" not in text
    client.post(f"/mail/returned/{row.pk}/", {"how": "corrected"})
    row.refresh_from_db()
    assert row.lifted_as == "corrected"


def test_the_person_is_told_on_the_pages_until_it_is_lifted(world: World, client: Client) -> None:
    row = suppressions.add(world.member, code="5.1.1", source="bounce")
    person = Client()
    person.force_login(world.member)
    for path in ("/", "/me/", "/me/mail/"):
        assert "Mail to you comes back" in page(person, path)
    assert "1 person" in page(client, "/").replace("&#x27;", "'")
    suppressions.lift(row, how="again", by=world.manager)
    for path in ("/", "/me/", "/me/mail/"):
        assert "Mail to you comes back" not in page(person, path)


def test_the_log_goes_after_90_days_but_not_what_still_waits(world: World) -> None:
    old = timezone.now() - timedelta(days=91)
    logged(at=old)
    waits = logged(at=old, outcome="waiting")
    fresh = logged(at=timezone.now() - timedelta(days=89))
    suppressions.lift(
        suppressions.add(world.member, code="5.1.1", source="bounce"), how="again", by=world.manager
    )
    MailSuppression.objects.update(lifted_at=timezone.now() - timedelta(days=181))
    standing = suppressions.add(world.other_member, code="5.1.1", source="bounce")
    retention.apply_all()
    assert set(MailLog.objects.all()) == {waits, fresh}
    assert list(MailSuppression.objects.all()) == [standing]


def test_a_hold_keeps_the_log_of_its_person(world: World) -> None:
    old = timezone.now() - timedelta(days=91)
    kept = logged(at=old, user_id=world.member.pk)
    logged(at=old, user_id=world.other_member.pk)
    retention.place_hold(reason="A matter", by=world.manager, person=world.member)
    retention.apply_all()
    assert list(MailLog.objects.all()) == [kept]


def test_the_persons_own_rows_are_in_their_data_without_the_mark(world: World) -> None:
    mine, other = logged(user_id=world.member.pk), logged(user_id=world.other_member.pk)
    making.choose(world.member, training="none")
    suppressions.add(world.member, code="5.1.1", source="bounce")
    said = personal_data.of(world.member, for_themselves=True)
    tables = {table["table"]: table["rows"] for table in said["tables"]}
    ids = [row["id"] for row in tables["core.MailLog"]]
    assert mine.pk in ids
    assert other.pk not in ids
    assert tables["people.MailChoice"][0]["choice"] == "none"
    assert "mark" not in tables["people.MailSuppression"][0]


def test_anonymising_forgets_choices_and_marks(world: World) -> None:
    making.choose(world.member, training="day")
    suppressions.add(world.member, code="5.1.1", source="bounce")
    logged(user_id=world.member.pk, outcome="waiting", context={"number": "TA-27-0042"})
    User.objects.filter(pk=world.member.pk).update(is_active=False, left_on=timezone.localdate())
    anonymising.anonymise(User.objects.get(pk=world.member.pk), by=world.manager)
    assert not MailChoice.objects.exists()
    assert not MailSuppression.objects.exists()
    assert [(r.outcome, r.context) for r in MailLog.objects.all()] == [("left", {})]


def test_a_merged_account_gets_no_mail_and_leaves_the_choices_of_the_other(world: World) -> None:
    making.choose(world.other_member, training="none")
    making.choose(world.member, training="now")
    merging.merge(world.other_member, world.member, by=world.manager)
    for person in (world.other_member, world.member):
        making.ask(person, "nudge", str(person.pk))
    assert [m.to for m in delivered()] == [[world.member.email]]
    assert making.outcomes() == ["left", "sent"]


def test_nothing_of_a_request_stands_in_any_row_or_mail_of_ours(world: World) -> None:
    making.choose(world.coordinator, requests="day")
    ticket = assigned(world)
    say(ticket, world.specialist, "The purple elephant agenda.")
    deliver()
    words = (QUESTION, ticket.subject, "elephant", "person@")
    tables = [m for m in inventory.tables() if m._meta.label in {
        "core.MailLog", "core.Effect", "core.Event", "people.MailChoice", "people.MailSuppression",
    }]  # fmt: skip
    rows = "".join(str(list(model._base_manager.values_list())) for model in tables)
    assert len(tables) == 5
    assert "request_replied" in rows, "or the search could not fail"
    mails = "".join(f"{m.subject}{m.body}{m.extra_headers}" for m in django_mail.outbox)
    for word in words:
        assert word not in rows
        assert word not in mails
    for person in world.people.values():
        assert person.email not in rows
