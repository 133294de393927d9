"""Rows of what a learner does over releases, and of the team page."""

from django.utils import timezone

from portal.people.models import Center
from tests.matrix import Row
from tests.training import learning_factories as make
from tests.training.factories import linked_quiz, make_pathway
from tests.world import COORDINATOR, DEPUTY, EVERYONE, MANAGER, MEMBER, OTHER_COORDINATOR, World
from training import certificates, enrolments, plans
from training.models import Assignment, AssignmentPlan, FollowUp

LEADS = frozenset({COORDINATOR, OTHER_COORDINATOR, MANAGER, DEPUTY})
OWN_LEADS = frozenset({COORDINATOR, MANAGER, DEPUTY})
SEES_THE_MEMBER = frozenset({MEMBER, COORDINATOR, MANAGER, DEPUTY})


def build(world: World) -> None:
    """Everyone has started a module; the member (Essex) has completed it and is certified."""
    page, _release = make.make_release("M01", quiz=linked_quiz("M01"))
    for person in world.people.values():
        enrolments.enrol(person=person, module=page)
    completion = make.complete(world.member, page)
    FollowUp.objects.create(enrolment=completion.enrolment, due_on=timezone.localdate())
    pathway = make_pathway("asked", page)
    plan = AssignmentPlan(pathway=pathway, center=Center.objects.get(slug="essex"))
    world.things["plan"] = plans.make(plan, by=world.manager)
    row = Assignment.objects.get(person=world.member)
    world.things["assignment"] = row
    world.things["certificate"] = certificates.issue(completion)
    changed, _release = make.make_release("M02")
    make.complete(world.member, changed)
    make.change(changed, "The law has changed.")


def _code(world: World) -> str:
    code: str = world.things["certificate"].code
    return code


ROWS = [
    Row("training/<slug:slug>/", "/training/m01/"),
    Row("training/<slug:slug>/<int:number>/", "/training/m01/1/"),
    Row("training/<slug:slug>/quiz/", "/training/m01/quiz/"),
    Row("training/<slug:slug>/done/", "/training/m01/done/"),
    Row("training/<slug:slug>/before/", "/training/m01/before/", may=EVERYONE - {MEMBER}),
    Row("training/<slug:slug>/later/", "/training/m01/later/", may=frozenset({MEMBER})),
    Row("training/<slug:slug>/again/", "/training/m01/again/", may=frozenset()),
    Row(
        "training/<slug:slug>/later/decline/",
        "/training/m01/later/decline/",
        ok=302,
        method="post",
    ),
    Row("training/<slug:slug>/evaluation/", "/training/m01/evaluation/"),
    Row("training/<slug:slug>/changes/", "/training/m02/changes/", may=frozenset({MEMBER})),
    Row(
        "training/certificates/<str:code>/",
        lambda world: f"/training/certificates/{_code(world)}/",
        may=SEES_THE_MEMBER,
    ),
    Row(
        "training/certificates/<str:code>.pdf",
        lambda world: f"/training/certificates/{_code(world)}.pdf",
        may=SEES_THE_MEMBER,
    ),
    Row(
        "training/certificates/<str:code>/again/",
        lambda world: f"/training/certificates/{_code(world)}/again/",
        may=frozenset({MEMBER}),
        ok=302,
        method="post",
    ),
    Row(
        "training/certificates/<str:code>/annul/",
        lambda world: f"/training/certificates/{_code(world)}/annul/",
        may=frozenset({MANAGER, DEPUTY}),
    ),
    Row("team/assignments/", "/team/assignments/", may=LEADS),
    Row("team/assignments/new/", "/team/assignments/new/", may=LEADS),
    Row(
        "team/assignments/<int:pk>/",
        lambda world: f"/team/assignments/{world.things['assignment'].pk}/",
        may=OWN_LEADS,
    ),
    Row(
        "team/assignments/<int:pk>/change/",
        lambda world: f"/team/assignments/{world.things['assignment'].pk}/change/",
        may=frozenset(),
        method="post",
    ),
    Row("team/assignments/plans/new/", "/team/assignments/plans/new/", may=LEADS),
    Row(
        "team/assignments/plans/<int:pk>/end/",
        lambda world: f"/team/assignments/plans/{world.things['plan'].pk}/end/",
        may=OWN_LEADS,
        ok=302,
        method="post",
    ),
    Row("verify/<str:code>/", lambda world: f"/verify/{_code(world)}/", signed_out="ok"),
    Row("me/transcript/", "/me/transcript/"),
    Row("me/transcript.csv", "/me/transcript.csv"),
    Row("me/transcript.pdf", "/me/transcript.pdf"),
    Row("me/needs/", "/me/needs/"),
    Row("me/needs/<slug:slug>/", "/me/needs/licsw/", ok=302, method="post"),
    Row(
        "team/people/<int:pk>/needs/",
        lambda world: f"/team/people/{world.member.pk}/needs/",
        may=frozenset({COORDINATOR, MANAGER, DEPUTY}),
    ),
    Row("me/needs/reminders/", "/me/needs/reminders/", ok=302, method="post"),
    Row(
        "team/people/<int:pk>/nudge/",
        lambda world: f"/team/people/{world.member.pk}/nudge/",
        may=frozenset({COORDINATOR, MANAGER, DEPUTY}),
        ok=302,
        method="post",
    ),
    Row("team/", "/team/", may=LEADS),
    Row("team/requirements/", "/team/requirements/", may=LEADS),
    Row("team/certificates/", "/team/certificates/", may=LEADS),
    Row("team/certificates.zip", "/team/certificates.zip", may=LEADS),
    Row("team/roster.csv", "/team/roster.csv", may=LEADS),
    Row("team/invite/", "/team/invite/", may=LEADS),
]
