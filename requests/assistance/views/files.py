"""Files on a request: attach, fetch, remove."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from assistance import attachments, policies
from assistance.forms.files import AttachForm
from assistance.lifecycle import NotAllowed, Part, Work
from assistance.models import Attachment, Ticket
from assistance.sections import SignedIn, readers
from assistance.views.detail import do, find, posted
from portal.core import events, files
from portal.core.redaction import showing


@readers
@posted
def attach(request: SignedIn, number: str) -> HttpResponse:
    def change(ticket: Ticket, form: AttachForm) -> None:
        assert form.upload is not None  # noqa: S101  # the field is required
        attachments.add(
            ticket,
            form.upload,
            by=request.user,
            key=form.cleaned_data["key"],
            is_internal=form.is_internal,
            version=form.cleaned_data["version"],
        )

    return do(request, number, Work.ATTACH, change, _("The file is attached."))


@readers
def fetch(request: SignedIn, number: str, pk: int) -> HttpResponseBase:
    """Give a file out to be saved, never opened in our name."""
    row = _find(request, number, pk)
    if not row.may_be_had or row.pk in showing.hidden_in(Attachment):
        raise Http404
    ticket = row.ticket
    events.record(
        "request.file_fetched",
        actor=request.user,
        subject=ticket,
        center_id=ticket.center_id,
        file=row.pk,
    )
    response = files.send(request, str(row.file.name), filename=row.name)
    response["Content-Security-Policy"] = "sandbox"
    response["Cache-Control"] = "no-store"
    return response


@readers
@posted
def remove(request: SignedIn, number: str, pk: int) -> HttpResponse:
    row = _find(request, number, pk)
    held = policies.parts(request.user, row.ticket)
    if not held or not (row.uploaded_by_id == request.user.pk or Part.MANAGER in held):
        raise Http404
    try:
        attachments.remove(row, by=request.user)
        messages.success(request, _("The file is removed."))
    except NotAllowed:
        messages.error(request, _("This is not possible as the request stands now."))
    return redirect(row.ticket)


def _find(request: SignedIn, number: str, pk: int) -> Attachment:
    ticket = find(request, number)
    seen = Attachment.objects.visible_to(request.user).filter(ticket=ticket)
    return get_object_or_404(seen.select_related("ticket"), pk=pk)
