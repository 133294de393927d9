"""Four drawn years of small measures as exact tables, with late edits, and all that is released.

Quarters are numbered from the first of 2021. A version is the data after some late edits; of each
version every period of every basis is released, in any order.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from portal.reports import holding
from portal.reports.measures import BY_KEY
from portal.reports.periods import FIRST_MONTH, Period
from portal.reports.tables import Row, Table

QUARTERS = 16
TYPES, DISCIPLINES = ("case", "policy", "staff"), ("law", "health", "school", "court")
# A county may have two centers; who reads a report knows which.
COUNTY_OF = {"c1": "north", "c2": "north", "c3": "south", "c4": "west", "c5": "east"}
MODULES = ("F01", "F02", "F03", "F04")
CUT_VALUES = {
    ("requests", "type"): TYPES,
    ("requests", "discipline"): DISCIPLINES,
    ("requests", "center"): tuple(COUNTY_OF),
    ("requests", "county"): tuple(sorted(set(COUNTY_OF.values()))),
    ("knowledge", "module"): MODULES,
    ("evaluations", "module"): (*MODULES, ""),
}
COUNTED = {"requests": "received", "knowledge": "people", "evaluations": "answers"}
WHOLES = (*COUNTED.items(), ("requests", "resolved"), ("effort", "staff"))
Thing = tuple[str, int, Mapping[str, str]]  # measure, quarter, its value under each cut


@dataclass
class Data:
    """Things that were counted, and counts of what has no cut, by measure, column and quarter."""

    things: list[Thing]
    plain: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def whole(self, measure: str, column: str, quarter: int) -> int:
        if COUNTED.get(measure) != column:
            return self.plain.get((measure, column, quarter), 0)
        return sum(m == measure and q == quarter for m, q, _values in self.things)

    def by(self, measure: str, cut: str, quarters: range) -> Counter[str]:
        return Counter(v[cut] for m, q, v in self.things if m == measure and q in quarters)

    def copy(self) -> "Data":
        return Data(list(self.things), dict(self.plain))


def draw(chance: Random) -> list[Data]:
    """Return the data at first and after each of some late edits."""
    data = Data([])
    for quarter in range(QUARTERS):
        for measure in COUNTED:
            for _n in range(chance.choice([0, 2, 5, 6, 7, 9, 12, 20])):
                data.things.append(thing(chance, measure, quarter))
        for name in WHOLES[3:]:
            data.plain[*name, quarter] = chance.choice([0, 1, 3, 4, 5, 6, 12, 30])
    versions = [data]
    for _n in range(chance.randrange(3)):
        versions.append(edited(chance, versions[-1]))
    return versions


def thing(chance: Random, measure: str, quarter: int) -> Thing:
    if measure != "requests":
        values = MODULES if measure == "knowledge" else (*MODULES, "")
        return measure, quarter, {"module": skewed(chance, values)}
    center = skewed(chance, tuple(COUNTY_OF))
    return (
        measure,
        quarter,
        {
            "type": skewed(chance, TYPES),
            "discipline": skewed(chance, DISCIPLINES),
            "center": center,
            "county": COUNTY_OF[center],
        },
    )


def skewed(chance: Random, values: tuple[str, ...]) -> str:
    """Take the first most often, the last seldom."""
    return chance.choices(values, [2**n for n in range(len(values), 0, -1)])[0]


def edited(chance: Random, data: Data) -> Data:
    """Return the data after one thing or a few were taken out or put in, all of one kind."""
    after = data.copy()
    measure, quarter, values = chance.choice(after.things)
    alike = [t for t in after.things if t == (measure, quarter, values)]
    if chance.random() < 0.5:
        for each in alike[: chance.randint(1, 4)]:
            after.things.remove(each)
    else:
        new = thing(chance, measure, chance.randrange(QUARTERS))
        after.things += [new] * chance.randint(1, 4)
    return after


def periods() -> Iterator[Period]:
    for basis in FIRST_MONTH:
        for year in range(2020, 2026):
            period = Period(basis, year)
            for each in (period, *period.quarters()):
                if quarters_of(each).start >= 0 and quarters_of(each).stop <= QUARTERS:
                    yield each


def quarters_of(period: Period) -> range:
    first = (period.first_day.year - 2021) * 4 + (period.first_day.month - 1) // 3
    return range(first, first + (1 if period.quarter else 4))


def exact(data: Data, quarters: range) -> dict[tuple[str, str], Table]:
    """Return the exact tables of the small measures, as the reports would."""
    tables = {}
    for key in ("requests", "effort", "speed", "knowledge", "evaluations"):
        names = [c.key for c in BY_KEY[key].columns]
        whole = {n: sum(data.whole(key, n, q) for q in quarters) for n in names}
        tables[key, ""] = Table(key, "", (Row("", "", whole),))
    for (key, cut), values in CUT_VALUES.items():
        counted = data.by(key, cut, quarters)
        names = [c.key for c in BY_KEY[key].columns]
        rows = [
            Row(v, v, {**dict.fromkeys(names, 0), COUNTED[key]: counted[v]})
            for v in values
            if v and counted[v]
        ]
        tables[key, cut] = Table(key, cut, tuple(rows))
    return tables


@dataclass
class Published:
    """One release: of which version and period, its tables, and when its cuts were decided on."""

    version: int
    period: Period
    tables: Mapping[tuple[str, str], Table]
    cuts_of: int


def publish(versions: list[Data], chance: Random, *, is_once: bool = True) -> list[Published]:
    """Release every period of every version; the cuts as when the year was first released.

    `is_once` False lets each release decide anew, which the rule forbids.
    """
    made: list[Published] = []
    decided: dict[str, tuple[int, dict[Any, Table]]] = {}
    for version, data in enumerate(versions):
        for period in chance.sample(every := list(periods()), len(every)):
            tables = exact(data, quarters_of(period))
            parts = [exact(data, range(q, q + 1)) for q in quarters_of(period)]
            if period.slug not in decided or not is_once:
                found = holding.cuts_of(period, tables, parts)
                cuts = {tuple(name.split(".")): t for name, t in found.items() if t}
                decided[period.slug] = version, cuts
            when, cuts = decided[period.slug]
            shown, _held = holding.release(tables, parts, cuts)
            made.append(Published(version, period, shown, when))
    return made
