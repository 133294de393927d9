"""What a person can prove: certificates and the transcript."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.core.tables import csv_response
from portal.people import aliases
from portal.people.sections import only
from training import certificates, completions, paper, policies, transcript, updates
from training.models import Certificate, Completion, CompletionAnnulment, OutsideTraining
from training.models.certificate import CertificateQuerySet
from training.views import SignedIn


@login_required
def certificate(request: SignedIn, code: str) -> HttpResponse:
    row = _own(request, code)
    context = {
        **_shown(row),
        "may_reissue": policies.can_reissue(request.user, row),
        "is_out_of_date": certificates.is_out_of_date(row),
        "may_annul": policies.can_annul(request.user) and row.revoked_at is None,
    }
    return render(request, "training/certificate.html", context)


@login_required
@require_POST
def certificate_again(request: SignedIn, code: str) -> HttpResponse:
    """A new certificate with the name of today; the old code says that one took its place."""
    row = _own(request, code)
    if not policies.can_reissue(request.user, row):
        raise Http404
    if not certificates.is_out_of_date(row):
        return redirect("certificate", row.code)
    try:
        new = certificates.reissue(row, by=request.user)
    except Completion.DoesNotExist:
        return redirect("certificate", row.code)
    messages.success(request, _("A new certificate is made. The old code leads to this one."))
    return redirect("certificate", new.code)


class AnnulForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it does not count"),
        choices=CompletionAnnulment.Reason.choices,
        widget=forms.RadioSelect,
    )


@only(policies.can_annul)
def certificate_annul(request: SignedIn, code: str) -> HttpResponse:
    """Say that a completion does not count; its row stays, its certificates are revoked."""
    row = _own(request, code)
    form = AnnulForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        completions.annul(completion=row.completion, reason=reason, by=request.user)
        messages.success(request, _("The completion no longer counts. Its row stays on record."))
        return redirect("certificate", row.code)
    return render(request, "training/annul.html", {**_shown(row), "form": form})


@login_required
def certificate_pdf(request: SignedIn, code: str) -> HttpResponse:
    row = _own(request, code)
    return _pdf(certificates.pdf(row), f"certificate-{row.content['module_code']}.pdf")


def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a certificate is genuine, to anybody; shows what the paper shows, no more."""
    row = _complete().filter(code=code).first()
    if row is None:
        response = render(request, "training/verify_unknown.html", status=404)
    else:
        response = render(request, "training/verify.html", _shown(row))
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@login_required
@aliases.remembered()
def my_transcript(request: SignedIn) -> HttpResponse:
    record = transcript.of(request.user, with_credit=True)
    waiting = OutsideTraining.objects.of(request.user).waiting().count()
    context = {"record": record, "updates": updates.unread(request.user), "waiting": waiting}
    return render(request, "training/transcript.html", context)


@login_required
def my_transcript_csv(request: SignedIn) -> HttpResponse:
    header = [
        _("Date"),
        _("Module"),
        _("Title"),
        _("Version"),
        _("Clock minutes"),
        _("Contact hours (60 minutes)"),
        _("Certificate"),
        _("Credit"),
        _("Note"),
    ]
    rows = [
        [
            line.day,
            line.completion.code,
            line.completion.title,
            line.version,
            line.minutes,
            line.hours,
            line.certificate.code if line.certificate else "",
            "; ".join(transcript.said_of(entry) for entry in line.awarded),
            _note(line),
        ]
        for line in transcript.of(request.user, with_credit=True).lines
    ]
    return csv_response("transcript.csv", header, rows)


@login_required
def my_transcript_pdf(request: SignedIn) -> HttpResponse:
    record = transcript.of(request.user, with_credit=True)
    data = transcript.as_data(record, timezone.localdate())
    return _pdf(paper.render("transcript", data)[0], "transcript.pdf")


def _note(line: transcript.Line) -> str:
    if line.is_repeat:
        return _("Counted once")
    return _("Outside training: %(who)s") % {"who": line.provider} if line.provider else ""


def _own(request: SignedIn, code: str) -> Certificate:
    return get_object_or_404(_complete().visible_to(request.user), code=code)


def _complete() -> CertificateQuerySet:
    return Certificate.objects.select_related("superseded_by", "completion__annulment")


def _shown(row: Certificate) -> dict[str, object]:
    return {
        "certificate": row,
        "content": row.content,
        "qr": certificates.qr_data_uri(row),
        "verify_url": certificates.verify_url(row),
    }


def _pdf(content: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
