"""Modules are found, and an excerpt never shows what a content note was for."""

import pytest
from django.test import Client

from tests.training.factories import draft_module, make_module, make_pathway
from tests.world import World
from training.search import ModuleSource, PathwaySource

pytestmark = pytest.mark.django_db


def test_the_text_of_a_sensitive_lesson_is_its_other_version() -> None:
    page, _release = make_module(sensitivity=2)
    record = ModuleSource().to_record(page)
    assert "Other text of lesson 1" in record.body
    assert "Main text" not in record.body
    assert record.url == "/training/t01/"


def test_a_module_for_everyone_counts_under_every_profession() -> None:
    page, _release = make_module()
    assert len(list(ModuleSource().to_record(page).disciplines)) == 20


def test_drafts_are_not_found_and_modules_in_preparation_are() -> None:
    draft_module("T01")
    planned = draft_module("T02", is_in_preparation=True, live=True)
    assert list(ModuleSource().queryset()) == [planned]


def test_a_pathway_leads_to_its_own_address() -> None:
    assert PathwaySource().to_record(make_pathway("way")).url == "/training/pathways/way/"


def test_a_published_module_is_found_by_its_text(
    client: Client, world: World, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make_module("T01", title="Harbor lights")
    client.force_login(world.member)
    assert b"/training/t01/" in client.get("/search/?q=harbor").content
