"""The form of an evaluation, and what is shown of them."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.people import merging
from tests.training import learning_factories as make
from tests.training.evaluation_making import PATH, SAID, completed, earlier_month, give, held
from tests.world import ACCOUNTS, World
from training import completions, evaluations, policies
from training.models import (
    CompletionAnnulment,
    EvaluationAnswer,
    EvaluationDone,
    EvaluationHeld,
    ModulePage,
)
from training.models.evaluation import ITEMS

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(db: None) -> ModulePage:
    return make.make_release("F01", lessons=1)[0]


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
