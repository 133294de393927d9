"""The rest of the rule of what is released: speed, shares, what stands under no value."""

from typing import Any

from portal.reports import holding
from portal.reports.holding import TOGETHER
from portal.reports.measures import BY_KEY
from portal.reports.tables import Row, Table
from training.models.evaluation import ITEMS


def tables_of(**wholes: dict[str, Any]) -> dict[tuple[str, str], Table]:
    return {(key, ""): Table(key, "", (Row("", "", numbers),)) for key, numbers in wholes.items()}


def speed(replied: int, received: int, median: float | None = 2.5) -> dict[str, Any]:
    """Return what is released of how fast requests were answered in a quarter."""
    numbers = dict.fromkeys((c.key for c in BY_KEY["speed"].columns), None)
    numbers |= {"replied": replied, "reply_median": median, "reply_nine": median, "answered": 0}
    exact = tables_of(speed=numbers, requests={"received": received, "resolved": 0})
    tables, _held = holding.release(exact, [exact], {})
    return dict(tables["speed", ""].whole.numbers)


def test_how_fast_is_released_where_five_were_answered_and_five_came() -> None:
    assert speed(5, 5)["reply_median"] == 2.5
    assert speed(4, 5)["reply_median"] is None
    assert speed(5, 4)["reply_median"] is None
    assert speed(5, 0)["reply_median"] is None
    assert speed(9, 9)["replied"] is None


def test_shares_rest_on_five_answers_and_of_completions_is_never_released() -> None:
    for answers, share in ((4, None), (5, 80)):
        exact = tables_of(evaluations={"answers": answers, "rate": 50, **dict.fromkeys(ITEMS, 80)})
        tables, held = holding.release(exact, [exact], {})
        numbers = tables["evaluations", ""].whole.numbers
        assert [numbers[item] for item in ITEMS] == [share] * len(ITEMS)
        assert numbers["rate"] is None
        assert ("evaluations", "", "", "rate") in held


def test_what_stands_under_no_value_is_part_of_the_cut() -> None:
    """Two evaluations of sessions would be told by the whole and the modules."""
    counts = {"F01": 20, "F02": 8}
    none: dict[str, Any] = dict.fromkeys((c.key for c in BY_KEY["evaluations"].columns), 80)
    rows = tuple(Row(code, code, {**none, "answers": n}) for code, n in counts.items())
    exact = {
        **tables_of(evaluations={**none, "answers": 30}),
        ("evaluations", "module"): Table("evaluations", "module", rows),
    }
    table = holding._cut(BY_KEY["evaluations"], exact["evaluations", "module"], exact, [exact])
    assert table is not None
    assert {row.key: row.numbers["answers"] for row in table.rows} == {"F01": 20, TOGETHER: 10}
    assert table.rows[1].numbers["clear"] is None
    assert table.rows[0].numbers["clear"] == 80
    assert table.rows[0].numbers["rate"] is None
