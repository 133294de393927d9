"""The library's place in the page tree, and who may do what there."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    GroupPagePermission,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from portal.core import reference
from portal.people.audience import Audience
from resources.models import GuidanceReviewTask, LibraryPage, Service

PAGE_RIGHTS = {
    "Program managers": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    "Authors": ["add_page", "change_page"],
}
DIRECTORY_RIGHTS = {
    "Program managers": ["add_service", "change_service", "delete_service", "view_service"],
    "Authors": ["view_service", "change_service"],
}
WORKFLOW = "Guidance review"


@reference.loader(order=30)
def load_library() -> None:
    library = LibraryPage.objects.first() or _make_library()
    for name, codenames in PAGE_RIGHTS.items():
        group = Group.objects.get(name=name)
        for right in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=codenames
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=library, permission=right)
    directory = ContentType.objects.get_for_model(Service)
    for name, codenames in DIRECTORY_RIGHTS.items():
        rights = Permission.objects.filter(content_type=directory, codename__in=codenames)
        Group.objects.get(name=name).permissions.add(*rights)
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
