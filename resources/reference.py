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
from resources.models import GuidanceReviewTask, LibraryPage, PanelReviewTask

PAGE_RIGHTS = {
    "Program managers": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    "Authors": ["add_page", "change_page"],
}
DIRECTORY_RIGHTS = {
    "Program managers": ["add_service", "change_service", "delete_service", "view_service"],
    "Authors": ["view_service", "change_service"],
}
WORKFLOW = "Guidance review"
PANEL_REVIEW = "Review of hard pages by the panel"


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
    """What an author submits waits for a program manager; managers publish directly.

    A page of level 3 waits for the review panel first, whoever submits it.
    """
    if PanelReviewTask.objects.filter(name=PANEL_REVIEW).exists():
        return
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    panel, _ = PanelReviewTask.objects.get_or_create(name=PANEL_REVIEW)
    panel.groups.add(Group.objects.get(name="Review panel"))
    WorkflowTask.objects.update_or_create(workflow=workflow, task=panel, defaults={"sort_order": 0})
    task, _ = GuidanceReviewTask.objects.get_or_create(name=WORKFLOW)
    task.groups.add(Group.objects.get(name="Program managers"))
    WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": 1})
    WorkflowPage.objects.get_or_create(page=library, defaults={"workflow": workflow})
