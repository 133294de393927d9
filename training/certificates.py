"""Certificates: what was promised, frozen on the day, and its PDF."""

import hashlib
import secrets
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

import segno
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from portal.core import events, outbox
from portal.core.models import Effect
from portal.people import aliases
from portal.people.models import User
from training import paper, releases, topics
from training.models import Certificate, Completion
from training.outline import Outline


@outbox.handler("training.certificate")
def make(effect: Effect) -> None:
    """Issue the certificate of one completion, unless the completion was annulled since."""
    completion = Completion.objects.standing().filter(pk=effect.payload["completion"]).first()
    if completion is not None:
        issue(completion)


def issue(completion: Completion, *, at: datetime | None = None) -> Certificate:
    """Return the certificate of a completion, made now if it is not there yet.

    Harmless when repeated: one row per completion, and the PDF is made once. The typesetting
    stands outside the transaction.
    """
    with transaction.atomic():
        # The same lock as an annulment's, so that neither passes the other by.
        Completion.objects.standing().select_for_update(of=("self",)).get(pk=completion.pk)
        certificate, made = Certificate.objects.get_or_create(
            completion=completion,
            supersedes=None,
            defaults=_fields(completion, at or timezone.now()),
        )
        if made:
            events.record("training.certified", actor=None, subject=certificate, at=at)
    return with_pdf(certificate)


def reissue(certificate: Certificate, *, by: User) -> Certificate:
    """Make a new certificate in place of one, with the name of today. The old code says so.

    A certificate that was superseded already gives the one that took its place.
    Completion.DoesNotExist when it was annulled meanwhile.
    """
    with transaction.atomic():
        # The same lock as an annulment's: nothing new is made of what no longer counts.
        Completion.objects.standing().select_for_update(of=("self",)).get(
            pk=certificate.completion_id
        )
        old = Certificate.objects.select_for_update().get(pk=certificate.pk)
        new, made = Certificate.objects.get_or_create(
            supersedes=old,
            defaults={
                "completion": old.completion,
                **_fields(old.completion, timezone.now()),
            },
        )
        if made:
            events.record("training.recertified", actor=by, subject=new)
    return with_pdf(new)


def is_out_of_date(certificate: Certificate) -> bool:
    """Say whether the name or title of today would stand on a new one."""
    if certificate.revoked_at is not None or certificate.is_superseded:
        return False
    today = content_of(certificate.completion)
    return any(today[key] != certificate.content.get(key) for key in ("name", "title"))


def pdf(certificate: Certificate) -> bytes:
    """Return the stored PDF, made anew from the frozen content where the file is gone."""
    if certificate.is_ready and default_storage.exists(certificate.file_name):
        with default_storage.open(certificate.file_name) as file:
            content: bytes = file.read()
        return content
    content, _standard = paper.render("certificate", _inputs(certificate))
    return content


def verify_url(certificate: Certificate) -> str:
    """Return the full public address at which the certificate can be checked."""
    return f"{settings.BASE_URL}/verify/{certificate.code}/"


def qr_svg(certificate: Certificate, *, scale: int = 4) -> str:
    """Return the verification address as a QR code."""
    code = segno.make(verify_url(certificate), error="m", micro=False)
    return str(code.svg_inline(scale=scale, border=2))


def qr_data_uri(certificate: Certificate) -> str:
    code = segno.make(verify_url(certificate), error="m", micro=False)
    return str(code.svg_data_uri(scale=4, border=2))


def contact_hours(minutes: int) -> str:
    """Return clock minutes as hours of 60 minutes, cut (never rounded up) to two places."""
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_DOWN)
    return f"{hours.normalize():f}"


def _fields(completion: Completion, at: datetime) -> dict[str, Any]:
    content = content_of(completion)
    return {"code": secrets.token_hex(16), "content": content, "issued_at": at}


def content_of(completion: Completion) -> dict[str, Any]:
    """Return all that the paper says, as plain values; later changes elsewhere do not reach it."""
    person = aliases.resolve(completion.person)
    return {
        "name": person.name,
        "title": person.title,
        "discipline": completion.discipline.name if completion.discipline else "",
        "minutes": completion.minutes,
        "contact_hours": contact_hours(completion.minutes),
        "hour_scheme": 60,
        "provider": settings.PORTAL_PROVIDER,
        "completed_on": timezone.localdate(completion.completed_at).isoformat(),
        **(_of_session(completion) if completion.release is None else _of_release(completion)),
    }


def _of_release(completion: Completion) -> dict[str, Any]:
    release = completion.release
    assert release is not None  # noqa: S101  asked by the caller
    outline = Outline.from_json(release.outline)
    return {
        "module_code": release.code,
        "module_title": release.title,
        "version": f"{release.number}.{release.edition}",
        "objectives": list(outline.objectives),
        "topics": list(outline.topics),
        "assessment": bool(outline.quiz),
        "pass_mark": outline.pass_mark,
        "is_draft": releases.review_state(release) == "draft",
    }


def _of_session(completion: Completion) -> dict[str, Any]:
    """A session has no code and no versions; how it was held and who led it stand there instead."""
    assert completion.attendance is not None  # noqa: S101  training elsewhere has its own paper
    session = completion.attendance.session
    return {
        "module_code": "",
        "module_title": session.title,
        "version": "",
        "objectives": session.objectives.splitlines(),
        "topics": [topics.label(topic) for topic in session.topics],
        "assessment": False,
        "pass_mark": 0,
        "is_draft": False,
        "live": {"mode": str(session.get_mode_display()), "trainer": session.trainer.name},
    }


def with_pdf(certificate: Certificate) -> Certificate:
    """Make and store the PDF where it is not made yet; the hash is written last.

    Of two workers the second finds it made. One that set what was changed meanwhile (a name that
    had to go) stores nothing of it, and sets what stands there now.
    """
    if certificate.is_ready:
        return certificate
    content, standard = paper.render("certificate", _inputs(certificate))
    with transaction.atomic():
        row = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if row.is_ready:
            return row
        if row.content == certificate.content:
            _store(row, content, standard)
            return row
    return with_pdf(row)


def _store(certificate: Certificate, content: bytes, standard: str) -> None:
    default_storage.delete(certificate.file_name)
    default_storage.save(certificate.file_name, ContentFile(content))
    certificate.pdf_sha256 = hashlib.sha256(content).hexdigest()
    certificate.pdf_standard = standard
    certificate.save(update_fields=["pdf_sha256", "pdf_standard"])


def _inputs(certificate: Certificate) -> dict[str, Any]:
    return {
        **certificate.content,
        "code": certificate.code,
        "verify_url": verify_url(certificate),
        "qr": qr_svg(certificate),
    }
