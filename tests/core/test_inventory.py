"""The data inventory speaks of every table and field, and of nothing else."""

import re

from django.contrib.auth import get_user_model
from django.test import Client

from portal.core import inventory
from tests.world import World


def test_every_table_and_field_has_an_entry() -> None:
    assert inventory.missing() == []


def test_no_entry_speaks_of_what_is_not_there() -> None:
    have = {model._meta.label: model for model in inventory.tables()}
    # Tables of the search engines differ by database.
    extra = set(inventory.entries()) - set(have) - {"wagtailsearch.SQLiteFTSIndexEntry"}
    assert extra == set()
    for label, entry in inventory.entries().items():
        if label in have and not label.startswith("wagtailsearch."):
            known = {f.name for f in have[label]._meta.get_fields()} | {"*"}
            assert set(entry.fields) <= known, label


def test_every_class_is_a_known_one_and_every_way_to_a_person_is_real() -> None:
    for model in inventory.tables():
        entry = inventory.entries()[model._meta.label]
        assert entry.kept in inventory.CLASSES
        for path in (*entry.person, *entry.by):
            str(model._base_manager.filter(**{f"{path}__in": [1]}).query)


def test_every_table_that_points_at_people_says_whose_row_it_is() -> None:
    user = get_user_model()
    silent = {
        model._meta.label
        for model in inventory.tables()
        if any(f.related_model is user for f in model._meta.local_concrete_fields)
        and not (
            inventory.entries()[model._meta.label].person
            or inventory.entries()[model._meta.label].by
        )
    }
    assert silent == set()


def test_passwords_and_second_factors_are_secret() -> None:
    entries = inventory.entries()
    assert "password" in entries["people.User"].secret
    assert "data" in entries["mfa.Authenticator"].secret
    assert {"session_data", "session_key"} <= entries["sessions.Session"].secret
    assert "token" in entries["socialaccount.SocialToken"].secret


def test_the_pages_show_each_table_once(world: World, client: Client) -> None:
    client.force_login(world.member)
    index = client.get("/privacy/inventory/").content.decode()
    shown: list[str] = []
    for part in inventory.PARTS:
        address = f"/privacy/inventory/{part}/"
        assert f'href="{address}"' in index
        page = client.get(address).content.decode()
        shown += re.findall(r'<h2 class="small-heading">([^<]+)</h2>', page)
    assert sorted(shown) == [model._meta.label for model in inventory.tables()]
    assert client.get("/privacy/inventory/elsewhere/").status_code == 404
