"""What the editors of the admin offer, and what they refuse."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image as Picture
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.blocks import Block, RichTextBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import Image
from wagtail.models import Collection, get_page_models

from tests.world import World


def inside(block: Block) -> list[Block]:
    children = getattr(block, "child_blocks", {}).values()
    child = getattr(block, "child_block", None)
    found = [block]
    for each in [*children, *([child] if child else [])]:
        found += inside(each)
    return found


def test_no_editor_offers_embeds() -> None:
    assert "embed" not in get_rich_text_editor_widget().features
    seen = 0
    for model in get_page_models():
        for field in model._meta.get_fields():
            if isinstance(field, RichTextField):
                assert "embed" not in (field.features or [])
            if isinstance(field, StreamField):
                for block in inside(field.stream_block):
                    seen += 1
                    assert not isinstance(block, EmbedBlock)
                    if isinstance(block, RichTextBlock):
                        assert "embed" not in (block.features or [])
    assert seen > 10


def picture(name: str = "door.png") -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Picture.new("RGB", (8, 8)).save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


@pytest.mark.parametrize("account", ["manager", "author"])
def test_managers_and_authors_add_pictures(world: World, client: Client, account: str) -> None:
    client.force_login(world.people[account])
    root = Collection.get_first_root_node().pk
    data = {"title": "A door", "file": picture(), "collection": root}
    assert client.post("/cms/images/add/", data).status_code == 302
    image = Image.objects.get(title="A door")
    image.file.delete(save=False)


@pytest.mark.parametrize(
    ("title", "name"), [("Call 508-555-0142", "door.png"), ("A door", "dob 04-12-2010.png")]
)
def test_a_picture_that_names_somebody_is_refused_and_not_kept(
    world: World, client: Client, title: str, name: str
) -> None:
    client.force_login(world.manager)
    root = Collection.get_first_root_node().pk
    data = {"title": title, "file": picture(name), "collection": root}
    answer = client.post("/cms/images/add/", data)
    assert answer.status_code == 200
    assert "nothing was saved" in answer.content.decode()
    assert not Image.objects.exists()


def test_a_reviewer_adds_no_pictures(world: World, client: Client) -> None:
    client.force_login(world.reviewer)
    assert client.get("/cms/images/add/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_after_a_flush_pictures_have_their_place_again() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert Collection.get_first_root_node() is not None
