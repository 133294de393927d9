"""What lessons lead to: the files of a video, and the words of the field."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from portal.core import files
from training import policies
from training.models import GlossaryTerm, Video


def video(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """One file of a video, by ranges; the name in the address must be one of its own."""
    item = get_object_or_404(Video, pk=pk)
    wanted = next((file for file in item.files() if file.address_name == name), None)
    if wanted is None or not policies.can_play(request.user, item):
        raise Http404
    return files.send(request, str(wanted.name), filename=name)


@login_required
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word from A to Z."""
    terms = sorted(GlossaryTerm.objects.visible_to(request.user), key=_place)
    letters = [(letter, list(group)) for letter, group in groupby(terms, lambda t: t.initial)]
    return render(request, "training/glossary.html", {"letters": letters})


def _place(term: GlossaryTerm) -> tuple[str, str]:
    return term.initial, term.term.casefold()
