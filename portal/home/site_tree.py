"""The root of the page tree, the locale and the site: made once, found again after a flush."""

from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import (
    Collection,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
)

from portal.core import reference
from portal.home.models import HomePage
from portal.people import group_rights
from portal.people.audience import Audience

INTRO = (
    "Training and technical assistance for the teams who respond to the commercial sexual "
    "exploitation of children in Massachusetts."
)


for _group in ("Program managers", "Authors"):
    group_rights.allow_on_collections(
        _group,
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
    )


@reference.loader(order=20)
def load_root() -> None:
    Locale.objects.get_or_create(language_code="en")
    _load_collection()
    if not HomePage.objects.exists():
        _make_home(_root())


def _load_collection() -> None:
    """The root of pictures and documents; managers and authors add to it."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


def _root() -> Page:
    root = Page.get_first_root_node()
    return root or Page.add_root(title="Root", slug="root")


def _make_home(root: Page) -> None:
    Site.objects.all().delete()
    # Groups and a workflow that Wagtail brings along: with ours, nobody is in them.
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()
    for page in root.get_children():
        page.specific.delete()
    home = HomePage(title=settings.PORTAL_NAME, slug="home", intro=INTRO, audience=Audience.PUBLIC)
    Page.objects.get(pk=root.pk).add_child(instance=home)
    Site.objects.create(
        hostname="localhost", root_page=home, is_default_site=True, site_name=settings.PORTAL_NAME
    )
