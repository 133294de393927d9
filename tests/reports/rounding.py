"""How the recount rounds: per cent, the middle, and what nine of ten do not exceed."""


def half_up(part: int, whole: int) -> int:
    return (part * 2 + whole) // (2 * whole)


def middle(minutes: list[int]) -> float | None:
    if not minutes:
        return None
    ordered = sorted(minutes)
    a, b = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return round((a + b) / 2 / 480, 1)


def ninety(minutes: list[int]) -> float | None:
    ordered = sorted(minutes)
    for place, value in enumerate(ordered, 1):
        if place * 10 >= len(ordered) * 9:
            return round(value / 480, 1)
    return None
