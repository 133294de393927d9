"""Evaluations: who gave one is kept, what was said is kept, and nothing joins the two."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core import inventory, outbox
from portal.core.models import Effect, Event
from portal.people import merging, personal_data, retention
from portal.people.models import User
from tests.training import learning_factories as make
from tests.world import ACCOUNTS, World
from training import completions, evaluations, policies
from training.models import (
    Completion,
    CompletionAnnulment,
    Enrolment,
    EvaluationAnswer,
    EvaluationDone,
    EvaluationHeld,
    ModulePage,
)
from training.models.evaluation import ITEMS

pytestmark = pytest.mark.django_db
TABLES = (EvaluationDone, EvaluationHeld, EvaluationAnswer)
PATH = "/training/f01/evaluation/"
SAID = {"clear": 5, "length": 4, "useful": 5, "safe": 5, "objectives": 3}


@pytest.fixture
def module(db: None) -> ModulePage:
    return make.make_release("F01", lessons=1)[0]


def completed(module: ModulePage, count: int) -> list[Completion]:
    """That many people with a completion each, by the rows alone."""
    release = module.releases.get()
    people = [make.learner() for _ in range(count)]
    made = [
        Enrolment.objects.create(person=each, module=module, number=1, completed_at=timezone.now())
        for each in people
    ]
    return [
        Completion.objects.create(
            person=each.person, enrolment=each, module=module, release=release, minutes=10
        )
        for each in made
    ]


def give(completion: Completion, text: str = "") -> bool:
    return evaluations.give(completion=completion, said={**SAID, "text": text})


def month() -> date:
    return timezone.localdate().replace(day=1)


def earlier_month(months: int = 1) -> date:
    day = month()
    for _ in range(months):
        day = (day - timedelta(days=1)).replace(day=1)
    return day


def held() -> int:
    return sum(len(row.answers) for row in EvaluationHeld.objects.all())


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
    assert {f.name for f in mark} == {"id", "enrolment"}
    for model in TABLES:
        assert isinstance(model._meta.pk, models.UUIDField)
        assert model(pk=None).pk is None
        assert model().pk.version == 4
        assert not any(f.related_model is user for f in model._meta.local_concrete_fields)
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
    assert len(fits) == 3 * 10
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


# The form ---------------------------------------------------------------------------------------


def answers_of(client: Client, **changes: object) -> str:
    data = {**SAID, "text": "", **changes}
    return client.post(PATH, data, follow=True).content.decode()


def test_sent_twice_it_counts_once_and_is_thanked_both_times(
    world: World, module: ModulePage, client: Client
) -> None:
    make.complete(world.member, module)
    client.force_login(world.member)
    assert "Nobody can see who wrote it" in client.get(PATH).content.decode()
    assert "Thank you. Your answers are in." in answers_of(client)
    assert "You have evaluated this module" in answers_of(client)
    assert "You have evaluated this module" in client.get(PATH).content.decode()
    assert (EvaluationDone.objects.count(), held()) == (1, 1)
    assert "/evaluation/" not in client.get("/training/f01/done/").content.decode()


def test_a_mark_that_was_set_meanwhile_takes_no_second_answer(module: ModulePage) -> None:
    row = completed(module, 1)[0]
    assert give(row) is True
    assert give(row) is False
    assert held() == 1


def test_what_is_missing_or_off_the_scale_is_told_and_nothing_is_kept(
    world: World, module: ModulePage, client: Client
) -> None:
    make.complete(world.member, module)
    client.force_login(world.member)
    for wrong in ({"clear": ""}, {"clear": "6"}, {"clear": "0"}, {"safe": "1e3"}):
        assert "error-summary" in answers_of(client, text="Kept words.", **wrong)
        assert "Kept words." in answers_of(client, text="Kept words.", **wrong)
    assert "error-summary" in answers_of(client, text="a" * 1001)
    assert (EvaluationDone.objects.count(), EvaluationHeld.objects.count()) == (0, 0)


def test_a_value_off_the_scale_is_refused_by_the_database(module: ModulePage) -> None:
    for value in (0, 6):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationAnswer.objects.create(module=module, **{**SAID, "useful": value})


def test_free_text_is_screened_before_anything_is_kept(
    world: World, module: ModulePage, client: Client
) -> None:
    make.complete(world.member, module)
    client.force_login(world.member)
    page = answers_of(client, text="Write to jane.doe@example.org or call 617-555-0142.")
    assert "Not saved" in page
    assert EvaluationDone.objects.count() == 0
    assert held() == 0


def test_before_the_module_is_completed_the_page_says_what_comes_first(
    world: World, module: ModulePage, client: Client
) -> None:
    client.force_login(world.member)
    assert "The evaluation comes after the module" in client.get(PATH).content.decode()
    answers_of(client)
    assert EvaluationDone.objects.count() == 0


def test_an_annulled_completion_is_not_evaluated_and_a_new_one_is(
    world: World, module: ModulePage
) -> None:
    first = make.complete(world.member, module)
    reason = CompletionAnnulment.Reason.ERROR
    completions.annul(completion=first, reason=reason, by=world.manager)
    assert evaluations.open_for(world.member, module) is None
    second = make.complete(world.member, module)
    assert evaluations.open_for(world.member, module) == second


def test_what_a_merged_account_completed_can_be_evaluated(
    world: World, module: ModulePage, client: Client
) -> None:
    alias = make.learner()
    row = make.complete(alias, module)
    merging.merge(alias, world.member, by=world.manager)
    client.force_login(world.member)
    answers_of(client)
    assert EvaluationDone.objects.get().enrolment_id == row.enrolment_id


def test_signed_out_meanwhile_the_answers_come_back(
    world: World, module: ModulePage, client: Client
) -> None:
    make.complete(world.member, module)
    answer = client.post(PATH, {**SAID, "text": "My words"})
    assert answer.status_code == 403
    assert "My words" in answer.content.decode()
    assert EvaluationDone.objects.count() == 0


# What is shown ----------------------------------------------------------------------------------


def test_nothing_is_shown_of_fewer_than_five_and_all_from_five_on(
    world: World, module: ModulePage, client: Client
) -> None:
    client.force_login(world.manager)
    rows = completed(module, 5)
    for number, row in enumerate(rows):
        page = client.get("/training/evaluations/f01/").content.decode()
        assert "Fewer than five answers" in page
        assert "Fewer than five" in client.get("/training/evaluations/").content.decode()
        give(row, f"Word {number}")
    page = client.get("/training/evaluations/f01/").content.decode()
    assert "Means of 5 answers" in page
    assert all(f"Word {number}" in page for number in range(5))
    assert all(str(sentence) in page for sentence in ITEMS.values())
    assert "evaluations/f01/" in client.get("/training/evaluations/").content.decode()


def test_three_answers_without_a_month_stay_unshown(world: World, module: ModulePage) -> None:
    for row in completed(module, 3):
        give(row)
    EvaluationHeld.objects.update(month=earlier_month())
    evaluations.write_rest()
    assert EvaluationAnswer.objects.count() == 3
    assert evaluations.results(world.manager, module) is None
    assert evaluations.counts(world.manager) == {}


def test_means_and_distribution_are_those_of_the_answers(world: World, module: ModulePage) -> None:
    for value, row in zip((1, 2, 4, 5, 5), completed(module, 5), strict=True):
        evaluations.give(completion=row, said={**SAID, "clear": value, "text": ""})
    found = evaluations.results(world.manager, module)
    assert found is not None
    clear = found.items[0]
    assert (clear.item, clear.mean) == ("clear", 3.4)
    assert [count for _label, count, _text in clear.bars] == [2, 1, 0, 1, 1]
    assert found.texts == ()


def test_an_author_sees_the_own_modules_and_the_manager_all(
    world: World, module: ModulePage, client: Client
) -> None:
    own = make.make_release("F02", lessons=1, owner=world.author)[0]
    for page in (module, own):
        for row in completed(page, 5):
            give(row, f"About {page.code}")
    client.force_login(world.author)
    index = client.get("/training/evaluations/").content.decode()
    assert "F02" in index
    assert "F01" not in index
    assert client.get("/training/evaluations/f01/").status_code == 404
    assert "About F02" in client.get("/training/evaluations/f02/").content.decode()
    client.force_login(world.manager)
    assert "About F01" in client.get("/training/evaluations/f01/").content.decode()


def test_the_policy_and_what_is_visible_say_the_same(world: World, module: ModulePage) -> None:
    own = make.make_release("F02", lessons=1, owner=world.author)[0]
    world.member.owned_pages.add(module)  # an owner who is no author any more sees nothing
    for page in (module, own):
        for row in completed(page, 5):
            give(row)
    for name in ACCOUNTS:
        person = world.people[name]
        for page in (module, own):
            may = policies.can_see_evaluations_of(person, ModulePage.objects.get(pk=page.pk))
            seen = EvaluationAnswer.objects.visible_to(person).filter(module=page).exists()
            assert may is seen, (name, page.code)
            assert (page in evaluations.modules_for(person)) is may


def test_the_list_asks_the_same_number_of_queries_at_any_size(
    world: World, module: ModulePage, client: Client
) -> None:
    client.force_login(world.manager)
    client.get("/training/evaluations/")
    counts = []
    for codes in (["F02"], ["F03", "F04", "F05"]):
        for code in codes:
            for row in completed(make.make_release(code, lessons=1)[0], 5):
                give(row)
        with CaptureQueriesContext(connection) as queries:
            client.get("/training/evaluations/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
