"""Several querysets in one statement: for a page that shows a little of many tables.

    found = gathering.read(
        drafts=Rows(Ticket.objects.drafts_of(user)),
        messages=Rows(Message.objects.of(ticket), author=("first_name", "last_name")),
        late=CountUpTo(100, Ticket.objects.late()),
    )
    found["messages"]                                         # a list of Message

Each queryset travels as one JSON list and becomes the rows that it would have given by itself,
in its order. The related rows that are named come along with the fields that are named. Each is
compiled by itself and stands in the statement as one column. `prepared` compiles them once.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ParamSpec

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    DateTimeField,
    Expression,
    F,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    Subquery,
)

from portal.core.prepared import Prepared

Given = ParamSpec("Given")
LIST = "SELECT COALESCE({aggregate}, '[]') FROM (%(subquery)s) gathered"
LISTS = {
    "postgresql": LIST.format(aggregate="JSONB_AGG(gathered.found)"),
    # JSON(): a list within a list must not arrive as a text within a list.
    "sqlite": LIST.format(aggregate="JSON_GROUP_ARRAY(JSON(gathered.found))"),
}
Compiled = tuple[str, Sequence[Any]]


class JSONRows(Subquery):
    """The column `found` of a queryset as one JSON list, in its order."""

    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"({LISTS['postgresql']})")

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"JSON(({LISTS['sqlite']}))")


class CountUpTo(Subquery):
    """How many rows a queryset has, counted to a limit and no further."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, limit: int, queryset: QuerySet[Any]) -> None:
        super().__init__(queryset.order_by().values("pk")[:limit])

    def compiled(self, connection: Any) -> Compiled:
        sql, params = self.query.get_compiler(connection=connection).as_sql()
        return self.template % {"subquery": sql}, params

    @staticmethod
    def made_of(found: int | None) -> int:
        return found or 0


class IsThere:
    """Whether a queryset has a row."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        self.query: Any = queryset.query

    def compiled(self, connection: Any) -> Compiled:
        sql, params = self.query.exists().get_compiler(connection=connection).as_sql()
        return f"EXISTS ({sql})", params

    @staticmethod
    def made_of(found: Any) -> bool:
        return bool(found)


class _Columns(Expression):
    """The columns of a row as one JSON list: its fields, annotations, fields of related rows.

    One expression for all of them: resolved and compiled each by itself, the dozens of a page
    would take longer than the statement.
    """

    output_field = JSONField()
    function = {"postgresql": "JSONB_BUILD_ARRAY", "sqlite": "JSON_ARRAY"}

    def __init__(self, rows: "Rows") -> None:
        super().__init__()
        self.rows, self.here = rows, ""
        self.there: list[tuple[str, Sequence[Any]]] = []

    def resolve_expression(self, query: Any, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """Find the tables; a related one is joined as naming one of its fields joins it."""
        found = self.copy()
        found.here, found.there = query.get_initial_alias(), []
        for name, fields in self.rows.related.items():
            beside = next(field for field in fields if not field.primary_key)
            named: Any = F(f"{name}__{beside.attname}")
            column = named.resolve_expression(query, *args, **kwargs)
            found.there.append((column.alias, fields))
        return found

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        params: list[Any] = []
        columns = _named(compiler, self.here, self.rows.fields)
        for expression in self.rows.annotated.values():
            sql, more = compiler.compile(expression)
            columns.append(sql)
            params.extend(more)
        for alias, fields in self.there:
            columns += _named(compiler, alias, fields)
        return f"{self.function[connection.vendor]}({', '.join(columns)})", params


def _named(compiler: Any, alias: str, fields: Sequence[Any]) -> list[str]:
    table, quoted = compiler.quote_name_unless_alias(alias), compiler.connection.ops.quote_name
    return [f"{table}.{quoted(field.column)}" for field in fields]


class Rows:
    """The rows of a queryset: `annotated` names annotations to keep, `related` the fields of
    related rows that come along; `only` those of the rows themselves, by default all."""

    def __init__(
        self,
        queryset: QuerySet[Any],
        *annotated: str,
        only: Sequence[str] | None = None,
        **related: Sequence[str],
    ) -> None:
        self.model: type[Model] = queryset.model
        self.query: Any = queryset.query
        self.fields = _fields(self.model, only)
        self.annotated = {name: self.query.annotations[name] for name in annotated}
        self.related = {name: _fields(_model(self.model, name), related[name]) for name in related}
        read = {name: _reader(each.output_field) for name, each in self.annotated.items()}
        self.made_of = _Maker(self.model, self.fields, read, self.related).made_of

    def compiled(self, connection: Any) -> Compiled:
        query = self.query.chain()
        query.clear_select_clause()
        query.add_annotation(_Columns(self), "found")
        sql, params = query.get_compiler(connection=connection).as_sql()
        return f"({LISTS[connection.vendor] % {'subquery': sql}})", params


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes rows of what was found: all that is kept of a queryset once it is compiled."""

    model: type[Model]
    fields: Sequence[Any]
    annotated: Mapping[str, Callable[[Any], Any]]  # how each is read
    related: Mapping[str, Sequence[Any]]

    def made_of(self, found: str | None) -> list[Any]:
        if found is None:
            return []
        makers = [_maker(self.model, self.fields)]
        makers += [_maker(_model(self.model, name), self.related[name]) for name in self.related]
        return [self._row(iter(values), makers) for values in json.loads(found)]

    def _row(self, values: Iterator[Any], makers: Sequence[Callable[[Iterator[Any]], Any]]) -> Any:
        row = makers[0](values)
        for name, read in self.annotated.items():
            value = next(values)
            setattr(row, name, None if value is None else read(value))
        for name, make in zip(self.related, makers[1:], strict=True):
            there = make(values)
            setattr(row, name, None if there.pk is None else there)
        return row


