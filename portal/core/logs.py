"""Logs and error reports that hold nothing a person typed."""

import json
import logging
import traceback
from collections.abc import ItemsView
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

from portal.core import trace

ADDRESS = ("/", "http://", "https://")


class WithoutQueryString(logging.Filter):
    """Cut what follows a question mark in the arguments of a record: searches are not logged.

    Celery names a failed task with the words of its error; the error's class stays of them.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                a.split("?", 1)[0] if isinstance(a, str) and a.startswith(ADDRESS) else a
                for a in record.args
            )
        elif isinstance(record.args, dict) and "exc" in record.args:
            error = str(record.args["exc"]).split("(", 1)[0]
            record.args = {**record.args, "exc": error, "args": "", "kwargs": "", "traceback": ""}
        return True


class WithIds(logging.Filter):
    """Say on the record which request or task it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        ids = trace.now()
        record.request_id, record.task_id = ids.request, ids.task
        known = [("request", ids.request), ("task", ids.task)]
        record.ids = "".join(f"[{name} {number}] " for name, number in known if number)
        return True


class ClassOnly(logging.Formatter):
    """Show where an error happened and its class; its message may quote a row or an input."""

    def formatException(self, ei: Any) -> str:
        frames = "".join(traceback.format_list(traceback.extract_tb(ei[2])))
        return f"{frames}{ei[0].__name__ if ei[0] else ''}"


class AsJson(ClassOnly):
    """One JSON object a line, of named parts alone: what else hangs on a record is left out."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", ""),
            "task_id": getattr(record, "task_id", ""),
            "error": _class_of(record),
            "where": self.formatException(record.exc_info) if record.exc_info else "",
        }
        return json.dumps({name: value for name, value in line.items() if value})


def _class_of(record: logging.LogRecord) -> str:
    kind = record.exc_info[0] if record.exc_info else None
    return kind.__name__ if kind else ""


class NothingTyped(SafeExceptionReporterFilter):
    """Leave form bodies and local variables out of every error report."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        return {}.items()
