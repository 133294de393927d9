"""What every answer carries, and what production adds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.core.test_production import ROOT, example
from tests.world import World

PATHS = ["/", "/resources/", "/accounts/login/", "/no-such-page/", "/cms/", "/team/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_kept_apart_from_other_sites(world: World, client: Client, path: str) -> None:
    client.force_login(world.manager)
    headers = client.get(path).headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    for feature in ("camera", "geolocation", "microphone", "usb"):
        assert f"{feature}=()" in headers["Permissions-Policy"]
    assert "no-store" in headers["Cache-Control"]
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "object-src" in policy or "default-src 'none'" in policy


def test_a_script_of_our_own_pages_needs_its_nonce_or_a_file(client: Client, db: None) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    scripts = next(p for p in policy.split(";") if p.strip().startswith("script-src"))
    assert "unsafe" not in scripts
    page = client.get("/").content.decode()
    for part in page.split("<script")[1:]:
        assert "src=" in part.split(">")[0] or "nonce=" in part.split(">")[0]


def test_production_has_host_cookies_and_strict_transport(tmp_path: Path) -> None:
    code = (
        "import portal.settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, "
        "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, "
        "s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_SSL_REDIRECT, s.AUDIT_LOG)"
    )
    keep = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**keep, **example(), "STATE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    said = "__Host-session __Host-csrf True True 31536000 True True stdout"
    assert result.stdout.strip() == said
