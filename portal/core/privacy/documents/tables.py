"""A table as text that the screen can read: each value beside the head of its column."""

import re
from collections.abc import Iterable, Iterator

# A row's cells by their columns, from 0; an empty one may be missing.
Row = dict[int, str]
HEAD = re.compile(r"[^\d]{1,40}")


def as_text(rows: Iterable[Row]) -> str:
    """Return a line for each row. Where the first row names the columns, each value says which."""
    heads: Row | None = None
    lines = []
    for row in rows:
        lines.append(" | ".join(_cells(row, heads or {})))
        if heads is None and any(row.values()):
            names_columns = all(not cell or HEAD.fullmatch(cell) for cell in row.values())
            heads = row if names_columns else {}
    return "\n".join(lines)


def _cells(row: Row, heads: Row) -> Iterator[str]:
    for at, cell in sorted(row.items()):
        if cell:
            head = heads.get(at, "").strip()
            yield f"{head}: {cell}" if head else cell
