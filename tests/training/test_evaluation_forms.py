"""Evaluations: who gave one is kept, what was said is kept, and nothing joins the two."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, models
from django.test import Client

from portal.core import inventory, outbox
from portal.core.models import Effect, Event
from portal.people import personal_data, retention
from portal.people.models import User
from tests.training import learning_factories as make
from tests.training.evaluation_making import (
    PATH,
    SAID,
    TABLES,
    completed,
    earlier_month,
    give,
    held,
    month,
)
from tests.world import World
from training import evaluations
from training.models import (
    Completion,
    Enrolment,
    EvaluationAnswer,
    EvaluationDone,
    EvaluationHeld,
    ModulePage,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(db: None) -> ModulePage:
    return make.make_release("F01", lessons=1)[0]


# Nothing to join them by ------------------------------------------------------------------------


def test_no_column_leads_from_an_answer_to_a_person_or_to_an_hour() -> None:
    user, of_people = User._meta.model, {Enrolment, Completion, User, EvaluationDone}
    for model in (EvaluationHeld, EvaluationAnswer):
        fields = model._meta.local_concrete_fields
        assert not {f.related_model for f in fields} & of_people
        assert not any(isinstance(f, models.DateTimeField | models.TimeField) for f in fields)
        assert [f.name for f in fields if isinstance(f, models.DateField)] == ["month"]
        assert inventory.entries()[model._meta.label].person == ()
    mark = EvaluationDone._meta.local_concrete_fields
    assert {f.name for f in mark} == {"id", "enrolment", "session", "person"}
    for model in TABLES:
        assert isinstance(model._meta.pk, models.UUIDField)
        assert model(pk=None).pk is None
        assert model().pk.version == 4
        # Of a session the mark itself names the person; what was said never does.
        is_mark = model is EvaluationDone
        assert is_mark or not any(
            f.related_model is user for f in model._meta.local_concrete_fields
        )
        assert not any(f.auto_created for f in model._meta.local_concrete_fields)


def test_months_are_first_days(module: ModulePage) -> None:
    for row in completed(module, 6):
        give(row)
    assert set(EvaluationAnswer.objects.values_list("month", flat=True)) == {month()}
    assert set(EvaluationHeld.objects.values_list("month", flat=True)) == {month()}


def test_answers_wait_in_one_row_until_there_are_five(module: ModulePage) -> None:
    rows = completed(module, 11)
    for number, row in enumerate(rows, start=1):
        assert give(row)
        assert EvaluationHeld.objects.count() == 1
        assert EvaluationAnswer.objects.count() == number // 5 * 5
        assert held() == number % 5
    assert EvaluationDone.objects.count() == 11


def test_each_module_waits_for_its_own_five(module: ModulePage) -> None:
    other = make.make_release("F02", lessons=1)[0]
    for row in [*completed(module, 4), *completed(other, 4)]:
        give(row)
    assert not EvaluationAnswer.objects.exists()
    assert EvaluationHeld.objects.count() == 2


def test_the_answers_of_a_month_get_new_keys_and_places_with_every_batch(
    module: ModulePage,
) -> None:
    rows = completed(module, 10)
    for row in rows[:5]:
        give(row, "first")
    before = set(EvaluationAnswer.objects.values_list("pk", flat=True))
    for row in rows[5:]:
        give(row, "second")
    after = EvaluationAnswer.objects.values_list("pk", "text")
    assert sorted(text for _pk, text in after) == ["first"] * 5 + ["second"] * 5
    assert not before & {pk for pk, _text in after}


PLACE = {"sqlite": "rowid", "postgresql": "ctid"}


def orders(model: type[models.Model], key: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows' keys sorted by each column, and by their place in the table."""
    table = connection.ops.quote_name(model._meta.db_table)
    columns = [str(f.column) for f in model._meta.local_concrete_fields]
    for column in [*columns, PLACE[connection.vendor]]:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{key}" FROM {table} ORDER BY {column}')
            yield column, [str(row[0]) for row in cursor.fetchall()]


def test_sorting_both_tables_by_any_column_pairs_nobody_better_than_chance(
    module: ModulePage,
) -> None:
    """Of people and answers put side by side in any order, one in each trial fits by chance.

    What somebody wrote is a random word here, so that no order of words is one of people. Sorted
    by a column that is the same in every row, the order is that of the table.
    """
    people, trials = 20, 15
    rows = completed(module, people)
    draw = random.SystemRandom()
    fits: dict[tuple[str, str], int] = {}
    for _ in range(trials):
        wrote = {str(row.enrolment_id): f"{draw.getrandbits(64):016x}" for row in rows}
        draw.shuffle(rows)
        for row in rows:
            give(row, wrote[str(row.enrolment_id)])
        marks = dict(orders(EvaluationDone, "enrolment_id"))
        answers = dict(orders(EvaluationAnswer, "text"))
        assert all(len(order) == people for order in (*marks.values(), *answers.values()))
        for by, enrolments in marks.items():
            for to, texts in answers.items():
                pairs = zip(enrolments, texts, strict=True)
                fits.setdefault((by, to), 0)
                fits[by, to] += sum(wrote[e] == t for e, t in pairs)
        EvaluationDone.objects.all().delete()
        EvaluationAnswer.objects.all().delete()
    # About one fit a trial by chance; all of them, 300, if an order told anything.
    assert len(fits) == 5 * 11
    assert max(fits.values()) < trials + 8 * trials**0.5
    assert sum(fits.values()) < 2 * trials * len(fits)


