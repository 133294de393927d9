"""One scale measured: two servers on one database, seven interleaved rounds, written as JSON.

Run by bench/run.py in a process of its own, since a process has one database.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "requests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

ROUNDS = 7
WARM = 3  # requests before a round of a page is counted
LOADED = 16  # connections


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=10, help="requests in a round")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--loaded", action="store_true", help="16 connections as well")
    parser.add_argument("--server", choices=SERVERS, default="gunicorn")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    import django

    django.setup()
    from bench import pages as listed

    _make_floor_table()
    pages = listed.pages()
    with_servers = _servers(options.server)
    try:
        result = _measure(pages, options)
    finally:
        for server in with_servers:
            server.terminate()
            server.wait(10)
    Path(options.out).write_text(json.dumps(result))


def _make_floor_table() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_floor (key text PRIMARY KEY, n integer)")


PORTS = {False: 8791, True: 8792}  # the portal; the floor


# Two processes of four threads each.
SERVERS = {
    "gunicorn": "gunicorn portal.wsgi -b 127.0.0.1:{port} -w 2 --threads 4 --keep-alive 300 "
    "--no-control-socket --log-level error",
    "granian": "granian portal.wsgi:application --interface wsgi --host 127.0.0.1 --port {port} "
    "--workers 2 --blocking-threads 4 --no-ws --log-level error",
}


def _servers(name: str) -> list[subprocess.Popen[bytes]]:
    started = []
    for is_bare, port in PORTS.items():
        module = "bench.floor_settings" if is_bare else "bench.settings"
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": module}
        env["PYTHONPATH"] = f"{ROOT}:{ROOT / 'requests'}"
        command = [sys.executable, "-m", *SERVERS[name].format(port=port).split()]
        started.append(subprocess.Popen(command, cwd=ROOT, env=env))
    for port in PORTS.values():
        _wait_for(port)
    return started


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit(f"The server on port {port} did not start")


class Visitor:
    """One kept connection to each server."""

    def __init__(self) -> None:
        self.connections = {
            is_bare: HTTPConnection("127.0.0.1", port, timeout=120)
            for is_bare, port in PORTS.items()
        }

    def ask(self, page: Any, request: Any) -> dict[str, float]:
        """Send one request; return its milliseconds, statements and bytes."""
        from django.conf import settings

        from bench.pages import AGENT, CSRF

        headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={request.session}; csrf={CSRF}",
            "User-Agent": AGENT,
            "Accept": "text/html",
        }
        connection = self.connections[page.is_bare]
        if request.before:
            connection.request("GET", request.before, None, headers)
            connection.getresponse().read()
        body, method = None, "GET"
        if request.data is not None:
            method, body = "POST", urlencode(request.data, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        connection.request(method, request.path, body, headers)
        response = connection.getresponse()
        content = response.read()
        took = (time.perf_counter() - begun) * 1000
        wanted = (302, 303) if request.data is not None and not page.is_bare else (200,)
        if response.status not in wanted:
            raise SystemExit(f"{page.name}: {request.path} answered {response.status}")
        return {
            "ms": took - float(response.headers.get("X-Screen-Ms", 0)),
            "statements": float(response.headers.get("X-Statements", 0)),
            "bytes": float(len(content)),
        }


def _measure(pages: list[Any], options: argparse.Namespace) -> dict[str, Any]:
    visitor, seen = Visitor(), {page.name: [] for page in pages}  # type: ignore[var-annotated]
    for page in pages:
        for request in _next(page, 1 if page.writes else WARM):
            visitor.ask(page, request)
    for _round in range(options.rounds):
        for page in pages:
            found = [visitor.ask(page, request) for request in _next(page, options.each)]
            if found:
                seen[page.name].append(found)
    rows = {page.name: _row(page, seen[page.name]) for page in pages if seen[page.name]}
    if options.loaded:
        for page in pages:
            if not page.writes:
                rows[page.name]["loaded"] = _loaded(page, options.each)
    return rows


def _next(page: Any, count: int) -> Iterator[Any]:
    for _number in range(count):
        request = next(page.requests, None)
        if request is None:
            return
        yield request


def _row(page: Any, rounds: list[list[dict[str, float]]]) -> dict[str, Any]:
    each = [[one["ms"] for one in found] for found in rounds]
    flat = [ms for found in each for ms in found]
    cuts = quantiles(flat, n=100) if len(flat) > 1 else flat * 99
    return {
        "floor": page.floor,
        "ratio": page.ratio,
        "limit": page.statements,
        "may_grow": page.may_grow,
        "medians": [median(found) for found in each],
        "p50": median(median(found) for found in each),
        "p95": cuts[94],
        "p99": cuts[98],
        "statements": median(one["statements"] for found in rounds for one in found),
        "first": max(one["statements"] for found in rounds for one in found),
        "bytes": max(one["bytes"] for found in rounds for one in found),
    }


def _loaded(page: Any, each: int) -> dict[str, float]:
    """Ask over sixteen connections at once; return p50, p95 and requests per second."""
    took: list[float] = []
    lots = [list(_next(page, each)) for _ in range(LOADED)]

    def work(requests: list[Any]) -> None:
        visitor = Visitor()
        took.extend(visitor.ask(page, request)["ms"] for request in requests)

    threads = [threading.Thread(target=work, args=[lot]) for lot in lots]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    return {"p50": median(took), "p95": quantiles(took, n=20)[18], "rps": len(took) / seconds}


if __name__ == "__main__":
    main()
