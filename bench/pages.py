"""What is measured: each page with its floor, how many times the floor it may take, statements."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from itertools import cycle
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Count
from django.utils import timezone
from wagtail.models import Page as WagtailPage

from assistance import queues
from assistance.models import Ticket
from portal.home.populating.words import RARE
from portal.people.models import Center, Membership, User
from training import answers, enrolments, progress, quizzes, scoring
from training.models import Enrolment, ModulePage, TrainingIndexPage

AGENT = "Mozilla/5.0 (bench)"
BACKEND = "django.contrib.auth.backends.ModelBackend"
CSRF = "a" * 32
WRITES = 80  # ready-made learners, each one question away from the end of a module


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    session: str
    data: dict[str, Any] | None = None
    before: str = ""  # a page that the person had open just before; its time does not count


@dataclass(frozen=True, slots=True)
class Page:
    """`requests` yields one after another; `ratio` and `statements` are what is allowed."""

    name: str
    floor: str  # of bench/floor.py; empty: it is a floor itself
    ratio: float
    statements: int
    requests: Iterator[Request] = field(repr=False)
    may_grow: bool = False  # ranked search: left out of the growth from 1k to 100k
    is_bare: bool = False  # served by bench/floor.py
    writes: bool = False


def signed_in(user: User) -> str:
    """Return the key of a new session of a person."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["attest_by"] = int((timezone.now() + timedelta(days=100)).timestamp())
    session.save()
    return str(session.session_key)


def every(paths: list[str], session: str) -> Iterator[Request]:
    return cycle([Request(path, session) for path in paths])


def made(make: Callable[[], Request]) -> Iterator[Request]:
    while True:
        yield make()


def pages() -> list[Page]:
    """Return everything that is measured, the floors first. Writes what it needs to begin with."""
    demo = {key: User.objects.get(email=f"{key}@example.org") for key in DEMO}
    keys = {key: signed_in(user) for key, user in demo.items()}
    return [*_floors(keys["advocate"]), *_requests(keys), *_learning(demo, keys), *_others(keys)]


DEMO = ("manager", "essex", "specialist", "advocate", "author", "trainer", "reviewer")


def _floors(key: str) -> list[Page]:
    centers = list(Center.objects.values_list("pk", flat=True))
    bare = _bare_page()
    upserts = made(lambda: Request("/upsert/", key, {"key": str(uuid4())}))
    selects = every([f"/one/?pk={pk}" for pk in centers], key)
    return [
        Page("one SELECT", "", 0, 0, selects, is_bare=True),
        Page("25 rows", "", 0, 0, every(["/rows/"], key), is_bare=True),
        Page("one upsert", "", 0, 0, upserts, is_bare=True, writes=True),
        Page("bare Wagtail page", "", 0, 0, every([bare], key), is_bare=True),
    ]


def _bare_page() -> str:
    """Return the path of a page of no type, at the depth of a module."""
    parent = TrainingIndexPage.objects.get()
    slug = "bench-bare"
    page = WagtailPage.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        page = parent.add_child(instance=WagtailPage(title="Bare", slug=slug, live=True))
    return f"/training/{slug}/"


def _requests(keys: dict[str, str]) -> list[Page]:
    manager, desk = keys["manager"], keys["essex"]
    views = ["", *(f"?view={name}" for name in queues.VIEWS)]
    long = Ticket.objects.annotate(n=Count("messages")).filter(n=20).order_by("-pk")
    talked = [str(ticket.get_absolute_url()) for ticket in long[:20]]
    rare = [f"?q={word}" for word in RARE[:8]]
    common = [f"?q={word}" for word in ("team", "agenda", "protocol", "review")]
    open_ones = list(Ticket.objects.filter(state="in_progress").order_by("-pk")[:400])
    replies = cycle(open_ones)
    new, said = made(lambda: _new(desk)), made(lambda: _reply(manager, next(replies)))
    queue, own = (
        every([f"/requests/{view}" for view in views], manager),
        every(["/requests/"], desk),
    )
    seldom = every([f"/requests/{word}" for word in rare], manager)
    often = every([f"/requests/{word}" for word in common], manager)
    return [
        Page("request queue", "25 rows", 3, 8, queue),
        Page("request queue, own center", "25 rows", 3, 8, own),
        Page("request search, rare", "25 rows", 4, 8, seldom),
        Page("request search, common", "25 rows", 12, 8, often, may_grow=True),
        Page("request with 20 messages", "one SELECT", 4, 8, every(talked, manager)),
        Page("create a request", "one upsert", 3.5, 14, new, writes=True),
        Page("reply", "one upsert", 3.5, 14, said, writes=True),
    ]


