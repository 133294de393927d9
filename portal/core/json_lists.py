"""Lists kept as JSON, asked inside a statement, the same on every engine."""

from typing import Any

from django.db.models import Aggregate, BooleanField, Func, IntegerField, JSONField


class Holds(Func):
    """Whether a JSON list holds a number."""

    output_field = BooleanField()
    template = "EXISTS (SELECT 1 FROM json_each(%(expressions)s)"
    arg_joiner = ") WHERE value = "

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        template = "%(expressions)s)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" @> to_jsonb(")


class Length(Func):
    """How long a JSON list is."""

    output_field = IntegerField()
    function = "JSON_ARRAY_LENGTH"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_ARRAY_LENGTH")


class Gathered(Aggregate):
    """The values of a group as a list; where a group has none, a list of null."""

    output_field = JSONField()
    function = "JSON_GROUP_ARRAY"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG")
