"""The lists behind the names: who bears one, which words and which places are no persons.

Each is a sorted text file in `data/` that says where it comes from, read when first needed.
"""

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
STAR = "*"


def _lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@cache
def given() -> frozenset[str]:
    """Given names, in lower case."""
    return frozenset(line.rstrip(STAR) for line in _lines("first_names.txt"))


@cache
def given_in_small_letters() -> frozenset[str]:
    """Given names that are no word and no place: "jayden", but neither "rose" nor "brockton"."""
    lines = _lines("first_names.txt")
    plain = {line for line in lines if not line.endswith(STAR) and len(line) > 3}
    return frozenset(plain - words() - places())


@cache
def surnames() -> frozenset[str]:
    return frozenset(_lines("surnames.txt"))


@cache
def words() -> frozenset[str]:
    """Ordinary words; names among them ("Grace", "Young") need a person beside them."""
    return frozenset(_lines("words.txt"))


@cache
def places() -> frozenset[str]:
    """Places of one word, and each longer one whole: "lynn", "fall river"."""
    return frozenset(line.lower() for line in _lines("places.txt"))


@cache
def months() -> frozenset[str]:
    names = "january february march april may june july august september october november december"
    return frozenset([*names.split(), *"jan feb mar apr jun jul aug sept sep oct nov dec".split()])


def bears(token: str, names: frozenset[str]) -> bool:
    """Whether a written name, or a part of a double one, is in the list."""
    low = token.lower().replace("'", "")
    return low in names or ("-" in low and any(part in names for part in low.split("-")))
