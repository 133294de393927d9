"""The training section, who may write in it, and the workflow that publishes: made once."""

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import Page, Site, Workflow, WorkflowPage, WorkflowTask

from portal.core import reference
from portal.people import group_rights
from training.models import ModuleReviewTask, TrainingIndexPage

WORKFLOW = "Module review"
PANEL = "Review panel"
WRITERS = ("Authors", "Program managers")


def _section() -> Page | None:
    index = TrainingIndexPage.objects.first()
    return index.page_ptr if index else None


# Nobody has the right to publish here: the workflow's approval does.
for _group in WRITERS:
    group_rights.allow_on_page(_group, _section, ["add_page", "change_page"])
# Wagtail lists pages to whoever has any right on them; unlocking is the least of them.
group_rights.allow_on_page(PANEL, _section, ["unlock_page"])


@reference.loader(order=30)
def load_training() -> None:
    index = TrainingIndexPage.objects.first() or _make_index()
    if not WorkflowPage.objects.filter(page=index.page_ptr).exists():
        WorkflowPage.objects.create(page=index.page_ptr, workflow=_workflow())


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