Wanted = Rows | CountUpTo | IsThere


def read(**wanted: Wanted) -> dict[str, Any]:
    """Read everything wanted in one statement."""
    statement = _compiled(wanted)
    return statement.read(statement.params)


def prepared(build: Callable[Given, Mapping[str, Wanted]]) -> Prepared[Given, dict[str, Any]]:
    """Make a prepared statement of a function that returns what is wanted by its arguments alone,
    under the rules of `portal.core.prepared`."""

    def compiled(*args: Given.args, **kwargs: Given.kwargs) -> _Gathered:
        return _compiled(build(*args, **kwargs))

    return Prepared(compiled, build.__qualname__)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """`asked` are the names of the columns; what is not among them cannot be found."""

    makers: Mapping[str, Callable[[Any], Any]]
    asked: Sequence[str]
    sql: str
    params: tuple[Any, ...]

    def read(self, params: tuple[Any, ...]) -> dict[str, Any]:
        found: Sequence[Any] = ()
        if self.asked:
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute(self.sql, params)
                found = cursor.fetchone()
        values = dict(zip(self.asked, found, strict=True))
        return {name: made_of(values.get(name)) for name, made_of in self.makers.items()}


def _compiled(wanted: Mapping[str, Wanted]) -> _Gathered:
    connection, columns = connections[DEFAULT_DB_ALIAS], {}
    for name, each in wanted.items():
        with suppress(EmptyResultSet):  # nothing can be found: it is not asked for
            columns[name] = each.compiled(connection)
    return _Gathered(
        {name: each.made_of for name, each in wanted.items()},
        list(columns),
        f"SELECT {', '.join(sql for sql, _params in columns.values())}",  # of the compiler
        tuple(param for _sql, params in columns.values() for param in params),
    )


def _model(model: type[Model], name: str) -> type[Model]:
    found: Any = model._meta.get_field(name).related_model
    return found  # type: ignore[no-any-return]


def _fields(model: type[Model], names: Sequence[str] | None = None) -> list[Any]:
    """Return the columns of a model, or its key and those that are named."""
    every = model._meta.concrete_fields
    return [f for f in every if names is None or f.primary_key or f.name in names]


def _maker(model: type[Model], fields: Sequence[Any]) -> Callable[[Iterator[Any]], Model]:
    """Return what makes a row of a model of the next values, one for each field."""
    names, readers = [field.attname for field in fields], [_reader(field) for field in fields]

    def make(values: Iterator[Any]) -> Model:
        found = [None if (v := next(values)) is None else read(v) for read in readers]
        return model.from_db(DEFAULT_DB_ALIAS, names, found)

    return make


def _reader(field: Any) -> Callable[[Any], Any]:
    """Return what makes a value of JSON the field's own."""
    if isinstance(field, ForeignKey):
        return _reader(field.target_field)
    if isinstance(field, DateTimeField):
        return _instant
    if isinstance(field, JSONField):
        return _json
    return field.to_python  # type: ignore[no-any-return]


def _instant(value: str) -> datetime:
    """SQLite keeps instants in UTC, and says no zone."""
    at = datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
