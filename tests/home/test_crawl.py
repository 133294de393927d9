"""Every link of the demo, as every account: no error, nothing loaded from elsewhere."""

from collections import Counter

import pytest
from django.test import Client

from portal.home import demo
from portal.people.demo import ACCOUNTS, DOMAIN
from portal.people.models import User
from tests.home.crawling import Crawl


@pytest.fixture
def demo_data(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "a word for the crawl")
    demo.load(lambda line: None)


def crawl(key: str, *, limit: int = 400, in_admin: bool = False) -> Crawl:
    client = Client()
    if key:
        client.force_login(User.objects.get(email=f"{key}@{DOMAIN}"))
    return Crawl(client, bool(key), limit, in_admin)


def test_no_link_of_the_portal_leads_nowhere(demo_data: None) -> None:
    faults: dict[str, list[str]] = {}
    for key in ("", *(account.key for account in ACCOUNTS)):
        walk = crawl(key).run("/", "/training/", "/resources/", "/accounts/login/")
        faults[key] = list(walk.faults)
        titles = Counter(title for url, title in walk.pages.items() if "?" not in url)
        faults[key] += [f"title twice: {t} ({n})" for t, n in titles.items() if n > 1 or not t]
        assert len(walk.pages) > (5 if not key else 15), key
    assert {k: v for k, v in faults.items() if v} == {}


@pytest.mark.parametrize("key", ["manager", "author", "reviewer"])
def test_no_link_of_the_admin_leads_nowhere(demo_data: None, key: str) -> None:
    walk = crawl(key, limit=120, in_admin=True).run("/cms/")
    assert walk.faults == []
    assert len(walk.pages) > (1 if key == "reviewer" else 10)  # a reviewer has nothing to do yet
