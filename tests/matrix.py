"""The row of an address in the access matrix: who may open it, and what the others see.

Each app declares its rows in `tests/<app>/matrix_rows.py` as `ROWS`, and puts the objects they
speak of into the world with `build(world)`. An address of ours without a row fails the test.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.world import EVERYONE, World


@dataclass(frozen=True)
class Row:
    """`pattern` is the route as the resolver spells it, for example `requests/<str:number>/`."""

    pattern: str
    url: str | Callable[[World], str]
    may: frozenset[str] = EVERYONE  # the accounts that get `ok`; every other one gets 404
    ok: int = 200
    signed_out: str = "login"  # login | ok | missing | open (200) | denied (401)
    method: str = "get"

    def address(self, world: World) -> str:
        return self.url if isinstance(self.url, str) else self.url(world)
