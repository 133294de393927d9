"""The demo touches nothing that is not its own, and says plainly what is wrong."""

import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.core import assets, preparation, supervisor
from portal.core.models import DemoMark
from portal.home import demo
from portal.home.management.commands import demo as command
from portal.people.models import User
from tests.factories import UserFactory


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


@pytest.mark.django_db
def test_populate_takes_no_database_of_real_people() -> None:
    UserFactory()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("populate", members=1, completions=1, requests=1, resources=1)


@pytest.mark.django_db
def test_populate_gives_nobody_nothing_to_complete() -> None:
    with pytest.raises(CommandError, match="Completions need members"):
        call_command("populate", members=0, completions=1, requests=0, resources=0)
