"""Rows of the catalogue, of what lessons lead to, of urgent corrections and suggested edits."""

from uuid import uuid4

from tests.matrix import Row
from tests.training.factories import make_module, make_pathway
from tests.training.material_factories import block, make_video, released
from tests.world import AUTHOR, DEPUTY, MANAGER, MEMBER, REVIEWER, World
from training import corrections, suggestions

MAKERS = frozenset({MANAGER, DEPUTY, REVIEWER, AUTHOR})
READERS = frozenset({AUTHOR, MANAGER, DEPUTY})


def build(world: World) -> None:
    world.things["pathway"] = make_pathway("matrix-pathway")
    world.things["video"] = make_video()
    released(block("video", world.things["video"].pk), code="MX2")
    make_module("MX3", owner=world.author)
    page, _release = make_module("MX1")
    page.summary = "Corrected."
    page.save_revision(user=world.manager)
    world.things["correction"] = corrections.publish(page, reason="fact", by=world.manager)
    page, release = make_module("MX4", owner=world.author)
    world.things["suggestion"] = suggestions.suggest(
        page=page,
        release=release,
        lesson_id="",
        kind="unclear",
        text="Say what a referral is.",
        by=world.member,
        key=uuid4(),
    )


ROWS = [
    Row("training/", "/training/"),
    Row("training/evaluations/", "/training/evaluations/", may=READERS),
    Row(
        "training/evaluations/<slug:slug>/",
        "/training/evaluations/mx3/",
        may=READERS,
    ),
    Row("training/suggestions/", "/training/suggestions/"),
    Row(
        "training/suggestions/<int:pk>/",
        lambda world: f"/training/suggestions/{world.things['suggestion'].pk}/",
        may=frozenset({MEMBER, AUTHOR, REVIEWER, MANAGER, DEPUTY}),
    ),
    Row("training/<slug:slug>/suggest/", "/training/mx4/suggest/"),
    Row("training/pathways/<slug:slug>/", "/training/pathways/matrix-pathway/"),
    Row("training/outcomes/", "/training/outcomes/", may=MAKERS),
    Row("training/outcomes/<slug:slug>/", "/training/outcomes/mx1/", may=MAKERS),
    Row("training/glossary/", "/training/glossary/"),
    Row(
        "training/videos/<int:pk>/<str:name>",
        lambda world: world.things["video"].captions.url,
        signed_out="missing",
    ),
    Row(
        "training/corrections/",
        "/training/corrections/",
        may=frozenset({MANAGER, DEPUTY, REVIEWER}),
    ),
    Row(
        "training/corrections/new/<int:pk>/",
        lambda world: f"/training/corrections/new/{world.things['correction'].release.page_id}/",
        may=frozenset({MANAGER, DEPUTY}),
    ),
    Row(
        "training/corrections/<int:pk>/",
        lambda world: f"/training/corrections/{world.things['correction'].pk}/",
        may=frozenset({REVIEWER}),
        ok=302,
        method="post",
    ),
]
