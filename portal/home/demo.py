"""The demo: real content, fictional people, a year of work. Each step repeats nothing."""

import hashlib
import os
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

import resources.content_loader
import resources.demo
import resources.demo_statewide
import training.content_loader
import training.demo
import training.demo_outreach
import training.demo_outside
import training.demo_protocols
import training.demo_sessions
from assistance import demo as assistance_demo
from portal.core.models import DemoMark
from portal.people import demo as people_demo
from portal.people.models import User
from portal.reports import counters

Report = Callable[[str], object]
KIND = "demo"


class NotADemo(Exception):
    """The database holds something that `demo` did not put there."""


def check_database() -> None:
    """Refuse a database that is neither empty nor marked. NotADemo says so."""
    if User.objects.exists() and not DemoMark.objects.exists():
        raise NotADemo


def load(report: Report) -> str:
    """Load what is missing and return the password of the demo accounts."""
    password = _password()
    if not DemoMark.objects.filter(kind=KIND).exists():
        report("Loading people, modules, resources and requests ...")
        _load_all(password, report)
    _keep_password(password)
    cache.clear()
    return password


def _load_all(password: str, report: Report) -> None:
    DemoMark.objects.get_or_create(kind="started")
    now = timezone.now()
    with transaction.atomic():
        people = people_demo.load_people(password)
    report(f"  {len(people)} people at twelve centers")
    training.content_loader.load(owner=people["author"], now=training.demo.since(now))
    training.demo_sessions.load_sessions(people, now)
    training.demo_outreach.load_talks(people, now)
    training.demo_protocols.load_protocols(people, now)
    report("  the foundations pathway, the electives, live sessions, talks, protocols")
    resources.content_loader.load(owner=people["manager"], now=now)
    resources.demo.load_reading(people, now)
    resources.demo_statewide.load_statewide(people, now)
    report("  the library, guidance to read, the initiatives, highlights")
    training.demo.load_progress(people, now)
    training.demo.load_plan(people["essex"], now)
    training.demo_outside.load_outside(people, now)
    report("  a year of completions")
    by_center = {key[2:]: user for key, user in people.items() if key.startswith("c.")}
    assistance_demo.load_requests({**by_center, **people}, now)
    report("  requests and questions")
    call_command("rebuild_search", verbosity=0)
    counters.count_all()  # or the first report would have a year to count
    DemoMark.objects.get_or_create(kind=KIND)


def _password() -> str:
    """Return DEMO_PASSWORD, or the one made for this state folder and kept there (0600)."""
    if given := os.environ.get("DEMO_PASSWORD", ""):
        return given
    path = settings.STATE_DIR / "demo_password"
    if not path.exists():
        with open(path, "x", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
            file.write("-".join(secrets.token_hex(3) for _ in range(3)))
    return str(path.read_text())


def _keep_password(password: str) -> None:
    """Set the password when it is another than last time. Hashing ten accounts takes seconds."""
    salted = hashlib.sha256(f"{settings.SECRET_KEY}{password}".encode()).hexdigest()[:12]
    if DemoMark.objects.filter(kind=f"pw-{salted}").exists():
        return
    people_demo.set_password(password)
    DemoMark.objects.filter(kind__startswith="pw-").delete()
    DemoMark.objects.create(kind=f"pw-{salted}")
