"""What a reader does with a page: mark it, and say whether it was useful."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.people.models import User
from portal.people.sections import members, only
from resources import bookmarks as marks
from resources import policies, usefulness
from resources.models import ResourcePage
from resources.page_forms import UsefulnessForm

PAGE_SIZE = 25


class SignedIn(HttpRequest):
    """A request behind sign-in: its user is a person."""

    user: User


def find(user: User, slug: str) -> ResourcePage:
    """Return a page that the person may read, or 404."""
    page: ResourcePage = get_object_or_404(ResourcePage.objects.visible_to(user), slug=slug)
    return page


@members
@require_safe
def bookmarks(request: SignedIn) -> HttpResponse:
    """The own bookmarks."""
    paginator = Paginator(marks.pages(request.user), PAGE_SIZE)
    context = {"page_obj": paginator.get_page(request.GET.get("page"))}
    return render(request, "resources/bookmarks.html", context)


@members
@require_POST
def bookmark(request: SignedIn, slug: str) -> HttpResponse:
    """Mark a page, or with `remove` take the mark off; back to where the button stood."""
    page = find(request.user, slug)
    if "remove" in request.POST:
        marks.remove(page=page, by=request.user)
        messages.success(request, _("The bookmark is removed."))
    else:
        marks.add(page=page, by=request.user)
        messages.success(request, _("Bookmarked. You find it under Resources, Bookmarks."))
    return redirect("bookmarks") if request.POST.get("remove") == "list" else redirect(page.url)


@members
def useful(request: SignedIn, slug: str) -> HttpResponse:
    """Whether the page was useful; sent twice, the second is thanked as well."""
    page = find(request.user, slug)
    is_done = usefulness.is_done(page, request.user)
    form = UsefulnessForm(request.POST or None)
    if request.method == "POST" and (is_done or form.is_valid()):
        if not is_done:
            usefulness.give(page=page, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Your answer is in."))
        return redirect(page.url)
    context = {"page": page, "form": form, "is_done": is_done}
    return render(request, "resources/useful.html", context)


@only(policies.can_see_usefulness)
@require_safe
def usefulness_overview(request: SignedIn) -> HttpResponse:
    """The pages whose answers the person sees, with how many said yes."""
    paginator = Paginator(usefulness.pages_for(request.user), PAGE_SIZE)
    page_obj = paginator.get_page(request.GET.get("page"))
    counts = usefulness.counts(request.user, [page.pk for page in page_obj])
    rows = [(page, counts.get(page.pk)) for page in page_obj]
    return render(request, "resources/usefulness.html", {"rows": rows, "page_obj": page_obj})


@only(policies.can_see_usefulness)
@require_safe
def usefulness_results(request: SignedIn, pk: int) -> HttpResponse:
    page = get_object_or_404(usefulness.pages_for(request.user), pk=pk)
    context = {"page": page, "results": usefulness.results(request.user, page)}
    return render(request, "resources/usefulness_results.html", context)
