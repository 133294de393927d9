"""Each class of mail comes as it was chosen; what cannot be chosen comes always."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core import mail_registry
from portal.core.models import Event, MailLog
from portal.people.mailing import choices
from portal.people.models import MailChoice, User
from tests.people.mailing import making
from tests.posting import delivered
from tests.world import ACCOUNTS, World

EVERY = sorted(making.OF_CLASS)


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("choice", ["now", "day", "none"])
def test_each_class_and_choice_for_each_role(world: World, account: str, choice: str) -> None:
    person = world.people[account]
    making.choose(person, **dict.fromkeys(making.optional(), choice))
    for key in EVERY:
        making.ask(person, making.OF_CLASS[key], key)
    came = {m.extra_headers["Message-ID"] for m in delivered()}
    rows = {row.mail_class: row for row in MailLog.objects.filter(user_id=person.pk)}
    assert set(rows) == set(EVERY)
    for key, row in rows.items():
        always = mail_registry.find(key).is_required
        expected = {
            "now": ("sent", "now"),
            "day": ("waiting", "day"),
            "none": ("off", "now"),
        }["now" if always else choice]
        assert (row.outcome, row.goes) == expected, key
        assert (row.message_id in came) is (expected[0] == "sent")


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("member", {"requests": "now", "training": "now", "sessions": "now", "guidance": "none",
                    "reading": "now"}),
        (
            "coordinator",
            {"requests": "now", "queue": "now", "training": "now", "sessions": "now",
             "guidance": "day", "reading": "now"},
        ),
        (
            "manager",
            {"requests": "now", "queue": "now", "training": "day", "sessions": "now",
             "guidance": "day", "editing": "now", "reading": "day", "reports": "now"},
        ),
        (
            "author",
            {"requests": "now", "training": "day", "sessions": "now", "guidance": "none",
             "editing": "now", "reading": "day"},
        ),
    ],
)  # fmt: skip
def test_without_a_choice_the_default_fits_the_role(
    world: World, account: str, expected: dict[str, str]
) -> None:
    assert choices.every(world.people[account]) == expected


@pytest.mark.parametrize("account", ACCOUNTS)
def test_each_role_chooses_on_the_page_and_it_is_kept(world: World, account: str) -> None:
    person, client = world.people[account], Client()
    client.force_login(person)
    page = client.get("/me/mail/").content.decode()
    assert "These cannot be switched off" in page
    wanted = dict.fromkeys(choices.every(person), "day")
    assert client.post("/me/mail/", wanted)["Location"] == "/me/mail/"
    assert choices.every(User.objects.get(pk=person.pk)) == wanted


def test_a_change_is_in_the_audit_and_saving_the_same_is_not(world: World, client: Client) -> None:
    client.force_login(world.member)
    now = choices.every(world.member)
    for _time in range(2):
        client.post("/me/mail/", {**now, "training": "none"})
    [event] = Event.objects.filter(kind="mail.choice_changed")
    assert (event.actor_id, event.subject_id) == (world.member.pk, str(world.member.pk))
    assert event.data == {"mail_class": "training", "choice": "none"}
    assert MailChoice.objects.count() == 1, "what was not changed follows the role"


@pytest.mark.parametrize("value", ["", "always", "9" * 5000, "\0", "now\r\nBcc: x", "none' OR 1=1"])
def test_nonsense_is_refused_and_changes_nothing(world: World, client: Client, value: str) -> None:
    client.force_login(world.member)
    answer = client.post("/me/mail/", {**choices.every(world.member), "training": value})
    assert answer.status_code == 200
    assert client.post("/me/mail/").status_code == 200
    assert not MailChoice.objects.exists()


def test_what_cannot_be_chosen_stays_even_if_it_is_posted(world: World, client: Client) -> None:
    client.force_login(world.member)
    client.post("/me/mail/", {**choices.every(world.member), "account": "none", "urgent": "none"})
    assert not MailChoice.objects.exists()
    MailChoice.objects.create(user=world.member, mail_class="account", choice="none")
    making.ask(world.member, "new_device")
    assert len(delivered()) == 1


def test_looking_changes_nothing_and_asks_no_more_with_more_choices(
    world: World, client: Client
) -> None:
    client.force_login(world.manager)
    client.get("/me/mail/")
    counts = []
    for chosen in ({}, dict.fromkeys(making.optional(), "day")):
        making.choose(world.manager, **chosen)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/me/mail/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_account_page_leads_to_the_choices(world: World, client: Client) -> None:
    client.force_login(world.member)
    assert 'href="/me/mail/"' in client.get("/me/").content.decode()
