"""Redactions: what waits for a second person, what was decided, and asking for one of a page."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core import events
from portal.core.models import Redaction
from portal.core.redaction import asking, registry
from portal.core.redaction.asking import Mark
from portal.people import aliases, redactions, roles
from portal.people.models import User
from portal.people.redaction_forms import RedactForm
from portal.people.sections import only

PER_PAGE = 25
AROUND = 300  # characters shown before and after what is marked


class SignedIn(HttpRequest):
    user: User


for_deciders = only(redactions.may_enter)
for_managers = only(roles.is_manager)


@dataclass(frozen=True, slots=True)
class Line:
    """A redaction in words that hold nothing of it."""

    row: Redaction
    about: str
    url: str
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text that somebody decides about: pieces of it, and whether each would go."""

    label: Any
    pieces: list[tuple[str, bool]]


@for_deciders
def index(request: SignedIn) -> HttpResponse:
    """What waits first, then what was decided, and counts by kind."""
    seen = redactions.visible_to(request.user).select_related(
        "asked_by", "agreed_by", "declined_by"
    )
    decided = seen.exclude(agreed_at=None, declined_at=None)
    page = Paginator(decided, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": _lines(list(seen.open()), request.user),
        "page_obj": page,
        "decided": _lines(list(page.object_list), request.user),
        "counts": _counts(seen),
    }
    return render(request, "people/redactions.html", context)


def _counts(seen: Any) -> list[dict[str, Any]]:
    rows = seen.agreed().order_by().values("category")
    counted = rows.annotate(times=Count("pk"), removed=Sum("places")).order_by("-times", "category")
    return [{**row, "words": Redaction(category=row["category"]).category_words} for row in counted]


def _lines(rows: list[Redaction], user: User) -> list[Line]:
    """Put redactions into words, one query for each kind of thing."""
    ids: dict[str, list[str]] = {}
    for row in rows:
        ids.setdefault(row.subject_type, []).append(row.subject_id)
    subjects = {label: registry.rows_of(label, pks) for label, pks in ids.items()}
    people = aliases.counted({user.pk, *(row.asked_by_id for row in rows)})
    return [
        _line(
            row,
            subjects[row.subject_type].get(row.subject_id),
            may=row.is_open and people[row.asked_by_id] != people[user.pk],
        )
        for row in rows
    ]


def _line(row: Redaction, subject: Any, *, may: bool) -> Line:
    root = registry.root_of(row.subject_type)
    about = str(root.name(subject)) if subject is not None else _("Something that is gone")
    return Line(row, about, root.url(subject) if subject is not None else "", may)


@for_deciders
def decide(request: SignedIn, pk: int) -> HttpResponse:
    """What would go, marked; a second person agrees or declines. 404 for whoever asked."""
    row = get_object_or_404(
        redactions.visible_to(request.user).select_related("asked_by", "agreed_by", "declined_by"),
        pk=pk,
    )
    if not redactions.can_decide(request.user, row):
        raise Http404
    if request.method == "POST":
        return _decided(request, row)
    return _page(request, row)


def _decided(request: SignedIn, row: Redaction) -> HttpResponse:
    try:
        if request.POST.get("decision") == "agree":
            done = redactions.agree(row, by=request.user, seal=request.POST.get("seal", ""))
        elif request.POST.get("decision") == "decline":
            done = redactions.decline(row, by=request.user)
        else:
            return _page(request, row)
    except redactions.NotAllowed as error:
        raise Http404 from error
    except redactions.Held:
        return _page(request, row, status=409)
    except asking.Changed:
        words = _("The text is another by now. Look at it once more; nothing was removed.")
        return _page(request, row, status=409, fault=words)
    said = _("It is removed.") if done.agreed_at else _("It stays. The text is shown again.")
    messages.success(request, said)
    return redirect("redactions")


def _page(request: SignedIn, row: Redaction, *, status: int = 200, fault: str = "") -> HttpResponse:
    subject = redactions.subject_of(row)
    marks = asking.standing(row, subject) if row.is_open else []
    if row.is_open:
        events.record("redaction.viewed", actor=request.user, subject=row, center_id=row.center_id)
    context = {
        "line": _line(row, subject, may=row.is_open),
        "excerpts": [_excerpt(mark) for mark in marks],
        "seal": asking.seal_of(marks),
        "is_held": row.is_open and redactions.is_held(row),
        "fault": fault,
    }
    return render(request, "people/redaction.html", context, status=status)


def _excerpt(mark: Mark) -> Excerpt:
    known = registry.texts_of(mark.row)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(mark.spans):
        pieces += _between(mark.text[at:start], first=at == 0, last=False)
        pieces.append((mark.text[start:end], True))
        at = end
    pieces += _between(mark.text[at:], first=False, last=True)
    return Excerpt(known.label if known else "", [(t.replace("\0", "\n"), m) for t, m in pieces])


def _between(text: str, *, first: bool, last: bool) -> list[tuple[str, bool]]:
    """Return what stands between marks, the middle of a long text left out."""
    if len(text) <= 2 * AROUND:
        return [(text, False)]
    before = "" if first else text[:AROUND]
    after = "" if last else text[-AROUND:]
    return [(f"{before} … {after}", False)]


@for_managers
def of_page(request: SignedIn, pk: int) -> HttpResponse:
    """Ask to remove words from a page and all that is kept of it. It goes offline at once."""
    page = get_object_or_404(Page, pk=pk, depth__gt=2)
    form = RedactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                row = asking.ask(page.specific, by=request.user, **form.asked())
                redactions.tell_deciders(row)
        except asking.NotFound:
            form.add_error("words", _("These words stand nowhere in this page or its history"))
        else:
            messages.success(request, _("Asked. The page is offline until it is decided."))
            return redirect("redactions")
    context = {"form": form, "about": _("Page %(pk)s") % {"pk": page.pk}, "is_page": True}
    return render(request, "people/redact.html", context)
