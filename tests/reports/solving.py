"""Who wants to know what is held back: every number ever published is an equation.

`determined` solves them exactly (fractions); `narrowed` carries the bounds that the rule gives
from equation to equation until nothing moves. Unknowns are any hashable names.
"""

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from math import ceil, floor

Unknown = Hashable
Equation = tuple[dict[Unknown, int], int]  # coefficients, what they add up to
Bounds = tuple[int, int]
MOST = 10**6


def determined(equations: Iterable[Equation]) -> dict[Unknown, Fraction]:
    """Return every unknown that has one value alone in all solutions of the equations."""
    pivots: dict[Unknown, tuple[dict[Unknown, Fraction], Fraction]] = {}
    for coefficients, total in equations:
        row = {name: Fraction(c) for name, c in coefficients.items() if c}
        right = Fraction(total)
        for name in [n for n in row if n in pivots]:
            row, right = _less(row, right, pivots[name], row[name])
        if not row:
            assert right == 0, "what is published contradicts itself"
            continue
        pivot = next(iter(row))
        factor = row[pivot]
        row = {name: c / factor for name, c in row.items()}
        found = (row, right / factor)
        for name, (other, value) in pivots.items():
            if pivot in other:
                pivots[name] = _less(other, value, found, other[pivot])
        pivots[pivot] = found
    return {name: value for name, (row, value) in pivots.items() if len(row) == 1}


def _less(
    row: dict[Unknown, Fraction],
    right: Fraction,
    other: tuple[dict[Unknown, Fraction], Fraction],
    times: Fraction,
) -> tuple[dict[Unknown, Fraction], Fraction]:
    made = dict(row)
    for name, c in other[0].items():
        made[name] = made.get(name, Fraction(0)) - times * c
    return {n: c for n, c in made.items() if c}, right - times * other[1]


def narrowed(
    equations: Iterable[Equation], bounds: Mapping[Unknown, Bounds]
) -> dict[Unknown, Bounds]:
    """Return the bounds of each whole-numbered unknown, as narrow as the equations make them."""
    known = dict(bounds)
    every = list(equations)
    for name in {n for coefficients, _total in every for n in coefficients}:
        known.setdefault(name, (0, MOST))
    moved = True
    while moved:
        moved = False
        for coefficients, total in every:
            for name, factor in coefficients.items():
                others = [(c, known[n]) for n, c in coefficients.items() if n != name]
                least = sum(c * (b[0] if c > 0 else b[1]) for c, b in others)
                most = sum(c * (b[1] if c > 0 else b[0]) for c, b in others)
                ends = sorted([Fraction(total - most, factor), Fraction(total - least, factor)])
                low = max(known[name][0], ceil(ends[0]))
                high = min(known[name][1], floor(ends[1]))
                assert low <= high, "what is published contradicts the rule"
                if (low, high) != known[name]:
                    known[name], moved = (low, high), True
    return known
