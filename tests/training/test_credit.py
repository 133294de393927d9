"""Credit: awarded once, by what was valid on the day, frozen, and never twice in a window."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.core import insert_only
from portal.people import merging
from portal.people.models import PersonAlias, User
from tests.training import learning_factories as make
from tests.training.credit_making import DAY, NOON, SAID, again, award, offer, rule
from tests.world import World
from training import completions, credit, evaluations, needs, requirements
from training.models import (
    Completion,
    CompletionAnnulment,
    CreditAward,
    CreditOffer,
    EvaluationDone,
    ModulePage,
    RequirementRule,
)
from training.requirements import Rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(db: None) -> ModulePage:
    return make.make_release("F01", lessons=1)[0]


# Made with the completion, and frozen -----------------------------------------------------------


def test_an_award_is_made_with_the_completion_and_says_all_by_itself(module: ModulePage) -> None:
    made = offer(module, category="anti-racism")
    at = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)  # still the 24th in Boston
    completion = make.complete(make.learner(), module, at=at)
    row = award(completion)
    assert row is not None
    assert (row.minutes, row.category, row.approval_number) == (60, "anti-racism", "NASW-77")
    assert (row.standard, row.activity_on) == (rule().standard, date(2026, 11, 24))
    assert (row.offer, row.awarded_at) == (made, at)
    by_itself = award(completion, "csec-mdt-14")
    assert by_itself is not None
    assert (by_itself.offer, by_itself.minutes) == (None, completion.minutes)
    assert award(completion, "lcsw") is None


@pytest.mark.parametrize(
    ("first", "last", "is_valid"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), True),
        (date(2026, 11, 25), None, False),
        (date(2026, 11, 1), date(2026, 11, 23), False),
    ],
)
def test_an_offer_is_asked_for_the_day_of_the_activity_in_boston(
    module: ModulePage, first: date, last: date | None, is_valid: bool
) -> None:
    offer(module, valid_from=first, valid_to=last)
    at = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
    assert (award(make.complete(make.learner(), module, at=at)) is not None) is is_valid


def test_an_offer_entered_late_is_awarded_in_the_night_and_once(module: ModulePage) -> None:
    completion = make.complete(make.learner(), module)
    offer(module)
    assert award(completion) is None
    assert credit.award_missing() == 1
    assert credit.award_missing() == 0
    assert CreditAward.objects.filter(completion=completion, rule=rule()).count() == 1


def test_an_award_can_be_neither_changed_nor_deleted(module: ModulePage) -> None:
    completion = make.complete(make.learner(), module)
    rows = CreditAward.objects.filter(completion=completion)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        rows.update(minutes=1)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        rows.delete()


def test_a_changed_and_a_deleted_offer_change_no_award(module: ModulePage) -> None:
    made = offer(module)
    completion = make.complete(make.learner(), module)
    CreditOffer.objects.update(minutes=999, approval_number="other", valid_to=date(2020, 1, 2))
    credit.award_missing()
    made.delete()
    credit.award_missing()
    row = award(completion)
    assert row is not None
    assert (row.minutes, row.approval_number, row.offer) == (60, "NASW-77", None)


def test_the_manager_deletes_an_offer_and_not_a_rule_that_gave_credit(
    world: World, client: Client, module: ModulePage
) -> None:
    made = offer(module)
    completion = make.complete(world.member, module)
    client.force_login(world.manager)
    client.post(f"/cms/snippets/training/creditoffer/delete/{made.pk}/")
    assert not CreditOffer.objects.exists()
    assert award(completion) is not None
    path = f"/cms/snippets/training/requirementrule/delete/{rule().pk}/"
    answer = client.post(path, follow=True)
    assert "Give it a last day" in answer.content.decode()
    assert RequirementRule.objects.filter(slug="licsw").exists()


def test_an_annulled_completion_takes_its_award_along_and_it_may_be_earned_anew(
    world: World, module: ModulePage
) -> None:
    needs.name_licence(world.member, rule(), cycle_ends_on=date(2027, 6, 15))
    offer(module)
    first = make.complete(world.member, module)
    assert minutes_of(world.member) == 60
    reason = CompletionAnnulment.Reason.ERROR
    completions.annul(completion=first, reason=reason, by=world.manager)
    assert minutes_of(world.member) == 0
    second = make.complete(world.member, module)
    assert award(second) is not None
    assert minutes_of(world.member) == 60


def minutes_of(person: User, slug: str = "licsw") -> int:
    found = {need.rule.slug: need for need in needs.of(person)}
    part = found[slug].standing.minutes
    assert part is not None
    return part.have


# Never twice in a window ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "second", "counts"),
    [
        ("csec-mdt-14", NOON + 4000 * DAY, False),  # once for good
        ("mdt-annual", datetime(2027, 1, 1, 4, tzinfo=UTC), False),  # 31 December in Boston
        ("mdt-annual", datetime(2027, 1, 1, 6, tzinfo=UTC), True),
        ("fi-ongoing", datetime(2028, 3, 9, 16, tzinfo=UTC), False),  # within two years
        ("fi-ongoing", datetime(2028, 3, 10, 16, tzinfo=UTC), True),
    ],
)
def test_a_module_completed_again_counts_again_in_the_next_window_alone(
    module: ModulePage, slug: str, second: datetime, counts: bool
) -> None:
    first = make.complete(make.learner(), module, at=NOON)
    later = again(first, second)
    assert award(first, slug) is not None
    assert (award(later, slug) is not None) is counts
    credit.award_missing()
    assert (award(later, slug) is not None) is counts


def test_an_earlier_completion_that_comes_to_light_counts_no_second_time(
    module: ModulePage,
) -> None:
    first = make.complete(make.learner(), module, at=NOON)
    earlier = again(first, NOON - 30 * DAY)
    assert award(earlier, "mdt-annual") is None


def test_a_cycle_is_that_of_the_licence_and_told_apart_once_it_is_named(
    module: ModulePage,
) -> None:
    """Without one, only a cycle's length tells that two days lie in two cycles."""
    offer(module)
    person = make.learner()
    first = make.complete(person, module, at=NOON)
    second = again(first, NOON + 200 * DAY)
    third = again(first, datetime(2028, 3, 10, 16, tzinfo=UTC))
    assert [award(each) is not None for each in (first, second, third)] == [True, False, True]
    needs.name_licence(person, rule(), cycle_ends_on=date(2026, 6, 15))
    # The second lies in the cycle to 15 June 2028, and so does the third, which has its award.
    assert award(second) is None
    other = make.learner()
    one = make.complete(other, module, at=NOON)
    two = again(one, NOON + 200 * DAY)
    assert award(two) is None
    needs.name_licence(other, rule(), cycle_ends_on=date(2026, 6, 15))
    assert award(two) is not None


