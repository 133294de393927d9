"""The load: people who learn and ask, who send a form again until it is answered, and readers."""

import queue
import random
import re
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from drills.browser import Answer, Browser, Form, NoAnswer
from drills.ledger import Ledger, Operation, Read, phrase
from drills.people import Cast, Course, Person

AGAIN_AFTER = 0.5  # seconds until a person tries again
PATIENCE = 120  # seconds after the end in which what was begun is still sent again
READER_WAITS = 30  # seconds
VERSION = re.compile(r'name="(reply|attach)-version" value="(\d+)"')
NOT_STORED = "could not be stored"
PAGES = ("/", "/training/", "/resources/", "/search/?q=consent", "/me/transcript/")


class Load:
    """Begin with `start`; `stop` lets everybody finish what was begun."""

    def __init__(self, port: int, cast: Cast, *, learners: int = 4, askers: int = 2) -> None:
        self.port, self.cast, self.ledger = port, cast, Ledger()
        self.reads: list[Read] = []
        self.errors: list[str] = []
        self.begun = self.ended = 0.0
        self.with_files = False
        self._stopping = threading.Event()
        self._until = float("inf")
        self._tickets: queue.SimpleQueue[str] = queue.SimpleQueue()
        works = [self._learn] * learners + [self._ask] * askers + [self._manage, self._read]
        self._threads = [threading.Thread(target=self._guard, args=[w], daemon=True) for w in works]

    def start(self) -> None:
        self.begun = time.monotonic()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._until = time.monotonic() + PATIENCE
        self._stopping.set()
        for thread in self._threads:
            thread.join(PATIENCE + 60)
        self.ended = time.monotonic()

    def wait_for(self, more: int, seconds: float = 240) -> None:
        """Wait until so many more operations are acknowledged."""
        wanted, until = self.ledger.acknowledged + more, time.monotonic() + seconds
        while self.ledger.acknowledged < wanted and time.monotonic() < until:
            time.sleep(0.1)

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            self.errors.append(f"{work.__name__}: {type(error).__name__}: {error}")

    # -- What people do --------------------------------------------------------------------------

    def _learn(self) -> None:
        while not self._stopping.is_set():
            try:
                person, course = self.cast.pairs.get_nowait()
            except queue.Empty:
                return
            self.take(person, course)

    def take(self, person: Person, course: Course) -> None:
        """Take a module from its start to its completion."""
        browser, base = Browser(self.port, person.session), f"/training/{course.slug}/"
        about = f"{person.pk}:{course.slug}"
        if not self._send(browser, "enrol", about, base, {"begin": "1"}, f"{base}1/"):
            return
        for number, answers in enumerate(course.lessons, start=1):
            key = str(uuid4())
            form: Form = {"key": key, **answers}
            path = f"{base}{number}/"
            if not self._send(browser, "lesson", key, path, form, base, text=about):
                return
        start = {"start": "1"}
        if not course.quiz or not self._send(browser, "start", about, f"{base}quiz/", start, base):
            return
        key = str(uuid4())
        form = {"key": key, **course.quiz}
        whole = self.ledger.begin("completion", about)
        done = self._send(browser, "quiz", key, f"{base}quiz/", form, base, text=about)
        whole.is_acknowledged = bool(done)

    def _ask(self) -> None:
        """A coordinator asks, answers what is asked back, and now and then brings a file."""
        while not self._stopping.is_set():
            person = random.choice(self.cast.coordinators)
            browser = Browser(self.port, person.session)
            number = self.create(browser, person)
            if number is None:
                continue
            if self.with_files:
                self.attach(browser, number)
            self.reply(browser, number)
            self._tickets.put(number)

    def create(self, browser: Browser, person: Person) -> str | None:
        """Send a request and return its number."""
        text, key = phrase(), str(uuid4())
        form = {
            "key": key,
            "seen": "",
            "type": "practice",
            "topics": ["facilitation"],
            "subject": text.capitalize(),
            "question": "How do other teams keep the agenda of a meeting short?",
            "center": str(person.center),
            "urgency": "week",
            "wanted_by": (date.today() + timedelta(days=40)).isoformat(),
            "send": "anyway",
        }
        answer = self._send(
            browser, "create", key, "/requests/new/", form, "/requests/TA-", text=text
        )
        return answer.location.strip("/").rpartition("/")[2] if answer else None

    def reply(self, browser: Browser, number: str) -> None:
        text, key = phrase(), str(uuid4())
        form = {"reply-key": key, "reply-text": f"{text.capitalize()}.", "reply-then": ""}
        self._on_request(browser, "reply", number, key, text, form)

    def attach(self, browser: Browser, number: str) -> Operation | None:
        text, key = phrase(), str(uuid4())
        file = ("attach-file", f"{text[:30].strip()}.txt", f"{text}\n".encode())
        form = {"attach-key": key, "attach-seen_by": "reply"}
        return self._on_request(browser, "attach", number, key, text, form, file)

    def _manage(self) -> None:
        browser = Browser(self.port, self.cast.manager.session)
        while not self._stopping.is_set():
            try:
                self.reply(browser, self._tickets.get(timeout=0.5))
            except queue.Empty:
                continue

    def _on_request(
        self,
        browser: Browser,
        kind: str,
        number: str,
        key: str,
        text: str,
        form: Form,
        file: tuple[str, str, bytes] | None = None,
    ) -> Operation | None:
        """Read a request and send a form of its page, again with what is newer if it has moved."""
        base, where = f"/requests/{number}/", "files" if file else kind
        page = self._insist(lambda: browser.get(base))
        operation = self.ledger.begin(kind, key, text)
        while page is not None and (found := dict(VERSION.findall(page.text))):
            whole = {**form, f"{kind}-version": found.get(kind, "1")}
            page = self._insist(lambda: browser.post(f"{base}{where}/", whole, file), operation)  # noqa: B023
            if page is None or (page.status != 409 and NOT_STORED not in page.text):
                break
            time.sleep(AGAIN_AFTER)
        self._settle(operation, page, base)
        return operation

    # -- Until it is answered --------------------------------------------------------------------

    def _send(
        self,
        browser: Browser,
        kind: str,
        key: str,
        path: str,
        form: Form,
        leads_to: str,
        text: str = "",
    ) -> Answer | None:
        """Send one form until it is answered; the answer where it was taken."""
        operation = self.ledger.begin(kind, key, text)
        answer = self._insist(lambda: browser.post(path, form), operation)
        self._settle(operation, answer, leads_to)
        return answer if operation.is_acknowledged else None

    def _settle(self, operation: Operation, answer: Answer | None, leads_to: str) -> None:
        if answer is None:
            return
        if answer.status == 302 and answer.location.startswith(leads_to):
            operation.is_acknowledged = True
        else:
            operation.refused = f"{answer.status} {answer.location}"

    def _insist(
        self, ask: Callable[[], Answer], operation: Operation | None = None
    ) -> Answer | None:
        """Ask until there is an answer that is none of a fault; None when the drill is over."""
        interrupted = False
        while time.monotonic() < self._until:
            if operation is not None:
                operation.tries += 1
            try:
                answer = ask()
                if answer.status < 500 and (answer.status != 400 or interrupted):
                    return answer
                interrupted = answer.status == 400  # "send it again in a moment"
            except NoAnswer:
                pass
            time.sleep(AGAIN_AFTER * random.uniform(0.5, 1.5))
        return None

    # -- Reading ---------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read pages all the time, signed in and signed out."""
        member = Browser(self.port, self.cast.members[0].session, timeout=READER_WAITS)
        manager = Browser(self.port, self.cast.manager.session, timeout=READER_WAITS)
        stranger = Browser(self.port, timeout=READER_WAITS)
        module = f"/training/{self.cast.courses[0].slug}/"
        rounds = [(member, page) for page in (*PAGES, module)]
        rounds += [(manager, "/requests/"), (stranger, "/accounts/login/")]
        while not self._stopping.is_set():
            for browser, page in rounds:
                self.read(browser, page)
                time.sleep(0.05)

    def read(self, browser: Browser, page: str) -> Read:
        begun = time.monotonic()
        try:
            answer = browser.get(page)
            status = answer.status
        except NoAnswer:
            status = 0
        now = time.monotonic()
        self.reads.append(Read(now, page, status, now - begun))
        return self.reads[-1]
