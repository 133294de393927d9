"""Three hundred people who take lessons and quizzes at once, each with time to think."""

import random
import threading
import time
from dataclasses import dataclass, field
from statistics import quantiles
from uuid import uuid4

from drills.browser import Answer, Browser, Form, NoAnswer
from drills.faults import Context, Result
from drills.people import Cast, Person
from drills.stand import Stand

PEOPLE = 300
THINK = (10.0, 15.0)  # seconds between two actions of one person
P95 = 0.5  # seconds
GROWTH = 1.10  # of memory, from the middle to the end
LONG = 300.0  # seconds of a load after whose first half each process has done all kinds of work


@dataclass
class Seen:
    """Seconds of each answer, and what was none."""

    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def crowd(context: Context) -> Result:
    stand, seconds = context.stand, context.seconds or 600.0
    result, seen, stop = Result(f"{PEOPLE} learners"), Seen(), threading.Event()
    people = context.cast.members[:PEOPLE]
    threads = [
        threading.Thread(target=_study, args=[stand, context.cast, person, seen, stop], daemon=True)
        for person in people
    ]
    for thread in threads:
        thread.start()
    memory = _watch(stand, seconds)
    stop.set()
    for thread in threads:
        thread.join(60)
    _judge(result, seen, memory, seconds, len(people))
    return result


def _study(stand: Stand, cast: Cast, person: Person, seen: Seen, stop: threading.Event) -> None:
    browser = Browser(stand.port, person.session)
    courses = random.sample(cast.courses, len(cast.courses))

    def act(path: str, form: Form | None = None) -> Answer | None:
        """Think, then do one thing."""
        if stop.is_set():
            return None
        try:
            answer = browser.get(path) if form is None else browser.post(path, form)
        except NoAnswer as error:
            seen.errors.append(f"{path}: {error}")
            return None
        seen.took.append(answer.seconds)
        if answer.status not in (200, 302):
            seen.errors.append(f"{path}: {answer.status}")
        return answer

    stop.wait(random.uniform(0, THINK[1]))
    for course in courses:
        base = f"/training/{course.slug}/"
        steps: list[tuple[str, Form | None]] = [(base, None), (base, {"begin": "1"})]
        for number, answers in enumerate(course.lessons, start=1):
            steps += [(f"{base}{number}/", None)]
            steps += [(f"{base}{number}/", {"key": str(uuid4()), **answers})]
        steps += [(f"{base}quiz/", {"start": "1"}), (f"{base}quiz/", None)]
        steps += [(f"{base}quiz/", {"key": str(uuid4()), **course.quiz}), (f"{base}done/", None)]
        for path, form in steps:
            if stop.is_set():
                return
            act(path, form)
            stop.wait(random.uniform(*THINK))


def _watch(stand: Stand, seconds: float) -> list[tuple[float, dict[str, int]]]:
    """Wait, and note the memory of web and worker every few seconds."""
    begun, noted = time.monotonic(), []
    while (at := time.monotonic() - begun) < seconds:
        noted.append((at, {name: stand.units[name].memory() for name in ("web", "worker")}))
        time.sleep(min(5.0, max(seconds - at, 0.1)))
    return noted


def _judge(
    result: Result,
    seen: Seen,
    memory: list[tuple[float, dict[str, int]]],
    seconds: float,
    people: int,
) -> None:
    took, faults = sorted(seen.took), result.tally.faults
    result.tally.acknowledged = result.tally.found = len(took)
    if len(took) > 1:
        cuts = quantiles(took, n=100)
        result.notes.append(
            f"{people} people, {seconds:.0f} s: {len(took)} requests "
            f"({len(took) / seconds:.1f} a second), {len(seen.errors)} errors, "
            f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, "
            f"p99 {cuts[98] * 1000:.0f} ms, the longest {took[-1] * 1000:.0f} ms"
        )
        if cuts[94] > P95:
            faults.append(f"p95 is {cuts[94] * 1000:.0f} ms, {P95 * 1000:.0f} may be")
    faults += seen.errors
    half = next(entry for entry in memory if entry[0] >= seconds / 2 or entry is memory[-1])
    for name in ("web", "worker"):
        begin, middle, last = (entry[1][name] / 1e6 for entry in (memory[0], half, memory[-1]))
        result.notes.append(
            f"memory of {name}: {begin:.0f} MB at first, {middle:.0f} after {half[0]:.0f} s, "
            f"{last:.0f} at the end"
        )
        if seconds >= LONG and last > middle * GROWTH:
            faults.append(f"The memory of {name} grew from {middle:.0f} to {last:.0f} MB")
