"""The library's place in the page tree, and who may do what there."""

from django.contrib.auth.models import Group
from wagtail.models import (
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from portal.core import reference
from portal.people import group_rights
from portal.people.audience import Audience
from resources.models import GuidanceReviewTask, LibraryPage

PAGE_RIGHTS = {
    "Program managers": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    "Authors": ["add_page", "change_page"],
}
DIRECTORY_RIGHTS = {
    "Program managers": ["add_service", "change_service", "delete_service", "view_service"],
    "Authors": ["view_service", "change_service"],
}
WORKFLOW = "Guidance review"


def _library() -> Page | None:
    library = LibraryPage.objects.first()
    return library.page_ptr if library else None


for _group, _codenames in PAGE_RIGHTS.items():
    group_rights.allow_on_page(_group, _library, _codenames)
for _group, _codenames in DIRECTORY_RIGHTS.items():
    group_rights.allow(_group, *(f"resources.{codename}" for codename in _codenames))


@reference.loader(order=30)
def load_library() -> None:
    library = LibraryPage.objects.first() or _make_library()
    _load_workflow(library)


def _make_library() -> LibraryPage:
    home = Site.objects.get(is_default_site=True).root_page
    library = LibraryPage(title="Resources", slug="resources", audience=Audience.PUBLIC)
    home.add_child(instance=library)
    return library


def _load_workflow(library: LibraryPage) -> None:
    """What an author submits waits for a program manager; managers publish directly."""
    if WorkflowPage.objects.filter(page=library).exists():
        return
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    task, _ = GuidanceReviewTask.objects.get_or_create(name=WORKFLOW)
    task.groups.add(Group.objects.get(name="Program managers"))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=library)