def test_two_accounts_that_were_merged_count_a_module_once(
    world: World, module: ModulePage
) -> None:
    """Awarded each before the merge, one counts; completed since, one is awarded."""
    alias = make.learner()
    first = make.complete(world.member, module, at=NOON)
    make.complete(alias, module, at=NOON + DAY)
    merging.merge(alias, world.member, by=world.manager)
    assert minutes_of(world.member, "csec-mdt-14") == first.minutes
    many = needs.of_many([world.member])[world.member.pk]
    assert {n.rule.slug: n.standing.minutes.have for n in many if n.standing.minutes}[
        "csec-mdt-14"
    ] == first.minutes
    offer(module)
    credit.award_missing()
    assert CreditAward.objects.filter(rule=rule()).count() == 1
    merging.undo(PersonAlias.objects.get(), by=world.manager)
    credit.award_missing()
    assert CreditAward.objects.filter(rule=rule()).count() == 2


@given(
    st.sampled_from(["initial", "rolling", "annual", "cycle"]),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from([None, date(2024, 2, 29), date(2027, 6, 15)]),
)
def test_a_window_is_shared_both_ways_and_as_the_window_of_the_later_day_says(
    kind: str, one: date, other: date, end: date | None
) -> None:
    said = Rule(kind, (), 24, cycle_end=end)  # type: ignore[arg-type]
    shared = requirements.shares_window(said, one, other)
    assert shared is requirements.shares_window(said, other, one)
    assert requirements.shares_window(said, one, one)
    if end is None and kind == "cycle":
        # Apart by a cycle's length, they lie in two cycles wherever those end.
        for known in (date(2024, 2, 29), date(2027, 6, 15), date(2030, 12, 31)):
            ending = Rule("cycle", (), 24, cycle_end=known)
            assert shared or not requirements.shares_window(ending, one, other)
    else:
        first, _last = requirements.window(said, max(one, other))
        assert shared is (first is None or min(one, other) >= first)


