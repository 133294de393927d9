"""The learner's pages and the team's matrix ask a few statements, at any size."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.home.models import HomePage
from portal.people.models import User
from tests import statements
from tests.statements import FRAME
from tests.training import learning_factories as make
from tests.training.assigning import making
from tests.training.factories import make_pathway
from tests.world import World
from training import enrolments, quizzes, served
from training.models import Enrolment, ModulePage

pytestmark = pytest.mark.django_db
LESSON, MORE_THAN_BARE, WRITE, TEAM = 6, 3, 12, 8
# Where one statement cannot write to several tables, each takes one of its own: answers, event and
# lesson; enrolment, credit, certificate and audit.
APART = 0 if connection.vendor == "postgresql" else 5
Ask = Callable[[], object]


@pytest.fixture
def person() -> User:
    return make.learner()


@pytest.fixture
def web(client: Client, person: User) -> Client:
    client.force_login(person)
    client.get("/")  # caches of the frame
    return client


def asked(act: Ask) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        act()
    return statements.own(found)


def page(web: Client, address: str) -> list[str]:
    def act() -> None:
        assert web.get(address).status_code == 200

    return asked(act)


def bare() -> int:
    """Count what Wagtail asks to find any page just below the home page, and to read it."""

    def act() -> None:
        home = HomePage.objects.get()
        assert home.route(RequestFactory().get("/training/"), ["training"]).page

    return len(asked(act))


def under_way(person: User, lessons: int) -> tuple[ModulePage, Enrolment]:
    module, _release = make.make_release("T01", lessons=lessons)
    enrolment = enrolments.enrol(person=person, module=module)
    for number in range(1, lessons):
        make.do_lesson(enrolment, number)
    return module, enrolment


@pytest.mark.parametrize("lessons", [2, 12])
def test_a_lesson_is_read_in_six_statements_also_the_first_time(
    web: Client, person: User, lessons: int
) -> None:
    under_way(person, lessons)
    for number in (1, lessons):
        served._outline.cache_clear()
        assert len(page(web, f"/training/t01/{number}/")) <= LESSON - FRAME


@pytest.mark.parametrize("lessons", [2, 12])
def test_a_module_asks_three_more_than_a_bare_page(web: Client, person: User, lessons: int) -> None:
    make.make_release("T02")
    _module, enrolment = under_way(person, lessons)
    counts = [len(page(web, "/training/t02/")), len(page(web, "/training/t01/"))]
    make.finish(enrolment)
    assert "You have completed" in web.get("/training/t01/").content.decode()
    counts.append(len(page(web, "/training/t01/")))
    assert max(counts) <= bare() + MORE_THAN_BARE, counts


@pytest.mark.parametrize("lessons", [2, 12])
def test_the_last_lesson_completes_the_module_in_twelve_statements(
    web: Client, person: User, lessons: int
) -> None:
    _module, enrolment = under_way(person, lessons)
    make.pass_quiz(enrolment)
    last = make.outline_of(enrolment).lessons[-1]
    data = make.posted(uuid4(), make.right(last.questions))
    sent = asked(lambda: web.post(f"/training/t01/{lessons}/", data))
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    assert len(sent) <= WRITE - FRAME + APART, sent


@pytest.mark.parametrize("lessons", [2, 12])
def test_the_quiz_completes_the_module_in_twelve_statements(
    web: Client, person: User, lessons: int
) -> None:
    _module, enrolment = under_way(person, lessons)
    make.do_lesson(enrolment, lessons)
    attempt = quizzes.start(enrolment)
    data = make.posted(uuid4(), make.right(attempt.question_ids))
    sent = asked(lambda: web.post("/training/t01/quiz/", data))
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    assert len(sent) <= WRITE - FRAME + APART, sent


def test_a_pathway_that_lacks_more_costs_the_completion_nothing(
    web: Client, person: User, world: World
) -> None:
    module, enrolment = under_way(person, 2)
    others = [make.make_release(code)[0] for code in ("T02", "T03")]
    making.asked(person, make_pathway("three", module, *others), by=world.manager)
    make.pass_quiz(enrolment)
    last = make.outline_of(enrolment).lessons[-1]
    data = make.posted(uuid4(), make.right(last.questions))
    sent = asked(lambda: web.post("/training/t01/2/", data))
    assert len(sent) <= WRITE - FRAME + APART, sent


@pytest.mark.parametrize("people", [5, 60])
def test_the_teams_matrix_is_read_in_eight_statements(
    world: World, client: Client, people: int
) -> None:
    cache.clear()
    for code in ("F01", "F02"):
        module, _release = make.make_release(code)
    for number in range(people):
        someone = make.learner()
        if number < 3:
            make.complete(someone, module)
    client.force_login(world.coordinator)
    for address in ("/team/", "/team/requirements/"):
        client.get(address)  # counts the roster, which is kept for some minutes
        assert len(page(client, address)) <= TEAM - FRAME
