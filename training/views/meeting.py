"""Reading who was there from the report of an online meeting: shown first, written then."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from training import meeting_import, meeting_times
from training.views import SignedIn
from training.views.attendance import begun

LARGEST = 1024 * 1024  # bytes


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: SignedIn, pk: int) -> HttpResponse:
    """Choose a file, say who is who, look at what it would do, then do it. It is kept nowhere."""
    session = begun(request, pk)
    context: dict[str, Any] = {"session": session, "people": meeting_import.listed(session)}
    try:
        text = _posted(request)
        choices = _choices(request)
        if text and request.POST.get("act") == "write":
            report = meeting_import.write(text, session, choices=choices, by=request.user)
            context |= {"report": report, "is_done": True}
        elif text:
            context |= {"report": meeting_import.read(text, session, choices=choices), "text": text}
    except meeting_times.Unreadable as error:
        context["fault"] = str(error)
    status = 422 if "fault" in context else 200
    return render(request, "training/sessions/meeting.html", context, status=status)


def _choices(request: SignedIn) -> dict[str, list[str]]:
    """Return what was chosen for each group: its key stands beside its number in the form."""
    found = {}
    for name, key in request.POST.items():
        if name.startswith("group-"):
            found[str(key)] = request.POST.getlist(f"who-{name.removeprefix('group-')}")
    return found


def _posted(request: SignedIn) -> str:
    if request.method != "POST":
        return ""
    if file := request.FILES.get("file"):
        if (file.size or 0) > LARGEST:
            raise meeting_times.Unreadable(_("The file is larger than 1 MB."))
        return meeting_times.decode(file.read())
    text = request.POST.get("text", "")
    if not text:
        raise meeting_times.Unreadable(_("Choose a file first."))
    return text
