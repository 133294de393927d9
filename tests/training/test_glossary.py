"""The words of the field: loaded once, kept by the authors, read by everyone on a team."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.privacy import screen
from tests.training.material_factories import make_term
from tests.training.test_authoring import write
from tests.world import World
from training import content_loader, glossary_loader
from training.models import GlossaryTerm, ModulePage, ModuleRelease

pytestmark = pytest.mark.django_db
ADD = "/cms/snippets/training/glossaryterm/add/"


def test_the_words_that_come_with_the_portal_are_there() -> None:
    said = glossary_loader.content()
    assert 15 <= len(said) <= 25
    assert GlossaryTerm.objects.count() == len(said)
    for term in GlossaryTerm.objects.all():
        term.full_clean()
        assert not [f for f in screen(f"{term.term} {term.definition}") if f.tier == "block"]


def test_loading_again_leaves_what_staff_worded_anew() -> None:
    count = GlossaryTerm.objects.count()
    GlossaryTerm.objects.filter(key="cac").update(term="Center", definition="Ours.")
    GlossaryTerm.objects.get(key="dcf").delete()
    make_term("department of children and families (dcf)", "Ours as well.")
    glossary_loader.load_glossary()
    assert GlossaryTerm.objects.count() == count
    assert GlossaryTerm.objects.get(key="cac").definition == "Ours."
    assert glossary_loader.find("dcf").definition == "Ours as well."
    assert glossary_loader.find("cac").term == "Center"


def test_the_page_lists_every_word_from_a_to_z(world: World, client: Client) -> None:
    make_term("<b>Zeal</b>", "Written & escaped.")
    client.force_login(world.member)
    page = client.get("/training/glossary/").content.decode()
    assert page.count("<dt ") == GlossaryTerm.objects.count()
    assert "&lt;b&gt;Zeal&lt;/b&gt;" in page
    places = [page.index(f">{word}</dt>") for word in ("51A report", "Advocate", "Suspected")]
    assert places == sorted(places)
    assert '<a href="#letter-A">' in page
    assert 'id="letter-sign"' in page


def test_the_page_costs_the_same_queries_for_any_number_of_words(
    world: World, client: Client
) -> None:
    client.force_login(world.member)
    client.get("/training/glossary/")
    counts = []
    for n in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/training/glossary/").status_code == 200
        counts.append(len(queries))
        for m in range(20):
            make_term(f"Word {n} {m}")
    assert counts[0] == counts[1]


def test_an_empty_glossary_says_what_will_appear(world: World, client: Client) -> None:
    GlossaryTerm.objects.all().delete()
    client.force_login(world.member)
    assert b"No words yet" in client.get("/training/glossary/").content


def form(**changes: Any) -> dict[str, str]:
    data = {"term": "Quay", "definition": "Where it lands.", "source": "", "source_url": ""}
    return {**data, **changes}


def test_an_author_writes_a_word_and_details_are_refused(world: World, client: Client) -> None:
    client.force_login(world.author)
    assert client.post(ADD, form()).status_code == 302
    assert GlossaryTerm.objects.get(term="Quay").definition == "Where it lands."
    for changes in (
        {"term": "Born 04/12/2010"},
        {"term": "Pier", "definition": "Call 413-555-0172."},
        {"term": "Pier", "source": "someone@example.org"},
        {"term": "qUAY"},
        {"term": "Pier", "source_url": "javascript:alert(1)"},
    ):
        answer = client.post(ADD, form(**changes))
        assert answer.status_code == 200
        assert answer.context["form"].errors
    assert not GlossaryTerm.objects.filter(term="Pier").exists()


@pytest.mark.parametrize(("account", "code"), [("member", 404), ("reviewer", 302)])
def test_nobody_else_writes_words(world: World, client: Client, account: str, code: int) -> None:
    client.force_login(world.people[account])
    assert client.post(ADD, form()).status_code == code
    assert not GlossaryTerm.objects.filter(term="Quay").exists()


@pytest.mark.parametrize("slug", ["glossary", "videos"])
def test_no_module_takes_an_address_of_ours(world: World, client: Client, slug: str) -> None:
    client.force_login(world.author)
    answer = write(client, slug=slug)
    assert "taken by the portal" in str(answer.context["form"].errors["slug"])
    assert not ModulePage.objects.exists()


def test_who_is_on_no_team_sees_no_word(world: World) -> None:
    assert not GlossaryTerm.objects.visible_to(AnonymousUser()).exists()
    assert GlossaryTerm.objects.visible_to(world.member).exists()


def test_the_written_modules_use_words_and_choices() -> None:
    content_loader.load(None, timezone.now())
    first, fifth = (ModuleRelease.objects.get(code=code).outline for code in ("F01", "F05"))
    html = first["lessons"][0]["html"]
    assert "Words used here" in html
    assert GlossaryTerm.objects.get(key="csec").definition in html
    choices = fifth["lessons"][-1]["html"].partition("block-choices")[2]
    assert choices.partition("</section>")[0].count("<summary>") == 4
