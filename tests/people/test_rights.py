"""What the groups of the admin may do is what is declared, and nothing else."""

from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from portal.core.models import Event
from portal.people import group_rights
from portal.people.models import HelpLine, User
from resources.models import Service
from tests.world import World


def test_the_database_holds_exactly_what_is_declared(db: None) -> None:
    assert group_rights.differences() == ([], [])
    assert len(group_rights.declared()) > 20


def test_a_right_that_nobody_declared_is_taken_away_and_the_audit_says_so(world: World) -> None:
    authors = Group.objects.get(name="Authors")
    authors.permissions.add(Permission.objects.get(codename="change_user"))
    publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    root = Page.get_first_root_node()
    GroupPagePermission.objects.create(group=authors, page=root, permission=publish)
    missing, too_much = group_rights.differences()
    assert missing == []
    assert len(too_much) == 2
    assert Event.objects.filter(kind="rights.changed").exists()
    group_rights.bring_in_step()
    assert group_rights.differences() == ([], [])
    assert Event.objects.get(kind="rights.mended").data["rights"] == too_much


def test_a_right_that_is_missing_comes_back(world: World) -> None:
    Group.objects.get(name="Review panel").permissions.clear()
    group_rights.bring_in_step()
    assert group_rights.differences() == ([], [])


def test_every_model_of_the_admin_answers_by_its_policy_as_the_groups_say(world: World) -> None:
    """Wagtail's registry of permission policies, asked for each role of the admin."""
    images = policy_registry.get_by_type(get_image_model())
    for account, may in (("manager", True), ("author", True), ("reviewer", False)):
        assert images.user_has_permission(world.people[account], "add") is may
    for model, who in ((HelpLine, {"manager"}), (Service, {"manager", "author"})):
        right = f"{model._meta.app_label}.change_{model._meta.model_name}"
        able = {
            name
            for name in ("manager", "author", "reviewer", "member")
            if world.people[name].has_perm(right)
        }
        assert able == who
    assert not any(p.has_perm("people.change_user") for p in world.people.values())
    assert User.objects.filter(is_superuser=True).count() == 0


def test_wagtails_own_account_and_password_pages_lead_to_ours(world: World) -> None:
    client = Client()
    client.force_login(world.manager)
    assert client.get("/cms/account/")["Location"] == "/me/"
    assert client.get("/cms/password_reset/")["Location"] == "/accounts/password/reset/"
    assert client.get("/cms/images/multiple/add/")["Location"] == "/cms/images/add/"
    assert Client().get("/cms/password_reset/confirm/x/y/")["Location"] == (
        "/accounts/password/reset/"
    )
