"""A statement that is built and compiled once in a process, and asked again with other values.

    @prepared
    def _begun(person_id: int, slug: str) -> QuerySet[Enrolment]:
        return Enrolment.objects.filter(person=person_id, module__slug=slug)

    rows = _begun(4, "consent")        # a list, read at once

Building a queryset and compiling it takes Django longer than most reads take the database. For
the few statements of pages that everybody opens it is done once for each shape. A shape is what
the arguments are: numbers, texts, days, instants and UUIDs are values and may change, and so are
those within a list. Anything else (None, True, an enum, a tuple) is part of the shape, so the
queryset may be built by it.

What the queryset is built of must come in as arguments, the day of today above all: a day that
is no argument is refused when the statement is first asked. Wherever `PREPARED_CHECKED` is set, in
every test, each call is compared with the statement built anew.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, Generic, ParamSpec, Protocol, TypeVar
from uuid import UUID
from weakref import WeakSet

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

Given = ParamSpec("Given")
Row = TypeVar("Row")
Found = TypeVar("Found", covariant=True)
Adapt = Callable[[Any], Any]
FORMS = 200  # shapes of one statement that are kept
LONGEST = 100  # values; a statement of more takes the database longer than Django
MOST = 2**31 - 1  # a number beyond it may be compiled to nothing at all
TIME = re.compile(r"\d{4}-\d\d-\d\d\b")
# What stands where a value will be. Each is unlike anything that a statement is built of.
STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda n: 1_900_000_001 + n,
    str: lambda n: f"\x01{n}\x01",
    date: lambda n: date(1801, 1, 1) + timedelta(days=n),
    datetime: lambda n: datetime(1801, 1, 1, 1, 2, 3, tzinfo=UTC) + timedelta(days=n),
    UUID: lambda n: UUID(int=2**127 + n),
}


class Misplaced(Exception):
    """The statement does not follow from its arguments alone, or not value by value."""


class Statement(Protocol[Found]):
    """A compiled statement that can be asked with other parameters."""

    @property
    def sql(self) -> str: ...
    @property
    def params(self) -> tuple[Any, ...]: ...
    def read(self, params: tuple[Any, ...]) -> Found: ...


@dataclass(frozen=True, slots=True)
class Form(Generic[Found]):
    """A statement for one shape; `places` say which value makes which parameter, and how."""

    statement: Statement[Found]
    places: tuple[tuple[int, int, Adapt], ...]

    def params_of(self, values: Sequence[Any]) -> tuple[Any, ...]:
        found = list(self.statement.params)
        for place, number, adapt in self.places:
            found[place] = adapt(values[number])
        return tuple(found)


class Prepared(Generic[Given, Found]):
    """`compiled` makes the statement of given arguments."""

    def __init__(self, compiled: Callable[Given, Statement[Found]], name: str) -> None:
        self.compiled: Callable[..., Statement[Found]] = compiled
        self.name = name
        self.forms: dict[tuple[Any, ...], Form[Found]] = {}
        _every.add(self)

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Found:
        """Return what is found."""
        if kwargs:
            raise TypeError("A prepared statement takes its arguments by their places")
        given = [_padded(value) if type(value) is list else value for value in args]
        flat = _flat(given)
        if len(flat) > LONGEST or any(type(v) is int and abs(v) > MOST for v in flat):
            statement = self.compiled(*args)
            return statement.read(statement.params)
        shape = (connections[DEFAULT_DB_ALIAS].vendor, *map(_shape, given))
        form = self.forms.get(shape)
        if form is None:
            if len(self.forms) >= FORMS:
                self.forms.pop(next(iter(self.forms), shape), None)  # the oldest
            form = self.forms[shape] = self._form(given)
        if settings.PREPARED_CHECKED:
            self._check(form, args, given)
        return form.statement.read(form.params_of(flat))

    def _form(self, given: Sequence[Any]) -> Form[Found]:
        standing, number = [], 0
        for value in given:
            within = value if type(value) is list else [value]
            stands = [_stand_in(each, number + n) for n, each in enumerate(within)]
            standing.append(stands if type(value) is list else stands[0])
            number += len(within)
        statement = self.compiled(*standing)
        values = {n: value for n, value in enumerate(_flat(standing)) if type(value) in STAND_INS}
        places = list(_places(statement.params, values))
        known = {place for place, _number, _adapt in places}
        if any(_is_of_time(p) for place, p in enumerate(statement.params) if place not in known):
            raise Misplaced(f"{self.name}: a day or an instant is no argument")
        return Form(statement, tuple(places))

    def _check(self, form: Form[Found], args: Sequence[Any], given: Sequence[Any]) -> None:
        """Compare with the statement built anew; that of a padded list has the longer list."""
        if list(args) == list(given):
            statement = self.compiled(*args)
            wanted = statement.sql, statement.params
        else:
            fresh = self._form(given)
            wanted = fresh.statement.sql, fresh.params_of(_flat(given))
        if (form.statement.sql, form.params_of(_flat(given))) != wanted:
            raise Misplaced(f"{self.name} is another statement with {args!r}")


_every: WeakSet[Prepared[Any, Any]] = WeakSet()


def forget(**kwargs: object) -> None:
    """Compile all anew: after a migration or a flush (both send post_migrate) content types, which
    stand in statements as numbers, may have others."""
    for each in _every:
        each.forms.clear()


@dataclass(frozen=True, slots=True)
class _Rows(Generic[Row]):
    """The statement of a queryset."""

    rows: QuerySet[Any, Row]
    compiler: Any
    sql: str  # none where nothing can be found
    params: tuple[Any, ...]

    def read(self, params: tuple[Any, ...]) -> list[Row]:
        """Read the rows as the queryset itself would."""
        if not self.sql:
            return []
        connection = connections[DEFAULT_DB_ALIAS]  # of this thread
        if self.rows.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("A lock outside of a transaction locks nothing")
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_kwargs: (self.sql, params)
        query = copy(self.rows.query)
        query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
        rows = self.rows.__class__.__new__(self.rows.__class__)
        rows.__dict__ = {**self.rows.__dict__, "_query": query, "_result_cache": None}
        return list(rows)


def prepared(build: Callable[Given, QuerySet[Any, Row]]) -> Prepared[Given, list[Row]]:
    """Make a prepared statement of a function that returns a queryset by its arguments alone."""

    def compiled(*args: Given.args, **kwargs: Given.kwargs) -> Statement[list[Row]]:
        rows = build(*args, **kwargs)
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            sql, params = "", ()
        compiler.connection = None  # that of whoever asks is given to a copy
        return _Rows(rows, compiler, sql, tuple(params))

    return Prepared(compiled, build.__qualname__)


def _shape(value: Any) -> Any:
    if type(value) is list:
        return (list, *map(_shape, value))
    return type(value) if type(value) in STAND_INS else (value,)


def _padded(values: list[Any]) -> list[Any]:
    """Fill a list up to the next power of two with its last value: "in" asks the same of it, and
    there are few shapes."""
    unique = list(dict.fromkeys(values))
    longer = 1 << (len(unique) - 1).bit_length() if unique else 0
    return unique + unique[-1:] * (longer - len(unique))


def _flat(given: Sequence[Any]) -> list[Any]:
    """Return every value by its number: those of lists one by one."""
    return [v for value in given for v in (value if type(value) is list else [value])]


def _stand_in(value: Any, number: int) -> Any:
    return STAND_INS[type(value)](number) if type(value) in STAND_INS else value


def _is_of_time(param: Any) -> bool:
    """Say whether it is a day or an instant, which SQLite is given as texts."""
    return isinstance(param, date) or (isinstance(param, str) and bool(TIME.match(param)))


def _places(params: Sequence[Any], values: Mapping[int, Any]) -> Iterator[tuple[int, int, Adapt]]:
    """Find the parameters that values became, and how each is made of its value."""
    became: dict[Any, tuple[int, Adapt | None]] = {}
    for number, value in values.items():
        for made, adapt in _ways(value):
            became[made] = number, adapt
    for place, param in enumerate(params):
        if isinstance(param, (bool, Enum)) or not isinstance(param, Hashable):
            continue
        if param in became:
            number, way = became[param]
            yield place, number, way or type(param)


def _ways(value: Any) -> list[tuple[Any, Adapt | None]]:
    """Return what a value may become; without a way it is made by the parameter's own type, since
    psycopg says how wide a number is. Some columns keep a number as text."""
    match value:
        case int():
            return [(value, None), (str(value), str)]
        case datetime():
            return [(_instant(value), _instant)]
        case date():
            return [(_day(value), _day)]
        case UUID():
            return [(value, _itself), (value.hex, _hex)]
    return [(value, str)]


def _instant(value: datetime) -> Any:
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value)


def _day(value: date) -> Any:
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datefield_value(value)


def _itself(value: UUID) -> UUID:
    return value


def _hex(value: UUID) -> str:
    return value.hex
