"""What a browser may keep: static files for ever, public pages until they change, no other."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from portal import settings as of_production
from tests.world import World

SHEET = "body{color:#111}\n" * 400


def test_a_public_page_is_sent_again_only_when_it_changed(world: World) -> None:
    first = Client().get("/privacy/")
    assert first["Cache-Control"] == "private, no-cache"
    again = Client().get("/privacy/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    other = Client().get("/accessibility/", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


def test_a_nonce_never_meets_a_page_that_was_kept(world: World) -> None:
    """The policy of a 304 takes the place of the kept one, so a page with a nonce may have none."""
    page = Client().get("/")
    assert "ETag" in page
    assert "nonce-" not in page["Content-Security-Policy"]
    assert b"nonce=" not in page.content


@pytest.mark.parametrize("path", ["/", "/privacy/", "/me/transcript/", "/resources/"])
def test_what_a_signed_in_person_sees_has_no_mark_and_is_kept_nowhere(
    world: World, client: Client, path: str
) -> None:
    mark = Client().get("/privacy/")["ETag"]
    client.force_login(world.member)
    answer = client.get(path, headers={"If-None-Match": mark})
    assert answer.status_code == 200
    assert "ETag" not in answer
    assert "no-store" in answer["Cache-Control"]


def test_a_page_kept_signed_out_is_not_shown_after_signing_in(world: World, client: Client) -> None:
    mark = Client().get("/")["ETag"]
    client.force_login(world.member)
    answer = client.get("/", headers={"If-None-Match": mark})
    assert answer.status_code == 200
    assert "Cookie" in answer["Vary"]


def test_the_pages_of_signing_in_are_kept_nowhere(db: None) -> None:
    answer = Client().get("/accounts/login/")
    assert "ETag" not in answer
    assert "no-store" in answer["Cache-Control"]


@pytest.fixture
def static(tmp_path: Path, settings: Any) -> WhiteNoiseMiddleware:
    """One style sheet, collected and served with the storage of production."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "site.css").write_text(SHEET)
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", verbosity=0, interactive=False)
    (hashed,) = (tmp_path / "static").glob("site.*.css")
    hashed.with_name(hashed.name + ".br").write_bytes(b"smaller")
    return WhiteNoiseMiddleware(nothing)


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=404)


def fetch(static: WhiteNoiseMiddleware, name: str = "", **headers: str) -> Any:
    root = Path(static.static_root or "")
    found = name or next(p.name for p in root.glob("site.*.css"))
    said = {key.replace("_", "-"): value for key, value in headers.items()}
    return static(RequestFactory().get(f"/static/{found}", headers=said))


def let_go(answer: Any) -> None:
    """Close the file; `close()` would end a request, and the database's connection with it."""
    for close in answer._resource_closers:
        close()


def test_production_uses_the_storage_that_is_tested_here() -> None:
    from tests import settings as of_tests

    source = Path(of_production.__file__).read_text()
    assert "whitenoise.storage.CompressedManifestStaticFilesStorage" in source
    assert of_tests.WHITENOISE_AUTOREFRESH


def test_a_static_file_with_its_hash_is_kept_for_ever(static: WhiteNoiseMiddleware) -> None:
    answer = fetch(static)
    assert re.search(r"max-age=31\d{7}", answer["Cache-Control"])
    assert "immutable" in answer["Cache-Control"]
    assert "public" in answer["Cache-Control"]
    let_go(answer)


def test_one_without_its_hash_is_kept_for_a_minute(static: WhiteNoiseMiddleware) -> None:
    answer = fetch(static, "site.css")
    assert "immutable" not in answer["Cache-Control"]
    assert "max-age=60" in answer["Cache-Control"]
    let_go(answer)


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [("br, gzip", "br"), ("gzip, deflate", "gzip"), ("identity", None)],
)
def test_the_smallest_form_that_the_browser_reads_is_sent(
    static: WhiteNoiseMiddleware, accepts: str, encoding: str | None
) -> None:
    answer = fetch(static, Accept_Encoding=accepts)
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer["Vary"] == "Accept-Encoding"
    let_go(answer)


def test_a_static_file_is_not_sent_twice_and_can_be_had_in_part(
    static: WhiteNoiseMiddleware,
) -> None:
    first = fetch(static)
    mark, changed = first["ETag"], first["Last-Modified"]
    let_go(first)
    assert fetch(static, If_None_Match=mark).status_code == 304
    assert fetch(static, If_Modified_Since=changed).status_code == 304
    part = fetch(static, Range="bytes=0-3")
    assert part.status_code == 206
    assert b"".join(part) == SHEET[:4].encode()
    let_go(part)
