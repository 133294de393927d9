"""Mail: what one chooses, the link that stops a class, and for the manager the log and what came
back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from portal.core import events, mail_registry
from portal.people import policies
from portal.people.mailing import choices, log, suppressions, unsubscribing
from portal.people.mailing.forms import ChoicesForm, ResumeForm
from portal.people.models import MailSuppression, User
from portal.people.sections import members, only

for_managers = only(policies.can_see_mail)
PER_PAGE = 50


@members
def own_mail(request: HttpRequest) -> HttpResponse:
    """Choose for each class of mail: at once, once a day, or not at all."""
    user: User = request.user  # type: ignore[assignment]
    form = ChoicesForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        changed = choices.change(user, form.cleaned_data, by=user)
        messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
        return redirect("own_mail")
    context = {
        "form": form,
        "required": [c for c in mail_registry.classes() if c.is_required],
        "returned": suppressions.standing(user),
    }
    return render(request, "people/own_mail.html", context)


@csrf_exempt  # a mail service posts here without a cookie (RFC 8058); the link is signed
@require_http_methods(["GET", "HEAD", "POST"])
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the classes of a mail. Opening the link changes nothing: mail scanners open links."""
    try:
        user, classes = unsubscribing.find(token)
    except unsubscribing.LinkClosed:
        return render(request, "people/mail_off_closed.html", status=410)
    is_done = request.method == "POST"
    if is_done:
        choices.stop(user, [each.key for each in classes])
    context = {"classes": classes, "is_done": is_done}
    return render(request, "people/mail_off.html", context)


@for_managers
def mail_log(request: HttpRequest) -> HttpResponse:
    """Who got which kind of mail when, and what became of it. Looking is an event as well."""
    form = log.LogForm(request.GET or None)
    page = Paginator(log.search(form), PER_PAGE).get_page(request.GET.get("page"))
    events.record("mail.log_viewed", actor=request.user)
    context = {"form": form, "page_obj": page, "lines": log.lines(page.object_list)}
    return render(request, "people/mail_log.html", context)


@for_managers
def returned(request: HttpRequest) -> HttpResponse:
    """Addresses from which mail comes back, and those that take it again."""
    rows = MailSuppression.objects.visible_to(request.user).select_related("user", "lifted_by")
    page = Paginator(rows.order_by("lifted_at", "-since", "-pk"), PER_PAGE)
    page_obj = page.get_page(request.GET.get("page"))
    lines = [(row, suppressions.mark(row.user.email) != row.mark) for row in page_obj.object_list]
    return render(request, "people/mail_returned.html", {"lines": lines, "page_obj": page_obj})


@for_managers
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let mail go to an address again."""
    row = get_object_or_404(MailSuppression.objects.visible_to(request.user), pk=pk)
    form = ResumeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether to try again, or that the address was corrected."))
        return redirect("mail_returned")
    try:
        suppressions.lift(row, how=form.cleaned_data["how"], by=request.user)  # type: ignore[arg-type]
    except suppressions.NotStanding:
        messages.info(request, _("That was done already."))
    else:
        messages.success(request, _("Mail goes to this person again."))
    return redirect("mail_returned")
