"""The full-text table beside the records: FTS5 on SQLite, a tsvector on PostgreSQL.

Neither can stand in a portable migration, so the table is made after each migration, like the
triggers of the insert-only tables. Both hold words made by `words.py`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Protocol

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.search import words
from portal.search.terms import Term

TABLE = "search_fulltext"
RECORDS = "search_searchrecord"
# Title, summary, body. The scores level off, so no number of words in a body makes up for one
# in the title.
WEIGHTS = (100.0, 10.0, 1.0)
MOST_POSITIONS = 16_000  # of a tsvector; words beyond it are still found


class FullText(Protocol):
    """The statements in which the two databases differ."""

    create: ClassVar[Sequence[str]]
    functions: ClassVar[Sequence[str]]  # made once the records' tables are there
    # SQL giving the column `id` of what matches its first parameter; where it has a second one,
    # of that only what somebody with these tokens may find
    matching: ClassVar[str]
    takes_tokens: ClassVar[bool]
    # SQL giving `id` among {ids}, all of which match its first parameter, best first
    ranked: ClassVar[str]
    conjunction: ClassVar[str]
    disjunction: ClassVar[str]

    insert: ClassVar[str]

    def row(self, pk: int, texts: Sequence[str]) -> list[Any]: ...
    def term(self, term: Term) -> str: ...
    def term_in_title(self, term: Term) -> str: ...


class SQLite:
    create: ClassVar[Sequence[str]] = (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} "
        "USING fts5(title, summary, body, tokenize = 'unicode61 remove_diacritics 0')",
    )
    functions: ClassVar[Sequence[str]] = ()
    matching: ClassVar[str] = f"SELECT rowid AS id FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
    takes_tokens: ClassVar[bool] = False
    # The plus keeps the planner from asking the index once per id.
    ranked: ClassVar[str] = (
        f"SELECT f.rowid FROM {TABLE} f JOIN search_searchrecord r ON r.id = f.rowid "  # noqa: S608
        f"WHERE {TABLE} MATCH %s AND +f.rowid IN ({{ids}}) "
        f"ORDER BY bm25({TABLE}, {', '.join(map(str, WEIGHTS))}), r.dated_at DESC, r.id DESC "
        "LIMIT %s"
    )
    conjunction: ClassVar[str] = " AND "
    disjunction: ClassVar[str] = " OR "

    insert: ClassVar[str] = (
        f"INSERT INTO {TABLE}(rowid, title, summary, body) VALUES (%s, %s, %s, %s)"  # noqa: S608
    )

    def row(self, pk: int, texts: Sequence[str]) -> list[Any]:
        return [pk, *map(words.indexed, texts)]

    def term(self, term: Term) -> str:
        ways = [" AND ".join(f'"{words.stem(word)}"' for word in way) for way in term.ways]
        beginning = [f'"{term.beginning}" *'] if term.beginning else []
        return f"({' OR '.join([*(f'({way})' for way in ways), *beginning])})"

    def term_in_title(self, term: Term) -> str:
        return f"title : {self.term(term)}"


class PostgreSQL:
    """The planner takes a vector for as cheap to read as a number, and would read every one of them
    rather than the index. So matching is a function, which may look at the index alone. It goes
    through the asker's records once: looked up one by one, those of a common word that are not the
    asker's would be most of the work.
    """

    create: ClassVar[Sequence[str]] = (
        f"CREATE TABLE IF NOT EXISTS {TABLE} (id bigint PRIMARY KEY, vector tsvector NOT NULL)",
        f"CREATE INDEX IF NOT EXISTS {TABLE}_vector ON {TABLE} USING gin (vector)",
    )
    functions: ClassVar[Sequence[str]] = (
        f"CREATE OR REPLACE FUNCTION {TABLE}_matching(asked tsquery, tokens text[]) "  # noqa: S608
        f"RETURNS TABLE (id bigint) AS $$ SELECT id FROM {TABLE} WHERE vector @@ asked "
        "AND id IN (SELECT record_id FROM search_searchprincipal WHERE token = ANY(tokens)) $$ "
        "LANGUAGE sql STABLE PARALLEL SAFE SET enable_seqscan = off SET enable_nestloop = off",
    )
    matching: ClassVar[str] = f"SELECT id FROM {TABLE}_matching(%s::tsquery, %s)"  # noqa: S608
    takes_tokens: ClassVar[bool] = True
    # The weights are those of D, C, B, A; the 16 divides by the logarithm of how many different
    # words there are, which a vector knows: its length would be counted each time.
    ranked: ClassVar[str] = (
        f"SELECT f.id FROM {TABLE} f JOIN search_searchrecord r ON r.id = f.id "  # noqa: S608
        f"CROSS JOIN (SELECT %s::tsquery AS q) asked WHERE f.id IN ({{ids}}) "
        "ORDER BY ts_rank('{{0,0.02,0.15,1}}', f.vector, asked.q, 16) "
        "DESC, r.dated_at DESC, r.id DESC LIMIT %s"
    )
    conjunction: ClassVar[str] = " & "
    disjunction: ClassVar[str] = " | "

    insert: ClassVar[str] = f"INSERT INTO {TABLE}(id, vector) VALUES (%s, %s::tsvector)"  # noqa: S608

    def row(self, pk: int, texts: Sequence[str]) -> list[Any]:
        places: dict[str, list[str]] = {}
        position = 0
        for text, weight in zip(texts, "ABC", strict=True):
            for word in words.split(text):
                position = min(position + 1, MOST_POSITIONS)
                for form in words.forms(word):
                    places.setdefault(form[:1000], []).append(f"{position}{weight}")
        # At most 256 places of a word are kept; the first are the heaviest.
        vector = " ".join(f"'{w}':{','.join(p[:250])}" for w, p in places.items())
        return [pk, vector]

    def term(self, term: Term, weight: str = "") -> str:
        ways = [
            " & ".join(f"'{words.stem(w)}'{weight and ':' + weight}" for w in way)
            for way in term.ways
        ]
        beginning = [f"'{term.beginning}':*{weight}"] if term.beginning else []
        return f"({' | '.join([*(f'({way})' for way in ways), *beginning])})"

    def term_in_title(self, term: Term) -> str:
        return self.term(term, "A")


def of(connection: BaseDatabaseWrapper) -> FullText:
    return SQLite() if connection.vendor == "sqlite" else PostgreSQL()


def every(database: FullText, terms: Sequence[Term]) -> str:
    """Return an expression that every term must match."""
    return database.conjunction.join(map(database.term, terms))


def any_of(database: FullText, terms: Sequence[Term]) -> str:
    return database.disjunction.join(map(database.term, terms))


def in_title(database: FullText, terms: Sequence[Term]) -> str:
    return database.conjunction.join(map(database.term_in_title, terms))


def some(
    database: FullText, terms: Sequence[Term], least: int, tokens: Iterable[str]
) -> tuple[str, list[Any]]:
    """Return SQL giving the ids of what matches so many of the terms, and its parameters."""
    if least >= len(terms):
        return matching(database, every(database, terms), tokens)
    each = [matching(database, database.term(term), tokens) for term in terms]
    union = " UNION ALL ".join(sql for sql, _parameters in each)
    sql = f"SELECT id FROM ({union}) AS found GROUP BY id HAVING COUNT(*) >= {least:d}"  # noqa: S608
    return sql, [value for _sql, parameters in each for value in parameters]


def matching(database: FullText, expression: str, tokens: Iterable[str]) -> tuple[str, list[Any]]:
    """Return SQL giving the ids of what matches, and its parameters. It may give more than the
    tokens let somebody find: the caller keeps what they may."""
    more = [sorted(tokens)] if database.takes_tokens else []
    return database.matching, [expression, *more]


def make_table(sender: Any, using: str, **kwargs: object) -> None:
    """Make the table after a migration, and empty it after a flush (both send post_migrate).

    A flush knows the models' tables only; the words it left would stand in the way of new ids.
    """
    if sender.label != "search":
        return
    connection = connections[using]
    has_records = RECORDS in connection.introspection.table_names()
    with connection.cursor() as cursor:
        for statement in of(connection).create:
            cursor.execute(statement)
        if has_records:
            for statement in of(connection).functions:
                cursor.execute(statement)
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE NOT EXISTS (SELECT 1 FROM {RECORDS})"  # noqa: S608
            )


def write(connection: BaseDatabaseWrapper, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Add the words of new records."""
    database = of(connection)
    with connection.cursor() as cursor:
        cursor.executemany(database.insert, [database.row(pk, texts) for pk, texts in rows])


def erase(connection: BaseDatabaseWrapper, pks: Iterable[int]) -> None:
    column = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        statement = f"DELETE FROM {TABLE} WHERE {column} = %s"  # noqa: S608
        cursor.executemany(statement, [[pk] for pk in pks])


def compact(connection: BaseDatabaseWrapper) -> None:
    """Let go of the words of erased records: FTS5 keeps them until its parts are merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608
