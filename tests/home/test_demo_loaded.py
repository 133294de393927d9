"""The demo as it is loaded: once for all of these, since it takes long.

It repeats nothing, and every link of it, as every account, leads somewhere and loads nothing from
elsewhere.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client, TestCase
from django.utils import timezone

from assistance.models import Ticket
from portal.core.models import Effect, Event
from portal.home import demo, populate
from portal.people.demo import ACCOUNTS, DOMAIN
from portal.people.models import Center, CoordinatorAssignment, User
from portal.reports import counters
from portal.reports.measures import Window
from resources.models import ResourcePage
from tests.home.crawling import Crawl
from training.models import Completion

PASSWORD = "a word for the demo"


def load(*, password: str = PASSWORD, repeats: bool = False) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEMO_PASSWORD", password)
        demo.load(lambda line: pytest.fail(f"repeated: {line}") if repeats else None)


def crawl(key: str, *, limit: int = 400, in_admin: bool = False) -> Crawl:
    client = Client()
    if key:
        client.force_login(User.objects.get(email=f"{key}@{DOMAIN}"))
    return Crawl(client, bool(key), limit, in_admin)


def counts() -> list[int]:
    return [m.objects.count() for m in (User, Completion, Event, Effect, CoordinatorAssignment)]


class TestTheDemo(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load()

    def test_a_second_load_repeats_nothing(self) -> None:
        before = counts()
        load(repeats=True)
        assert counts() == before
        people = User.objects.filter(email__endswith="@example.org")
        assert people.count() == 10 + 12 + 60
        assert all(u.check_password(PASSWORD) for u in people.filter(joined_at__isnull=False)[:3])
        assert set(Center.objects.filter(name__endswith=", demo")) == set(Center.objects.all())

    def test_it_is_filled_in_bulk_with_rows_that_pages_and_reports_read(self) -> None:
        before, asked = Completion.objects.count(), Ticket.objects.count()
        sizes = {"members": 30, "completions": 90, "requests": 25, "resources": 4}
        populate.fill(report=lambda line: None, **sizes)
        assert Completion.objects.count() == before + 90
        assert Ticket.objects.count() == asked + 25
        assert ResourcePage.objects.live().filter(slug__startswith="in-bulk").count() == 4
        month = Window(timezone.localdate() - timedelta(days=30), timezone.localdate())
        for key, measure in counters.ADDING.items():
            assert counters.read(month)[key, ""] == measure.read(month)
        member = User.objects.filter(completions__isnull=False, email__startswith="member-")[0]
        client = Client()
        client.force_login(member)
        assert client.get("/me/transcript/").status_code == 200
        client.force_login(User.objects.get(email=f"manager@{DOMAIN}"))
        newest = Ticket.objects.order_by("-pk")[0]
        for path in ("/team/", "/requests/", newest.get_absolute_url(), "/search/?q=protocol"):
            assert client.get(path).status_code == 200
        with pytest.raises(populate.FullAlready):
            populate.fill(report=lambda line: None, **sizes)

    def test_another_password_is_set_for_everyone(self) -> None:
        load(password="another word")
        assert User.objects.get(email="member@example.org").check_password("another word")
        assert not User.objects.filter(joined_at=None, password__startswith="md5").exists()

    def test_no_link_of_the_portal_leads_nowhere(self) -> None:
        faults: dict[str, list[str]] = {}
        for key in ("", *(account.key for account in ACCOUNTS)):
            walk = crawl(key).run("/", "/training/", "/resources/", "/accounts/login/")
            faults[key] = list(walk.faults)
            titles = Counter(title for url, title in walk.pages.items() if "?" not in url)
            faults[key] += [f"title twice: {t} ({n})" for t, n in titles.items() if n > 1 or not t]
            assert len(walk.pages) > (5 if not key else 15), key
        assert {k: v for k, v in faults.items() if v} == {}

    def test_no_link_of_the_admin_leads_nowhere(self) -> None:
        for key in ("manager", "author", "reviewer"):
            walk = crawl(key, limit=120, in_admin=True).run("/cms/")
            assert walk.faults == [], key
            assert len(walk.pages) > (1 if key == "reviewer" else 10), key  # nothing to review yet
