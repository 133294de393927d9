"""What is missing or odd in training: sessions, talks, completions, evaluations."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.quality import Example, Severity, check
from portal.people.models import Membership, User
from training.evaluations import BATCH
from training.models import (
    Attendance,
    Completion,
    EvaluationDone,
    LiveSession,
    ModulePage,
    OutreachTalk,
)

SETTLED_WITHIN = timedelta(days=7)
LOOKS_BACK = timedelta(days=365)  # further back nobody remembers who came, or what it was like
ANSWERED_WITHIN = timedelta(days=14)


def _held(user: Any) -> QuerySet[LiveSession]:
    """Return the sessions that are over and were not cancelled, the latest first."""
    return LiveSession.objects.visible_to(user).past().standing()


def _there() -> QuerySet[Attendance]:
    return Attendance.objects.current().filter(session=OuterRef("pk"), minutes__gt=0)


def _session(session: LiveSession, path: str) -> Example:
    return Example(session.title, path, date_format(timezone.localtime(session.starts_at)))


def _people_of(session: LiveSession) -> Example:
    return _session(session, reverse("session_people", args=[session.pk]))


def _credit_of(session: LiveSession) -> Example:
    return _session(session, reverse("session_credit", args=[session.pk]))


@check(
    "sessions-unsettled",
    name=_("Sessions held, not yet made credit after seven days"),
    why=_("Nobody who came has a completion or a certificate: hours and people trained lack them."),
    mend=_("Record who came, then make it credit"),
    severity=Severity.FIGURE,
    show=_people_of,
)
def unsettled(user: Any) -> QuerySet[LiveSession]:
    late = LiveSession.objects.past(timezone.now() - SETTLED_WITHIN)
    return _held(user).filter(settled_at__isnull=True, pk__in=late.order_by().values("pk"))


@check(
    "sessions-empty",
    name=_("Sessions made credit, with nobody there"),
    why=_("They count as sessions held, and add nobody to the people and hours trained."),
    mend=_("Add who came"),
    severity=Severity.FIGURE,
    show=_people_of,
)
def empty(user: Any) -> QuerySet[LiveSession]:
    since = timezone.now() - LOOKS_BACK
    return _held(user).filter(~Exists(_there()), settled_at__isnull=False, settled_at__gte=since)


@check(
    "sessions-funding",
    name=_("Sessions held without a funding tag"),
    why=_("Their people and hours are missing from every report for one funder."),
    mend=_("Say who paid"),
    severity=Severity.CUT,
    show=_credit_of,
)
def sessions_without_funding(user: Any) -> QuerySet[LiveSession]:
    return _held(user).filter(funding="")


def _talk(talk: OutreachTalk) -> Example:
    where = talk.center.name if talk.center else _now("Statewide")
    day = date_format(talk.happened_on)
    label = _now("Talk of %(day)s, %(where)s") % {"day": day, "where": where}
    return Example(label, reverse("talk_correct", args=[talk.pk]))


def _talks(user: Any) -> QuerySet[OutreachTalk]:
    return OutreachTalk.objects.visible_to(user).standing().select_related("center")


@check(
    "talks-heads",
    name=_("Talks without a head-count"),
    why=_("They count as talks, and add nobody to the people reached and the person-hours."),
    mend=_("Correct it: say how many were there"),
    severity=Severity.FIGURE,
    show=_talk,
)
def talks_without_heads(user: Any) -> QuerySet[OutreachTalk]:
    return _talks(user).filter(counts__isnull=True)


@check(
    "talks-funding",
    name=_("Talks without a funding tag"),
    why=_("The people they reached are missing from every report for one funder."),
    mend=_("Correct it: say who paid"),
    severity=Severity.CUT,
    show=_talk,
)
def talks_without_funding(user: Any) -> QuerySet[OutreachTalk]:
    return _talks(user).filter(funding="")


def _completion(row: Any) -> Example:
    lacks = [] if row.in_discipline else [_now("discipline")]
    lacks += [] if row.at_center else [_now("center")]
    page = "person" if row.in_discipline or not row.is_unknown else "person_change"
    words = {"day": date_format(timezone.localtime(row.completed_at)), "lacks": ", ".join(lacks)}
    return Example(
        row.title,
        reverse(page, args=[row.counted_person]),
        _now("%(day)s, without: %(lacks)s") % words,
    )


@check(
    "completions-cut",
    name=_("Completions of people whose discipline or team is not known"),
    why=_(
        "They stand under “Not recorded” in completions by discipline and by center. A completion "
        "is never rewritten: mend the person, so that the next ones are complete."
    ),
    mend=_("Mend the person"),
    severity=Severity.CUT,
    show=_completion,
)
def completions_without_cut(user: Any) -> QuerySet[Completion]:
    """Keep those whose person is still not known today; the person may have left."""
    people = User.objects.filter(
        pk=OuterRef("counted_person"), anonymised_on__isnull=True, is_superuser=False
    )
    on_team = Membership.objects.active().filter(user=OuterRef("pk"))
    unknown = people.filter(discipline__isnull=True)
    nowhere = people.filter(~Exists(on_team), is_statewide=False, is_active=True)
    lacking = Completion.objects.standing().filter(
        Q(discipline__isnull=True) | Q(center__isnull=True)
    )
    rows = lacking.with_title().with_counted_person().exclude(person=user)
    rows = rows.annotate(
        in_discipline=F("discipline_id"), at_center=F("center_id"), is_unknown=Exists(unknown)
    )
    return rows.filter(
        Q(is_unknown=True, discipline__isnull=True) | Q(Exists(nowhere), center__isnull=True)
    ).order_by("-completed_at", "-pk")


@check(
    "sessions-evaluation",
    name=_("Sessions that nobody evaluated"),
    why=_(
        "Five people or more were there and two weeks have gone: what learners say of training "
        "lacks them."
    ),
    mend=_("See who came, and ask them"),
    severity=Severity.CUT,
    show=_people_of,
)
def sessions_not_evaluated(user: Any) -> QuerySet[LiveSession]:
    """With fewer than five there, to say that nobody did would say who did not (ADR 12)."""
    now = timezone.now()
    said = EvaluationDone.objects.filter(session=OuterRef("pk"))
    found = _there().order_by().values("session").annotate(n=Count("pk")).values("n")
    settled = _held(user).filter(
        settled_at__gte=now - LOOKS_BACK, settled_at__lt=now - ANSWERED_WITHIN
    )
    return settled.alias(came=Coalesce(Subquery(found), 0)).filter(~Exists(said), came__gte=BATCH)


def _module(page: ModulePage) -> Example:
    return Example(f"{page.code}: {page.title}", reverse("evaluation_results", args=[page.slug]))


@check(
    "modules-evaluation",
    name=_("Modules that nobody evaluated"),
    why=_(
        "Five people or more completed it and two weeks have gone: what learners say of training "
        "lacks it."
    ),
    mend=_("Look at its evaluations, and ask the teams"),
    severity=Severity.CUT,
    show=_module,
)
def modules_not_evaluated(user: Any) -> QuerySet[ModulePage]:
    now = timezone.now()
    said = EvaluationDone.objects.filter(enrolment__module=OuterRef("pk"))
    done = Completion.objects.standing().filter(
        module=OuterRef("pk"),
        completed_at__gte=now - LOOKS_BACK,
        completed_at__lt=now - ANSWERED_WITHIN,
    )
    found = done.order_by().values("module").annotate(n=Count("pk")).values("n")
    pages = ModulePage.objects.visible_to(user).alias(done=Coalesce(Subquery(found), 0))
    kept: QuerySet[ModulePage] = pages.filter(~Exists(said), done__gte=BATCH).order_by("code")
    return kept.defer("lessons", "quiz")
