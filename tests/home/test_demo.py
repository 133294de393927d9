"""The demo repeats nothing, touches nothing that is not its own, and says plainly what is wrong."""

import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.core import assets, preparation, supervisor
from portal.core.models import DemoMark, Effect, Event
from portal.home import demo
from portal.home.management.commands import demo as command
from portal.people.models import Center, CoordinatorAssignment, User
from tests.factories import UserFactory
from training.models import Completion


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DEMO_PASSWORD", "a word for the demo")
    return "a word for the demo"


def counts() -> list[int]:
    return [m.objects.count() for m in (User, Completion, Event, Effect, CoordinatorAssignment)]


def test_a_second_load_repeats_nothing(db: None, password: str) -> None:
    demo.load(lambda line: None)
    before = counts()
    demo.load(lambda line: pytest.fail(f"repeated: {line}"))
    assert counts() == before
    people = User.objects.filter(email__endswith="@example.org")
    assert people.count() == 10 + 12 + 60
    assert all(u.check_password(password) for u in people.filter(joined_at__isnull=False)[:3])
    assert set(Center.objects.filter(name__endswith=", demo")) == set(Center.objects.all())


def test_another_password_is_set_for_everyone(
    db: None, password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo.load(lambda line: None)
    monkeypatch.setenv("DEMO_PASSWORD", "another word")
    demo.load(lambda line: None)
    assert User.objects.get(email="member@example.org").check_password("another word")
    assert not User.objects.filter(joined_at=None, password__startswith="md5").exists()


def test_a_database_of_real_people_is_refused(db: None) -> None:
    UserFactory()
    with pytest.raises(demo.NotADemo):
        demo.check_database()
    DemoMark.objects.create(kind="demo")
    demo.check_database()


@pytest.mark.parametrize("name", ["demo", "serve"])
def test_a_port_in_use_is_said_before_any_work(name: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use"):
            call_command(name, port=port)


def test_no_network_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(report: object) -> bool:
        raise assets.AssetsNotBuilt("The packages for styles and fonts could not be fetched.")

    monkeypatch.setattr(assets, "build", fail)
    with pytest.raises(CommandError, match="could not be fetched"):
        call_command("demo", no_serve=True)


def test_a_foreign_database_is_left_alone_even_by_reset(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "build", lambda report: False)
    monkeypatch.setattr(preparation, "collect", lambda report: None)
    person = UserFactory()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("demo", no_serve=True, reset=True)
    assert User.objects.get() == person


def test_children_that_end_by_themselves_end_the_command() -> None:
    status = supervisor.run([["true"], ["sleep", "30"]], extra_env={}, ready=lambda: None)
    assert status == 1


def test_every_account_of_the_contract_is_in_the_table() -> None:
    keys = {account.key for account in command.ACCOUNTS}
    assert keys == {
        *("manager", "deputy", "author", "reviewer", "specialist"),
        *("trainer", "essex", "capeislands", "member", "advocate"),
    }