# The evaluation, where an offer asks for it -----------------------------------------------------


def test_credit_waits_for_the_evaluation_where_the_offer_asks_for_it(
    world: World, module: ModulePage, client: Client
) -> None:
    needs.name_licence(world.member, rule(), cycle_ends_on=date(2027, 6, 15))
    offer(module, needs_evaluation=True)
    completion = make.complete(world.member, module)
    credit.award_missing()
    assert award(completion) is None
    client.force_login(world.member)
    form = "/training/f01/evaluation/"
    for path in ("/me/needs/", "/me/transcript/", "/training/f01/done/"):
        page = client.get(path).content.decode()
        assert "evaluation not done yet" in page, path
        assert form in page, path
    client.force_login(world.coordinator)
    theirs = client.get(f"/team/people/{world.member.pk}/needs/").content.decode()
    assert "evaluation not done yet" not in theirs
    evaluations.give(completion=completion, said=SAID)
    row = award(completion)
    assert row is not None
    assert minutes_of(world.member) == 60
    client.force_login(world.member)
    assert "evaluation not done yet" not in client.get("/me/needs/").content.decode()
    assert "NASW-77" in client.get("/me/transcript/").content.decode()


def test_an_award_after_an_evaluation_tells_the_month_and_no_more(module: ModulePage) -> None:
    offer(module, needs_evaluation=True)
    begin = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    old = make.complete(make.learner(), module, at=NOON - 300 * DAY)
    fresh = make.complete(make.learner(), module, at=begin + timedelta(minutes=1))
    for completion in (old, fresh):
        evaluations.give(completion=completion, said=SAID)
    said = [award(each).awarded_at for each in (old, fresh)]  # type: ignore[union-attr]
    assert said == [begin, fresh.completed_at]


def test_an_evaluation_gives_credit_to_the_completion_it_was_given_for(
    module: ModulePage,
) -> None:
    offer(module, needs_evaluation=True)
    evaluated, silent = (make.complete(make.learner(), module) for _ in range(2))
    evaluations.give(completion=evaluated, said=SAID)
    assert award(evaluated) is not None
    assert award(silent) is None


# An installation that has completions already ---------------------------------------------------


def test_completions_from_before_there_were_awards_are_awarded_after_the_migration(
    module: ModulePage,
) -> None:
    completion = make.complete(make.learner(), module)
    with insert_only.lifted(labels=["training.CreditAward"]):
        CreditAward.objects.all().delete()
    credit.award_earlier()
    made = set(CreditAward.objects.values_list("pk", flat=True))
    assert made
    assert award(completion, "csec-mdt-14") is not None
    offer(module)
    credit.award_earlier()  # there are awards: the night sees to the rest
    assert set(CreditAward.objects.values_list("pk", flat=True)) == made


def test_awarding_asks_the_same_number_of_queries_at_any_size(module: ModulePage) -> None:
    offer(module, needs_evaluation=True)
    counts = []
    for size in (1, 12):
        rows = [make.complete(make.learner(), module).pk for _ in range(size)]
        with insert_only.lifted(labels=["training.CreditAward"]):
            CreditAward.objects.all().delete()
        EvaluationDone.objects.bulk_create(
            EvaluationDone(enrolment_id=pk)
            for pk in Completion.objects.filter(pk__in=rows).values_list("enrolment", flat=True)
        )
        with CaptureQueriesContext(connection) as queries:
            assert credit.award(rows) == 7 * size
        counts.append(len(queries))
    assert counts[0] == counts[1]
