"""A backup holds everything; a restore brings it back, triggers and all."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from taggit.models import Tag
from wagtail.models import Page

from portal.core import backups, events, insert_only
from portal.core.models import Event
from portal.people.models import Center, User
from resources.models import Topic
from tests.factories import UserFactory


@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_is_restored_and_the_facts_are_guarded_again(tmp_path: Path) -> None:
    user = UserFactory(first_name="Quynh", last_name="Nguyễn", center="essex", roles=("manager",))
    events.record("test.happened", actor=user, subject=user)
    default_storage.save("test/paper.txt", ContentFile(b"kept"))
    file = tmp_path / "portal.backup"
    call_command("backup", str(file))
    before = {m._meta.label: m._base_manager.count() for m in backups.tables()}

    call_command("flush", interactive=False, verbosity=0)
    default_storage.delete("test/paper.txt")
    UserFactory(email="later@example.org")
    with pytest.raises(CommandError, match="holds data"):
        call_command("restore", str(file))
    call_command("restore", str(file), replace=True)

    after = {m._meta.label: m._base_manager.count() for m in backups.tables()}
    assert after == before
    assert User.objects.get(pk=user.pk).last_name == "Nguyễn"
    assert list(User.objects.get(pk=user.pk).groups.values_list("name", flat=True))
    assert Event.objects.filter(kind="test.happened", actor_id=user.pk).count() == 1
    with default_storage.open("test/paper.txt") as paper:
        assert paper.read() == b"kept"
    assert insert_only.missing() == []
    assert Page.find_problems() == ([], [], [], [], [])
    assert Center.objects.count() == 12
    default_storage.delete("test/paper.txt")


@pytest.mark.django_db(transaction=True)
def test_a_new_row_after_a_restore_gets_an_id_of_its_own(tmp_path: Path) -> None:
    UserFactory()
    call_command("backup", str(tmp_path / "b"))
    call_command("restore", str(tmp_path / "b"), replace=True)
    assert UserFactory().pk not in {None, User.objects.order_by("pk").first().pk}


@pytest.mark.django_db(transaction=True)
def test_a_row_that_two_models_show_is_backed_up_once(tmp_path: Path) -> None:
    tag = Tag.objects.create(name="consent")
    call_command("backup", str(tmp_path / "b"))
    call_command("restore", str(tmp_path / "b"), replace=True)
    assert Topic.objects.get(pk=tag.pk).name == "consent"


@pytest.mark.django_db(transaction=True)
def test_a_backup_with_such_a_row_twice_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = Tag.objects.create(name="consent")
    usual = backups.tables()
    with monkeypatch.context() as before:
        before.setattr(backups, "tables", lambda: [*usual, Topic])
        call_command("backup", str(tmp_path / "b"))
    call_command("restore", str(tmp_path / "b"), replace=True)
    assert Tag.objects.get(pk=tag.pk).name == "consent"


@pytest.mark.django_db
def test_a_backup_never_overwrites_a_file(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(tmp_path / "b"))
    assert (tmp_path / "b").read_text() == "mine"


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("not a backup")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(tmp_path / "b"))
    assert Center.objects.count() == 12
