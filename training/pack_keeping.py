"""How long the files of packs are kept, and what takes them away before."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import making, nightly
from portal.core.redaction import registry
from portal.people import anonymising, retention
from portal.people.models import Membership
from training import packs
from training.models import (
    AccreditationPack,
    Certificate,
    LiveSession,
    ModuleRelease,
    OutsideTraining,
)
from training.models.pack import PackQuerySet

State = AccreditationPack.State


def _over() -> PackQuerySet:
    return AccreditationPack.objects.filter(state=State.READY, kept_until__lt=timezone.localdate())


retention.register(
    retention.Rule(
        "accreditation_packs",
        _("Files of accreditation packs"),
        _("30 days after they were made; that they were made, and their sums, stay"),
        _over,
        packs.remove,
    )
)


@anonymising.also
def forget_packs_with(person_ids: list[int]) -> None:
    """A pack that may hold the name goes; it can be made anew without it."""
    centers = Membership.objects.filter(user__in=person_ids).values("center")
    making.forget(AccreditationPack.objects.filter(center__in=centers))


def _forget_all(row: Any) -> None:
    """Words of a title were hidden or went. Which pack holds them is not known, and made anew a
    pack costs seconds.
    """
    making.forget(AccreditationPack.objects.all())


for model in (ModuleRelease, LiveSession, Certificate, OutsideTraining):
    registry.after(model, _forget_all)


@nightly.job
def sweep() -> int:
    """Delete files that no pack knows: a worker that died left them."""
    return making.sweep(AccreditationPack)
