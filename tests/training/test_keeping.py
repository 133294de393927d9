"""What people's records stand on cannot be deleted, and the refusal is explained."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from tests.factories import UserFactory
from tests.training.factories import draft_module, lesson, make_module, publish, uid
from tests.world import World
from training.models import Enrolment, ModulePage, ModuleRelease, TrainingIndexPage

pytestmark = pytest.mark.django_db
Image = get_image_model()


@pytest.fixture
def root(client: Client, world: World) -> Client:
    """Nobody else may delete or unpublish here."""
    client.force_login(UserFactory(is_superuser=True, roles=("manager",)))
    return client


@pytest.fixture
def begun(world: World) -> ModulePage:
    page, _release = make_module("T01")
    Enrolment.objects.create(person=world.member, module=page, number=1)
    return page


def assert_refused(response: Any, client: Client, words: bytes = b"their record stands") -> None:
    assert response.status_code == 302
    assert words in client.get(response["Location"]).content


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_a_module_that_somebody_began_stays(root: Client, begun: ModulePage, action: str) -> None:
    assert_refused(root.post(f"/cms/pages/{begun.pk}/{action}/"), root)
    assert ModulePage.objects.get(pk=begun.pk).live


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_a_module_that_somebody_began_stays_in_bulk(
    root: Client, begun: ModulePage, action: str
) -> None:
    free, _release = make_module("T02")
    address = f"/cms/bulk/wagtailcore/page/{action}/?id={begun.pk}&id={free.pk}"
    assert_refused(root.post(address, {"next": "/cms/"}), root)
    assert ModulePage.objects.live().count() == 2


@pytest.mark.parametrize("model", [TrainingIndexPage, Page])
def test_what_stands_above_a_begun_module_stays(
    root: Client, begun: ModulePage, model: Any
) -> None:
    above = TrainingIndexPage.objects.get() if model is TrainingIndexPage else begun.get_parent()
    if model is Page:
        above = above.get_parent()
    assert_refused(root.post(f"/cms/pages/{above.pk}/delete/"), root)
    bulk = f"/cms/bulk/wagtailcore/page/delete/?id={above.pk}"
    assert_refused(root.post(bulk, {"next": "/cms/"}), root)
    assert ModulePage.objects.filter(pk=begun.pk).exists()


def test_a_module_that_nobody_began_goes_and_its_release_stays(root: Client) -> None:
    page, release = make_module("T01")
    response = root.post(f"/cms/pages/{page.pk}/delete/")
    assert response.status_code == 302
    assert not ModulePage.objects.exists()
    assert ModuleRelease.objects.get(pk=release.pk).page_id is None


def test_a_module_cannot_be_copied(root: Client) -> None:
    page, _release = make_module("T01")
    assert_refused(root.get(f"/cms/pages/{page.pk}/copy/"), root, b"not copied here")


@pytest.fixture
def picture() -> Any:
    return Image.objects.create(title="Harbor", file=get_test_image_file())


# Wagtail leaves the temporary file of a rendition to the garbage collector.
unclosed = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def shown(picture: Any) -> ModuleRelease:
    page = draft_module("T01", lessons=1)
    content = lesson("T01", 1)
    value = {"image": picture.pk, "decorative": False, "alt_text": "A quiet harbor"}
    content["value"]["body"].append(
        {"type": "picture", "value": value, "id": uid("T01", "picture")}
    )
    page.lessons = [content]
    return publish(page)


@unclosed
def test_a_release_keeps_the_hash_of_its_pictures(shown: ModuleRelease) -> None:
    assert len(shown.outline["media"]) == 1
    assert 'alt="A quiet harbor"' in shown.outline["lessons"][0]["html"]


@unclosed
def test_a_picture_of_a_release_cannot_be_deleted(
    root: Client, picture: Any, shown: ModuleRelease
) -> None:
    words = b"a published module shows it"
    assert_refused(root.post(f"/cms/images/{picture.pk}/delete/"), root, words)
    bulk = f"/cms/bulk/wagtailimages/image/delete/?id={picture.pk}"
    assert_refused(root.post(bulk, {"next": "/cms/images/"}), root, words)
    with pytest.raises(PermissionDenied), transaction.atomic():
        picture.delete()
    assert Image.objects.filter(pk=picture.pk).exists()


@unclosed
def test_a_picture_of_a_release_cannot_be_replaced(picture: Any, shown: ModuleRelease) -> None:
    picture.title = "The harbor"
    picture.save()
    picture.file = get_test_image_file(colour="black")
    with pytest.raises(PermissionDenied), transaction.atomic():
        picture.save()


@unclosed
def test_another_picture_can_be_deleted(root: Client, shown: ModuleRelease) -> None:
    other = Image.objects.create(title="Hill", file=get_test_image_file(colour="red"))
    root.post(f"/cms/images/{other.pk}/delete/")
    assert not Image.objects.filter(pk=other.pk).exists()


@unclosed
def test_a_learner_has_the_picture_of_a_release_after_the_page_dropped_it(
    client: Client, world: World, picture: Any, shown: ModuleRelease
) -> None:
    page = ModulePage.objects.get()
    page.lessons = [lesson("T01", 1)]
    publish(page)
    address = f"/media/{picture.renditions.get().file.name}"
    assert client.get(address).status_code == 404
    client.force_login(world.member)
    assert client.get(address).status_code == 200
