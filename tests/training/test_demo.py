"""The demo's progress: idempotent, backdated, and as the table of accounts promises."""

from datetime import UTC, datetime

import pytest

from portal.people import demo as demo_people
from tests.training import learning_factories as make
from training import demo, paths, transcript
from training.models import Completion, Enrolment, ProgressEvent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_the_demo_is_the_same_when_loaded_twice_and_fills_both_fiscal_years() -> None:
    first, _release = make.make_release("F04", lessons=4)
    second, _release = make.make_release("F05", lessons=4)
    people = demo_people.load_people("a long demo password")
    demo.load_progress(people, NOW)
    before = (Enrolment.objects.count(), ProgressEvent.objects.count(), Completion.objects.count())
    demo.load_progress(people, NOW)
    after = (Enrolment.objects.count(), ProgressEvent.objects.count(), Completion.objects.count())
    assert before == after
    years = {transcript.fiscal_year(c.completed_at) for c in Completion.objects.all()}
    assert {2026, 2027} <= years
    assert not Completion.objects.filter(completed_at__gt=NOW).exists()
    assert not people["member"].enrolments.exists()
    advocate = people["advocate"]
    assert paths.of(advocate, first).is_complete
    verdict = paths.of(advocate, second).verdict
    assert verdict is not None
    assert (verdict.done, verdict.total) == (3, 5)