def test_who_came_last_before_a_batch_is_not_told_by_any_place_in_it(module: ModulePage) -> None:
    """Of five rows, each place is the last comer's about as often as any other."""
    rows, trials = completed(module, 5), 60
    places = [0] * 5
    for _ in range(trials):
        for row in rows[:4]:
            give(row)
        give(rows[4], "last")
        placed = dict(orders(EvaluationAnswer, "text"))[PLACE[connection.vendor]]
        places[placed.index("last")] += 1
        EvaluationDone.objects.all().delete()
        EvaluationAnswer.objects.all().delete()
    assert min(places) >= 1
    assert max(places) < 36


def test_those_that_wait_are_shuffled_at_each_write(module: ModulePage) -> None:
    rows = completed(module, 4)
    seen = set()
    for _ in range(40):
        for number, row in enumerate(rows):
            give(row, str(number))
        seen.add(tuple(said["text"] for said in EvaluationHeld.objects.get().answers))
        EvaluationDone.objects.all().delete()
        EvaluationHeld.objects.update(answers=[])
    assert len(seen) > 8  # of 24


def test_no_event_no_mail_and_no_index_speaks_of_an_evaluation(
    module: ModulePage, world: World, client: Client
) -> None:
    make.complete(world.member, module)
    outbox.deliver_all()
    client.force_login(world.member)
    events, effects = Event.objects.count(), Effect.objects.count()
    client.post(PATH, {**SAID, "text": "Shorter lessons."})
    assert EvaluationDone.objects.count() == 1
    assert (Event.objects.count(), Effect.objects.count()) == (events, effects)
    from wagtail.models import ReferenceIndex

    assert not ReferenceIndex.objects.filter(
        content_type__model__in=[model._meta.model_name for model in TABLES]
    ).exists()


def test_the_export_of_a_person_says_that_it_was_done_and_not_what_was_said(
    module: ModulePage,
) -> None:
    rows = completed(module, 5)
    for row in rows:
        give(row, "A word of five")
    own = personal_data.as_json(rows[0].person, for_themselves=True)
    assert "training.EvaluationDone" in own
    assert "A word of five" not in own
    others = personal_data.as_json(rows[0].person, for_themselves=False)
    assert "training.EvaluationDone" not in others


# The end of a month -----------------------------------------------------------------------------


def test_what_is_left_of_a_month_goes_among_the_others_of_that_month(module: ModulePage) -> None:
    for row in completed(module, 7):
        give(row)
    EvaluationHeld.objects.update(month=earlier_month())
    EvaluationAnswer.objects.update(month=earlier_month())
    before = set(EvaluationAnswer.objects.values_list("pk", flat=True))
    evaluations.write_rest()
    rows = EvaluationAnswer.objects.values_list("pk", "month")
    assert [month for _pk, month in rows] == [earlier_month()] * 7
    assert not before & {pk for pk, _month in rows}
    assert held() == 0


def test_a_month_with_fewer_than_five_is_written_and_not_named(module: ModulePage) -> None:
    for row in completed(module, 2):
        give(row)
    EvaluationHeld.objects.update(month=earlier_month(2))
    for row in completed(module, 1):
        give(row)
    EvaluationHeld.objects.filter(month=month()).update(month=earlier_month())
    evaluations.write_rest()
    evaluations.write_rest()
    assert list(EvaluationAnswer.objects.values_list("month", flat=True)) == [None] * 3
    assert held() == 0


def test_the_month_that_runs_waits(module: ModulePage) -> None:
    for row in completed(module, 3):
        give(row)
    evaluations.write_rest()
    assert held() == 3
    assert not EvaluationAnswer.objects.exists()


def test_answers_are_kept_seven_years(module: ModulePage) -> None:
    for row in completed(module, 5):
        give(row)
    rule = next(rule for rule in retention.rules() if rule.key == "evaluations")
    assert rule.due().count() == 0
    EvaluationAnswer.objects.update(month=month() - timedelta(days=7 * 366 + 40))
    assert rule.due().count() == 5
