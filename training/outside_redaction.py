"""Redaction of outside training: its texts, and its paper, which goes with its name."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.models import Redaction
from portal.core.redaction import asking, registry, shapes, showing
from portal.core.redaction.registry import Root
from portal.core.redaction.removing import Place
from portal.core.redaction.words import MARK
from portal.people import redactions
from portal.people.models import User
from training import outside_papers, policies
from training.models import OutsideTraining


@transaction.atomic
def ask(row: OutsideTraining, *, by: User, **asked: Any) -> Redaction:
    """Hide words of it, or its paper, and ask to remove them. NotFound, also where it is unseen."""
    if not policies.can_see_outside(by, row):
        raise asking.NotFound
    made = asking.ask(row, by=by, **asked)
    redactions.tell_deciders(made)
    return made


def texts_of(row: OutsideTraining) -> list[tuple[Place, Any, str]]:
    named = [
        ("title", _("The title")),
        ("provider", _("Who gave it")),
        ("name", _("The paper, with all that stands in it")),
    ]
    return [
        ((*registry.key_of(row), field), label, text)
        for field, label in named
        if (text := showing.words(row, field))
    ]


def _take_the_paper(row: OutsideTraining) -> None:
    """Where words of its name are removed, the paper goes with them."""
    there = OutsideTraining.objects.exclude(file="").filter(pk=row.pk).first()
    if there is not None and MARK in there.name:
        outside_papers.purge([there])


def _locked(pk: str) -> Model | None:
    return OutsideTraining.objects.select_for_update().filter(pk=pk).first()


registry.texts(
    OutsideTraining,
    gettext_lazy("training elsewhere"),
    dict.fromkeys(("title", "provider", "name"), shapes.plain),
    is_read=True,
)
registry.after(OutsideTraining, _take_the_paper)
registry.root(
    OutsideTraining,
    Root(
        lock=_locked,
        name=lambda row: _("Outside training %(n)s") % {"n": row.pk},
        url=lambda row: row.get_absolute_url(),
        people=lambda row: [row.person_id],
    ),
)
