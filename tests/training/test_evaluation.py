"""The one place that decides."""

from hypothesis import given
from hypothesis import strategies as st

from training.evaluation import Facts, Missing, Rules, evaluate

RULES = Rules(lessons=(("a", True), ("b", False)), has_quiz=True, pass_mark=80)
ALL = Facts(frozenset("ab"), frozenset("a"), 80)


def test_a_module_is_complete_when_every_lesson_is_done_and_the_quiz_passed_at_the_mark() -> None:
    verdict = evaluate(RULES, ALL)
    assert (verdict.is_complete, verdict.done, verdict.total) == (True, 3, 3)
    assert verdict.missing == ()


def test_one_per_cent_below_the_mark_is_not_passed() -> None:
    verdict = evaluate(RULES, Facts(ALL.read, ALL.checked, 79))
    assert verdict.missing == (Missing("quiz"),)


def test_it_says_what_is_missing_lesson_by_lesson() -> None:
    verdict = evaluate(RULES, Facts(read=frozenset("a")))
    assert verdict.missing == (Missing("check", "a"), Missing("lesson", "b"), Missing("quiz"))
    assert (verdict.is_complete, verdict.done) == (False, 0)


def test_a_check_passed_before_the_lesson_was_read_does_not_make_it_done() -> None:
    verdict = evaluate(RULES, Facts(checked=frozenset("a"), read=frozenset("b"), best_score=100))
    assert verdict.missing == (Missing("lesson", "a"),)


@given(st.frozensets(st.sampled_from("abxyz")), st.frozensets(st.sampled_from("abxyz")))
def test_facts_of_other_lessons_never_count_beyond_the_whole(
    read: frozenset[str], checked: frozenset[str]
) -> None:
    verdict = evaluate(RULES, Facts(read, checked, 100))
    assert 0 <= verdict.done <= verdict.total
    assert verdict.is_complete == (verdict.done == verdict.total)
