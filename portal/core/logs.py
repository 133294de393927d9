"""Logs and error reports that hold nothing a person typed."""

import logging
import traceback
from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class WithoutQueryString(logging.Filter):
    """Cut what follows a question mark in the arguments of a record: searches are not logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                a.split("?", 1)[0] if isinstance(a, str) and a.startswith("/") else a
                for a in record.args
            )
        return True


class ClassOnly(logging.Formatter):
    """Show where an error happened and its class; its message may quote a row or an input."""

    def formatException(self, ei: Any) -> str:
        frames = "".join(traceback.format_list(traceback.extract_tb(ei[2])))
        return f"{frames}{ei[0].__name__ if ei[0] else ''}"


class NothingTyped(SafeExceptionReporterFilter):
    """Leave form bodies and local variables out of every error report."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        return {}.items()