def _new(key: str) -> Request:
    data = {
        "csrfmiddlewaretoken": CSRF,
        "key": str(uuid4()),
        "type": "practice",
        "topics": ["facilitation"],
        "subject": "Agenda that fits 45 minutes",
        "question": "How do other teams keep the agenda of a meeting short?",
        "center": Center.objects.get(slug="essex").pk,
        "urgency": "week",
        "wanted_by": (timezone.localdate() + timedelta(days=20)).isoformat(),
        "send": "anyway",
    }
    return Request("/requests/new/", key, data, before="/requests/new/")


def _reply(key: str, ticket: Ticket) -> Request:
    data = {
        "csrfmiddlewaretoken": CSRF,
        "reply-key": str(uuid4()),
        "reply-text": "Put the items that concern safety first.",
        "reply-version": str(Ticket.objects.values_list("version", flat=True).get(pk=ticket.pk)),
        "reply-then": "",
    }
    path = ticket.get_absolute_url()
    return Request(f"{path}reply/", key, data, before=path)


def _learning(demo: dict[str, User], keys: dict[str, str]) -> list[Page]:
    member = keys["advocate"]
    begun = Enrolment.objects.filter(person=demo["advocate"], completed_at=None)
    slug = begun.select_related("module").first().module.slug  # type: ignore[union-attr]
    done = Enrolment.objects.filter(person=demo["advocate"]).values_list("module__slug", flat=True)
    lessons = [f"/training/{slug}/{number}/" for number in (1, 2)]
    modules = [f"/training/{each}/" for each in dict.fromkeys(done)]
    return [
        Page("lesson", "one SELECT", 2.5, 6, every(lessons, member)),
        Page("module page", "bare Wagtail page", 1.3, 3, every(modules, member)),
        Page("completing write", "one upsert", 3, 12, iter(_last_answers()), writes=True),
        Page("team matrix", "one SELECT", 8, 8, every(["/team/", "/team/?page=2"], keys["essex"])),
        Page("team matrix, state", "one SELECT", 8, 8, every(["/team/"], keys["manager"])),
        Page("my needs", "one SELECT", 8, 30, every(["/me/needs/"], member)),
        Page("my record", "one SELECT", 8, 30, every(["/me/transcript/"], member)),
    ]


def _last_answers() -> list[Request]:
    """Lead members up to the last try of a module; return what each then sends."""
    module = ModulePage.objects.get(code="F01")
    center = Center.objects.get(slug="essex")
    today = timezone.localdate()
    people = [
        User(email=f"bench-{uuid4()}@example.org", first_name="Bench", last_name=f"Person {n}")
        for n in range(WRITES)
    ]
    for person in User.objects.bulk_create(people):
        Membership.objects.create(user=person, center=center, starts_on=today)
    return [_last_answer(person, module) for person in people]


def _last_answer(person: User, module: ModulePage) -> Request:
    enrolment = enrolments.enrol(person=person, module=module)
    _release, outline = progress.served(enrolment)
    for lesson in outline.lessons:
        progress.record(
            enrolment, lesson_id=lesson.id, key=uuid4(), answers=_right(lesson.questions)
        )
    attempt = quizzes.start(enrolment)
    chosen = {f"q{pk}": values for pk, values in _right(attempt.question_ids).items()}
    data = {"csrfmiddlewaretoken": CSRF, "key": str(uuid4()), **chosen}
    path = f"/training/{module.slug}/quiz/"
    return Request(path, signed_in(person), data, before=path)


def _right(question_ids: Any) -> answers.Chosen:
    return {v.pk: scoring.right_answer(v) for v in answers.load(question_ids)}


def _others(keys: dict[str, str]) -> list[Page]:
    words = ["consent", "protocol+review", "training", "interpreter"]
    found = [f"/search/?q={word}" for word in words]
    homes = [
        Page(f"home, {role}", "one SELECT", 5, 8, every(["/"], key)) for role, key in keys.items()
    ]
    reports = every(["/reports/"], keys["manager"])
    return [
        *homes,
        Page("report, standard period", "one SELECT", 10, 12, reports),
        Page("search", "25 rows", 12, 12, every(found, keys["advocate"]), may_grow=True),
        Page("library", "25 rows", 12, 20, every(["/resources/"], keys["advocate"])),
    ]
