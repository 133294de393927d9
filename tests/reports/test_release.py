"""Nobody can work out a small number from all that was ever released of the data.

An attacker takes every number as an equation and is given more than there is to know: which cells
a late edit touched, which counties a center serves, and the rule itself. The last tests break the
rule on purpose: then the attacker does find small numbers.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product
from random import Random
from typing import Any

import pytest

from portal.reports import holding
from portal.reports.holding import FEWEST, TOGETHER, Divided, divide, is_small
from portal.reports.periods import Period
from tests.reports.drawing import (
    COUNTED,
    COUNTY_OF,
    CUT_VALUES,
    QUARTERS,
    WHOLES,
    Data,
    Published,
    draw,
    edited,
    periods,
    publish,
    quarters_of,
)
from tests.reports.solving import Equation, Unknown, determined, narrowed

SEEDS = range(60)
YEARS = [p for p in periods() if p.basis == holding.CUT_BASIS and not p.quarter]


@dataclass
class Attack:
    """What one who reads all releases knows. `knows_edits`: a cell that no edit touched is the
    same unknown in both versions; otherwise each version has unknowns of its own."""

    versions: list[Data]
    releases: list[Published]
    knows_edits: bool

    def quarter(self, measure: str, column: str, number: int, version: int) -> Unknown:
        return ("quarter", measure, column, number, self._since(
            version, lambda data: data.whole(measure, column, number)))  # fmt: skip

    def value(self, measure: str, cut: str, year: Period, value: str, version: int) -> Unknown:
        return ("value", measure, cut, year.slug, value, self._since(
            version, lambda data: data.by(measure, cut, quarters_of(year))[value]))  # fmt: skip

    def _since(self, version: int, count: Any) -> int:
        if not self.knows_edits:
            return version
        while version and count(self.versions[version]) == count(self.versions[version - 1]):
            version -= 1
        return version

    def equations(self) -> Iterator[Equation]:
        for release in self.releases:
            yield from self._wholes(release)
            yield from self._cuts(release)
        for version in range(len(self.versions)):
            for year in YEARS:
                yield from self._sums(year, version)

    def _wholes(self, release: Published) -> Iterator[Equation]:
        for measure, column in WHOLES:
            number = release.tables[measure, ""].whole.numbers[column]
            if number is not None:
                names = [
                    self.quarter(measure, column, q, release.version)
                    for q in quarters_of(release.period)
                ]
                yield dict.fromkeys(names, 1), int(number)

    def _cuts(self, release: Published) -> Iterator[Equation]:
        for (measure, cut), values in CUT_VALUES.items():
            if table := release.tables.get((measure, cut)):
                names = {
                    v: self.value(measure, cut, release.period, v, release.cuts_of) for v in values
                }
                shown = {r.key: int(r.numbers[COUNTED[measure]] or 0) for r in table.rows}
                together = shown.pop(TOGETHER, 0)
                for value, number in shown.items():
                    yield {names[value]: 1}, number
                yield {name: 1 for value, name in names.items() if value not in shown}, together

    def _sums(self, year: Period, version: int) -> Iterator[Equation]:
        """What is always so: values add up to the whole, centers to their county."""
        for (measure, cut), values in CUT_VALUES.items():
            column = COUNTED[measure]
            sum_of = {self.value(measure, cut, year, v, version): 1 for v in values}
            quarters = [self.quarter(measure, column, q, version) for q in quarters_of(year)]
            yield {**sum_of, **dict.fromkeys(quarters, -1)}, 0
        for county in set(COUNTY_OF.values()):
            at = [c for c, where in COUNTY_OF.items() if where == county]
            centers = [self.value("requests", "center", year, c, version) for c in at]
            whole = self.value("requests", "county", year, county, version)
            yield {whole: -1, **dict.fromkeys(centers, 1)}, 0

    def secrets(self) -> dict[Unknown, int]:
        """Return every number of one to four in a whole, or in a table that was decided on."""
        found: dict[Unknown, int] = {}
        for version, data in enumerate(self.versions):
            for measure, column in WHOLES:
                for quarter in range(QUARTERS):
                    number = data.whole(measure, column, quarter)
                    if is_small(number):
                        found[self.quarter(measure, column, quarter, version)] = number
        for slug, version in sorted({(r.period.slug, r.cuts_of) for r in self.releases}):
            year = Period.parse(slug)
            for (measure, cut), values in CUT_VALUES.items() if year in YEARS else ():
                counted = self.versions[version].by(measure, cut, quarters_of(year))
                for value in values:
                    if is_small(counted[value]):
                        found[self.value(measure, cut, year, value, version)] = counted[value]
        return found

    def bounds(self) -> dict[Unknown, tuple[int, int]]:
        """What the rule itself tells: a quarter held back is 1 to 4, a hidden value less than any
        that is shown."""
        found: dict[Unknown, tuple[int, int]] = {}
        for release in self.releases:
            for measure, column in WHOLES:
                if release.period.quarter and (
                    release.tables[measure, ""].whole.numbers[column] is None
                ):
                    (quarter,) = quarters_of(release.period)
                    name = self.quarter(measure, column, quarter, release.version)
                    found[name] = (1, FEWEST - 1)
            for (measure, cut), values in CUT_VALUES.items():
                if table := release.tables.get((measure, cut)):
                    shown = {
                        r.key: int(r.numbers[COUNTED[measure]] or 0)
                        for r in table.rows
                        if r.key != TOGETHER
                    }
                    for value in set(values) - set(shown):
                        name = self.value(measure, cut, release.period, value, release.cuts_of)
                        found[name] = (0, min(shown.values()) - 1)
        return found


def solved(seed: int, *, is_once: bool = True) -> dict[Unknown, int]:
    """Return the small numbers that equations alone tell whoever knows where edits were."""
    return told(draw(Random(seed)), is_once=is_once)


def told(versions: list[Data], *, is_once: bool = True) -> dict[Unknown, int]:
    releases = publish(versions, Random(1), is_once=is_once)
    attack = Attack(versions, releases, knows_edits=True)
    known, secrets = determined(attack.equations()), attack.secrets()
    assert all(known[name] == secrets[name] for name in known.keys() & secrets.keys())
    return {name: secrets[name] for name in known.keys() & secrets.keys()}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_equations_tell_a_small_number_even_with_the_places_of_edits(seed: int) -> None:
    assert solved(seed) == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_bounds_tell_a_small_number_to_who_knows_the_rule(seed: int) -> None:
    chance = Random(seed)
    versions = draw(chance)
    attack = Attack(versions, publish(versions, chance), knows_edits=False)
    known = narrowed(attack.equations(), attack.bounds())
    secrets = attack.secrets()
    assert [n for n in secrets if n in known and known[n][0] == known[n][1]] == []


def test_what_is_drawn_shows_and_hides_enough() -> None:
    """Cuts with and without a row of what is held back, and wholes of years, are all there."""
    seen: dict[str, int] = defaultdict(int)
    for seed in SEEDS:
        chance = Random(seed)
        versions = draw(chance)
        seen["edits"] += len(versions) - 1
        for release in publish(versions, chance):
            whole = release.tables["requests", ""].whole.numbers["received"]
            kind = "quarter" if release.period.quarter else "year"
            seen[f"{kind} {'held' if whole is None else 'shown'}"] += 1
            for name in CUT_VALUES:
                if table := release.tables.get(name):
                    hides = table.row(TOGETHER) is not None
                    seen[f"cut {'hiding' if hides else 'whole'}"] += 1
    assert min(seen.values()) > 20, dict(seen)
    assert len(seen) == 7


def test_no_search_tells_a_hidden_value_to_who_knows_the_rule() -> None:
    """Every table that would have been released as this one was, tried out by the rule itself."""
    assert list(searched(divide)) == []


def searched(rule: Any) -> Iterator[tuple[dict[str, int], str]]:
    chance = Random(11)
    for _n in range(1500):
        names = "ABCDE"[: chance.randint(2, 5)]
        values = {name: chance.choice([0, 0, 1, 2, 3, 4, 5, 5, 6, 7, 9]) for name in names}
        if sum(values.values()) < FEWEST:
            continue  # the whole is held back, and no cut is released
        said = rule(values)
        certain = {name for name, number in values.items() if is_small(number)}
        for other in alternatives(values, said):
            if not certain:
                break
            if rule(other) == said:
                certain = {name for name in certain if other[name] == values[name]}
        yield from ((values, name) for name in certain)


def alternatives(values: dict[str, int], said: Divided | None) -> Iterator[dict[str, int]]:
    """Yield the tables with the same whole and the same shown values, exchanges first."""
    shown = dict(said.shown) if said else {}
    hidden = [name for name in values if name not in shown]
    for numbers in permutations(values[name] for name in hidden):
        yield {**shown, **dict(zip(hidden, numbers, strict=True))}
    total = sum(values[name] for name in hidden)
    for numbers in product(range(total + 1), repeat=len(hidden) - 1) if hidden else ():
        last = total - sum(numbers)
        if last >= 0:
            yield {**shown, **dict(zip(hidden, (*numbers, last), strict=True))}


def test_a_quarter_held_back_might_be_any_of_one_to_four() -> None:
    """With another number there, everything that is released is the same."""
    tried = 0
    for seed in range(12):
        chance = Random(seed)
        (data, *_later) = draw(chance)
        said = [r.tables for r in publish([data], Random(1))]
        for measure, column in WHOLES:
            for quarter in range(QUARTERS):
                number = data.whole(measure, column, quarter)
                if is_small(number):
                    other = data.copy()
                    wanted = 1 if number > 1 else 2
                    change(other, measure, column, quarter, wanted)
                    assert other.whole(measure, column, quarter) == wanted
                    assert [r.tables for r in publish([other], Random(1))] == said
                    tried += 1
        if tried > 60:
            break
    assert tried > 60


def change(data: Data, measure: str, column: str, quarter: int, wanted: int) -> None:
    if COUNTED.get(measure) != column:
        data.plain[measure, column, quarter] = wanted
        return
    there = [t for t in data.things if t[:2] == (measure, quarter)]
    for each in there:
        data.things.remove(each)
    data.things += [there[0]] * wanted


# What the attacker finds when the rule is broken -------------------------------------------------


def found_by_equations(*, is_once: bool = True) -> int:
    return sum(len(solved(seed, is_once=is_once)) for seed in SEEDS)


def test_without_the_complement_the_attacker_finds_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    def alone(values: dict[str, int]) -> Divided:
        shown = {v: n for v, n in values.items() if n >= FEWEST}
        return Divided(shown, sum(values.values()) - sum(shown.values()))

    monkeypatch.setattr(holding, "divide", lambda values: alone(values))
    chance = Random(5)
    versions = draw(chance)
    attack = Attack(versions, publish(versions, chance), knows_edits=False)
    known = narrowed(attack.equations(), attack.bounds())
    assert [n for n in attack.secrets() if n in known and known[n][0] == known[n][1]]


def test_with_a_year_shown_that_has_such_a_quarter_the_attacker_finds_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = holding._is_held
    monkeypatch.setattr(
        holding, "_is_held", lambda measure, column, exact, quarters: held(
            measure, column, exact, [])
    )  # fmt: skip
    assert found_by_equations()


def test_with_cuts_released_anew_after_edits_the_attacker_finds_cells() -> None:
    """A county that was shown falls to three: the sum of what is held back tells how many."""
    before = year_of({"c1": 20, "c3": 7, "c4": 3, "c5": 9})
    after = year_of({"c1": 20, "c3": 7, "c4": 3, "c5": 3})
    assert told([before, after], is_once=False)
    assert told([before, after]) == {}


def test_with_center_and_county_the_attacker_finds_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """West is held back with East, the smallest county; but the center in East is shown."""
    data = year_of({"c1": 6, "c2": 10, "c3": 20, "c4": 2, "c5": 12})
    assert told([data]) == {}
    both = {**holding.CUTS, "requests": ("type", "county", "center", "discipline")}
    monkeypatch.setattr(holding, "CUTS", both)
    assert told([data])


def year_of(centers: dict[str, int]) -> Data:
    """Requests of the first quarter of the federal fiscal year 2022, by center."""
    return Data([of_center(center) for center, n in centers.items() for _n in range(n)])


def of_center(center: str) -> tuple[str, int, dict[str, str]]:
    values = {"type": "case", "discipline": "law", "center": center, "county": COUNTY_OF[center]}
    return "requests", 3, values


def test_only_whole_years_of_one_basis_have_such_cuts() -> None:
    """Years of two bases have months in common: one set against the other leaves a few months."""
    cuts: dict[str, set[str]] = defaultdict(set)
    for seed in range(20):
        chance = Random(seed)
        for release in publish(draw(chance), chance):
            cuts[release.period.slug] |= {f"{m}.{c}" for m, c in release.tables if c}
    assert {slug for slug, found in cuts.items() if found} == {year.slug for year in YEARS}
    assert set().union(*cuts.values()) == {
        "requests.type",
        "requests.county",
        "requests.discipline",
        "knowledge.module",
        "evaluations.module",
    }


def test_with_the_first_of_equals_as_complement_the_search_finds_cells() -> None:
    """Who sees C with 5 knows that B is not the complement, since A to Z would have been first."""

    def first(values: dict[str, int]) -> Divided | None:
        low = [v for v, n in values.items() if is_small(n)]
        large = sorted((n, v) for v, n in values.items() if n >= FEWEST)
        if not low or not large:
            return divide(values)
        hidden = {*low, large[0][1]}
        shown = {v: n for v, n in values.items() if n and v not in hidden}
        return Divided(shown, sum(values[v] for v in hidden)) if shown else None

    assert list(searched(first))


def test_an_edit_is_an_edit() -> None:
    chance = Random(3)
    data = draw(chance)[0]
    assert edited(chance, data).things != data.things
