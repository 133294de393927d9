"""The training section, who may write in it, and the workflow that publishes: made once."""

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Page, Site, Workflow, WorkflowPage, WorkflowTask

from portal.core import reference
from training.models import ModuleReviewTask, TrainingIndexPage

WORKFLOW = "Module review"
PANEL = "Review panel"
WRITERS = ("Authors", "Program managers")


@reference.loader(order=30)
def load_training() -> None:
    index = TrainingIndexPage.objects.first() or _make_index()
    # Nobody has the right to publish here: the workflow's approval does.
    for group in Group.objects.filter(name__in=WRITERS):
        for codename in ("add_page", "change_page"):
            GroupPagePermission.objects.get_or_create(
                group=group,
                page=index.page_ptr,
                permission=Permission.objects.get(
                    content_type__app_label="wagtailcore", codename=codename
                ),
            )
    _let_reviewers_look(index)
    if not WorkflowPage.objects.filter(page=index.page_ptr).exists():
        WorkflowPage.objects.create(page=index.page_ptr, workflow=_workflow())


def _let_reviewers_look(index: TrainingIndexPage) -> None:
    """Wagtail lists pages to whoever has any right on them; unlocking is the least of them."""
    GroupPagePermission.objects.get_or_create(
        group=Group.objects.get(name=PANEL),
        page=index.page_ptr,
        permission=Permission.objects.get(
            content_type__app_label="wagtailcore", codename="unlock_page"
        ),
    )


def _make_index() -> TrainingIndexPage:
    root: Page = Site.objects.get(is_default_site=True).root_page
    index = TrainingIndexPage(title=_("Training"), slug="training")
    root.add_child(instance=index)
    return index


def _workflow() -> Workflow:
    workflow, made = Workflow.objects.get_or_create(name=WORKFLOW)
    if made:
        task = ModuleReviewTask.objects.create(name=_("Review by a second person"))
        task.groups.add(*Group.objects.filter(name=PANEL))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow
