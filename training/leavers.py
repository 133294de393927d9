"""What happens to a leaver's training: sessions and modules go to others, the name may go."""

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core import events, outbox
from portal.core.models import Effect
from portal.people import anonymising, leaving, roles
from portal.people.models import User
from training import certificates, policies
from training.models import Certificate, LiveSession, ModulePage

NAME_GONE = "(name removed)"


def _coming(user: User) -> QuerySet[LiveSession]:
    return LiveSession.objects.filter(trainer=user).upcoming().standing()


def _may_take(taker: User, leaver: User) -> bool:
    return policies.can_make_sessions(taker)


def _hand_over(leaver: User, taker: User, by: User) -> None:
    for session in _coming(leaver):
        LiveSession.objects.filter(pk=session.pk).update(trainer=taker)
        session.registrations.open().of(taker).delete()
        events.record(
            "training.session_handed_over",
            actor=by,
            subject=session,
            center_id=session.center_id,
            trainer=taker.pk,
        )


def _owned(user: User) -> QuerySet[ModulePage]:
    """Modules of a person; with them go the suggested edits that wait for an answer."""
    owned: QuerySet[ModulePage] = ModulePage.objects.filter(owner=user)
    return owned


def _may_own(taker: User, leaver: User) -> bool:
    return roles.may_open_cms(taker)


def _hand_over_modules(leaver: User, taker: User, by: User) -> None:
    for page in list(_owned(leaver)):
        ModulePage.objects.filter(pk=page.pk).update(owner=taker)
        events.record("training.module_handed_over", actor=by, subject=page, owner=taker.pk)


leaving.register(
    leaving.Work(
        _("Coming live sessions"), lambda user: _coming(user).count(), _may_take, _hand_over
    )
)
leaving.register(
    leaving.Work(
        _("Modules owned, with the edits suggested for them"),
        lambda user: _owned(user).count(),
        _may_own,
        _hand_over_modules,
    )
)


@anonymising.also
def wipe_certificates(person_ids: list[int]) -> None:
    """A certificate stays genuine without the name; its paper is set anew by the worker."""
    for row in Certificate.objects.filter(completion__person__in=person_ids):
        row.content = {**row.content, "name": NAME_GONE, "title": ""}
        row.pdf_sha256 = ""
        row.save(update_fields=["content", "pdf_sha256"])
        default_storage.delete(row.file_name)
        outbox.add("training.paper", str(row.pk), payload={"certificate": row.pk})


@outbox.handler("training.paper")
def set_anew(effect: Effect) -> None:
    row = Certificate.objects.get(pk=effect.payload["certificate"])
    certificates.with_pdf(row)
