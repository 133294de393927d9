"""What changed in a module since the person completed it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from training import updates
from training.views import SignedIn
from training.views.learning import find_path


class ReadForm(forms.Form):
    """Through which release number the person has read."""

    through = forms.IntegerField()


@login_required
def changes(request: SignedIn, slug: str) -> HttpResponse:
    """The updates with the texts that they are about; POST says that they were read."""
    page = find_path(request.user, slug).page
    try:
        if request.method == "POST":
            form = ReadForm(request.POST)
            if not form.is_valid():
                raise Http404
            updates.mark_read(request.user, page, through=form.cleaned_data["through"])
            messages.success(request, _("Noted. Your completion and certificate stay as they are."))
            return redirect("module_changes", slug)
        found = updates.since_completion(request.user, page)
    except updates.NotForThem as error:
        raise Http404 from error
    return render(request, "training/changes.html", {"changes": found, "page": page})
