"""How good search is: each question of relevance.toml, put to every engine there is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal.search import choosing, quality
from portal.search.elastic.client import Unavailable
from portal.search.elastic.engine import ElasticsearchEngine
from portal.search.engines.base import Engine
from portal.search.engines.database import DatabaseEngine

PATIENT = 20.0  # seconds; here the order counts, not the time


class Command(BaseCommand):
    help = "Ask the questions of relevance.toml and print how often the right page comes first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--misses", action="store_true", help="Show what came instead")

    def handle(self, *, misses: bool, **options: Any) -> None:
        engines: list[tuple[str, Engine]] = [(f"database ({connection.vendor})", DatabaseEngine())]
        if choosing.uses_elasticsearch():
            engines.append(("elasticsearch", ElasticsearchEngine(seconds=PATIENT)))
        poor = [name for name, engine in engines if not self._is_good(name, engine, misses)]
        if poor:
            raise CommandError(f"Below {quality.WANTED}: {', '.join(poor)}")

    def _is_good(self, name: str, engine: Engine, misses: bool) -> bool:
        try:
            report = quality.measure(engine)
        except Unavailable as error:
            raise CommandError(f"{name} does not answer: {error}") from error
        self.stdout.write(
            f"{name:22} {len(report.answered)} questions, {len(report.waiting)} wait for their "
            f"page; among the first {quality.FIRST}: {report.success:.3f}, "
            f"mean of 1/place: {report.reciprocal:.3f}"
        )
        for one in report.answered if misses else ():
            if not one.is_success:
                self.stdout.write(f"  {one.place or '-':>3} {one.ask}: {' | '.join(one.got)}")
        return report.success >= quality.WANTED
