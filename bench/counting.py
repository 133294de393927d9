"""How many statements a response took, in a header: BEGIN, COMMIT and savepoints not counted.

The time of the screen for identifying details is told apart, since it is measured by itself.
"""

import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from portal.core.privacy import screening

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
GetResponse = Callable[[HttpRequest], HttpResponse]
_spent = threading.local()
_screen = screening.screen


def _timed(*args: Any, **kwargs: Any) -> Any:
    begun = time.perf_counter()
    try:
        return _screen(*args, **kwargs)
    finally:
        _spent.screen = getattr(_spent, "screen", 0.0) + time.perf_counter() - begun


def _time_the_screen() -> None:
    """Put the clock wherever the screen was imported by its name."""
    for module in list(sys.modules.values()):
        if getattr(module, "screen", None) is _screen:
            vars(module)["screen"] = _timed


def count(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        statements, _spent.screen = 0, 0.0

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal statements
            statements += not sql.lstrip().upper().startswith(NOT_COUNTED)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = get_response(request)
        response["X-Statements"] = str(statements)
        response["X-Screen-Ms"] = f"{_spent.screen * 1000:.3f}"
        return response

    _time_the_screen()
    return middleware
