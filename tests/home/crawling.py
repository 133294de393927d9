"""Following every link of a page, as one person, as a visitor would."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

# Signing out and quick exit end the crawl; both have tests of their own.
# Bulk actions of the admin take their ids from a script.
NOT_FOLLOWED = ("/leave/", "/accounts/logout/", "/static/", "/cms/bulk/")
VARIANTS = 3  # of one path with different query strings


class Links(HTMLParser):
    """What a page links to, and what it loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.followed: list[str] = []
        self.loaded: list[str] = []
        self.titles: list[str] = []
        self.language = ""
        self.headings = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: v or "" for k, v in attrs}
        self.headings += tag == "h1"
        if tag == "html":
            self.language = values.get("lang", "")
        if tag == "title":
            self._in_title = not self.titles  # an svg may have titles too
        if tag == "a" and "href" in values:
            self.followed.append(values["href"])
        if tag in {"script", "img", "iframe", "video", "audio", "source", "track"}:
            self.loaded.append(values.get("src", ""))
        if tag == "link":
            self.loaded.append(values.get("href", ""))
        if "style" in values and tag not in {"svg", "path"}:
            self.loaded.append("inline style")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.titles.append(data.strip())


@dataclass
class Crawl:
    """One person's walk. `faults` are lines to read; `titles` maps an address to its title."""

    client: Client
    is_signed_in: bool
    limit: int = 400
    in_admin: bool = False
    pages: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def run(self, *starts: str) -> "Crawl":
        waiting = deque(starts)
        while waiting and len(self.pages) < self.limit:
            url = waiting.popleft()
            if url not in self.seen:
                self.seen.add(url)
                waiting.extend(self._visit(url))
        return self

    def _visit(self, url: str) -> Iterator[str]:
        answer = self.client.get(url)
        if answer.status_code in {301, 302}:
            yield from self._ours(url, [answer["Location"]])
            return
        if answer.status_code != 200:
            self.faults.append(f"{url}: {answer.status_code}")
            return
        self._check_headers(url, answer.headers)
        content = answer.getvalue()
        if not answer["Content-Type"].startswith("text/html"):
            return
        links = Links()
        links.feed(content.decode())
        self._check_page(url, links)
        yield from self._ours(url, links.followed)

    def _check_headers(self, url: str, headers: object) -> None:
        policy = headers.get("Content-Security-Policy", "")  # type: ignore[attr-defined]
        if "default-src" not in policy and policy != "sandbox":  # a file that is given out
            self.faults.append(f"{url}: no content security policy")
        if self.is_signed_in and "no-store" not in headers.get("Cache-Control", ""):  # type: ignore[attr-defined]
            self.faults.append(f"{url}: may be kept by a cache")

    def _check_page(self, url: str, links: Links) -> None:
        self.pages[url] = " ".join(links.titles)
        for loaded in links.loaded:
            if loaded == "inline style" and not url.startswith("/cms/"):
                self.faults.append(f"{url}: inline style")
            elif urlsplit(loaded).netloc not in {"", "testserver"}:
                self.faults.append(f"{url}: loads {loaded}")
        if url.startswith("/cms/"):
            return
        if links.language != "en" or links.headings != 1:
            self.faults.append(f"{url}: lang {links.language!r}, {links.headings} h1")

    def _ours(self, url: str, found: list[str]) -> Iterator[str]:
        for link in found:
            target = urldefrag(urljoin(f"http://testserver{url}", link)).url
            parts = urlsplit(target)
            if parts.netloc != "testserver" or parts.scheme not in {"http", "https"}:
                continue
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            variants = sum(s.partition("?")[0] == parts.path for s in self.seen)
            is_admin = parts.path.startswith("/cms/")
            left_out = parts.path.startswith(NOT_FOLLOWED) or is_admin != self.in_admin
            if not left_out and variants < VARIANTS:
                yield path
