"""The image, the units and the site of nginx: no secret, no rights beyond what is needed."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from configparser import ConfigParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
LINES = (DEPLOY / "Dockerfile").read_text()
COMMON = (DEPLOY / "nginx" / "portal-common.conf").read_text()


def needs(program: str) -> pytest.MarkDecorator:
    """Skip where the program is missing; in CI it must be there."""
    is_missing = not shutil.which(program) and not os.environ.get("CI")
    return pytest.mark.skipif(is_missing, reason=f"no {program} here")


def final() -> str:
    """The part of the Dockerfile that makes what runs."""
    return LINES[LINES.rindex("\nFROM ") :]


def test_the_image_has_a_pinned_base_and_runs_as_nobody_in_particular() -> None:
    assert re.search(r"^ARG PYTHON=3\.\d+\.\d+-slim-\w+$", LINES, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", LINES, re.MULTILINE)) == {"python:${PYTHON}"}
    assert re.search(r"^USER 10001:10001$", final(), re.MULTILINE)
    assert final().index("\nUSER ") < final().index("\nCMD ")
    assert "HEALTHCHECK" in final()
    assert "uv " not in final()
    assert "node" not in final()


def test_no_key_is_made_in_what_runs() -> None:
    """Importing the settings writes keys into STATE_DIR, so no command of ours runs there."""
    assert "manage.py" not in final()
    assert "STATE_DIR=/tmp/build" in LINES
    assert "rm -rf node_modules /tmp/build" in LINES
    for name in ("SECRET_KEY", "MFA_KEYS", "AUDIT_KEY", "BACKUP_KEY", "PASSWORD"):
        assert name not in LINES


def test_nothing_goes_into_the_image_unasked() -> None:
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    asked = [rule[1:] for rule in rules if rule.startswith("!")]
    assert all((ROOT / name).exists() for name in asked)
    assert not {"tests", "docs", "var", ".git", ".env", "bench"} & set(asked)
    assert "**/.env*" in rules


def test_the_image_has_every_package_of_ours() -> None:
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text()
    for name in ("portal", "training", "resources", "requests", "templates", "manage.py"):
        assert f"\n!{name}\n" in lines


class Answers(BaseHTTPRequestHandler):
    """Answers as the portal would: to its own name alone."""

    def do_GET(self) -> None:
        is_known = self.headers["Host"] == "portal.example.org" and self.path == "/healthz"
        self.send_response(200 if is_known else 400)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as here:
        threading.Thread(target=here.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{here.server_port}/healthz"
        here.shutdown()


@pytest.mark.parametrize(
    ("hosts", "path", "status"),
    [
        ("portal.example.org,other.example.org", "", 0),
        (".portal.example.org", "", 0),
        ("other.example.org", "", 1),
        ("portal.example.org", "x", 1),
    ],
)
def test_the_health_check_asks_by_the_name_that_is_allowed(
    server: str, hosts: str, path: str, status: int
) -> None:
    env = {"ALLOWED_HOSTS": hosts, "HEALTH_ADDRESS": server + path, "PATH": os.environ["PATH"]}
    command = [sys.executable, str(DEPLOY / "healthcheck.py")]
    assert subprocess.run(command, env=env, check=False).returncode == status


def test_the_health_check_fails_where_nobody_answers() -> None:
    env = {"HEALTH_ADDRESS": "http://127.0.0.1:9/healthz", "PATH": os.environ["PATH"]}
    command = [sys.executable, str(DEPLOY / "healthcheck.py")]
    done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def unit(path: Path) -> dict[str, str]:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text())
    return dict(parser["Service"])


def test_there_are_units_for_all_three() -> None:
    assert [p.stem for p in UNITS] == ["portal-beat", "portal-web", "portal-worker"]


@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.stem)
def test_a_unit_may_do_little(path: Path) -> None:
    said = unit(path)
    assert said["User"] == "portal"
    assert said["ProtectSystem"] == "strict"
    assert said["NoNewPrivileges"] == said["PrivateTmp"] == said["ProtectHome"] == "yes"
    assert said["CapabilityBoundingSet"] == ""
    assert said["ReadWritePaths"] == "/srv/portal/media"
    assert said["Restart"] == "on-failure"
    assert "PASSWORD" not in path.read_text()


@needs("systemd-analyze")
@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.stem)
def test_systemd_reads_the_unit_and_finds_it_safe(path: Path, tmp_path: Path) -> None:
    here = tmp_path / path.name
    here.write_text(
        path.read_text().replace("/opt/portal/.venv/bin/", f"{Path(sys.executable).parent}/")
    )
    verified = subprocess.run(
        ["systemd-analyze", "verify", here], capture_output=True, text=True, check=False
    )
    assert path.name not in verified.stderr, verified.stderr
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", here],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout[-300:]


def test_the_proxy_overwrites_what_a_visitor_sends() -> None:
    for name, value in (
        ("X-Forwarded-For", "$remote_addr"),
        ("X-Forwarded-Proto", "$scheme"),
        ("X-Request-ID", "$request_id"),
        ("X-Forwarded-Host", '""'),
        ("Forwarded", '""'),
    ):
        assert f"proxy_set_header {name} {value};" in COMMON
    assert "$proxy_add_x_forwarded_for" not in COMMON


def test_the_proxys_logs_hold_no_query_string() -> None:
    for name in ("site.conf", "container.conf"):
        text = (DEPLOY / "nginx" / name).read_text()
        line = text[text.index("log_format portal") : text.index("limit_conn_zone")]
        for variable in ("$request ", "$request_uri", "$args", "$query_string", "$http_referer"):
            assert variable not in line
        assert '$request"' not in line
    assert re.search(r"error_log \S+ crit;", COMMON)


def test_both_sites_log_in_the_same_way() -> None:
    parts = []
    for name in ("site.conf", "container.conf"):
        text = (DEPLOY / "nginx" / name).read_text()
        parts.append(text[text.index("map ") : text.index("upstream")])
    assert parts[0] == parts[1]


def test_uploads_fit_and_the_large_ones_only_where_videos_are() -> None:
    assert "\nclient_max_body_size 11m;" in COMMON
    assert "\nclient_body_buffer_size 11m;" in COMMON
    place = COMMON[COMMON.index("location /cms/snippets/training/video/") :]
    assert "client_max_body_size 410m;" in place[: place.index("}")]
    assert COMMON.count("client_max_body_size") == 2


def test_what_the_portal_says_of_a_file_reaches_the_browser() -> None:
    """nginx drops the headers of an answer that only names a file."""
    from django.test import Client

    place = COMMON[COMMON.index("location /protected/") :]
    assert "internal;" in place
    kept = {"Content-Type", "Cache-Control", "Expires", "Content-Length", "Content-Language"}
    for name in set(Client().get("/healthz").headers) - kept:
        assert f"add_header {name} $upstream_http_{name.lower().replace('-', '_')} always;" in place


@needs("nginx")
@pytest.mark.parametrize("name", ["site.conf", "container.conf"])
def test_nginx_reads_the_site(name: str, tmp_path: Path) -> None:
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x",
            "-keyout", str(key), "-out", str(certificate)]  # fmt: skip
    subprocess.run(make, check=True, capture_output=True)
    text = (DEPLOY / "nginx" / name).read_text()
    for folder in ("/etc/letsencrypt/live/portal.example.org", "/etc/nginx/tls"):
        text = text.replace(folder, str(tmp_path))
    text = text.replace("/etc/nginx/portal-common.conf", str(DEPLOY / "nginx/portal-common.conf"))
    text = text.replace("server web:8000", "server 127.0.0.1:8000")
    version = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=True).stderr
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < (1, 25):
        text = text.replace("http2 on;", "")  # older ones say it beside the port
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = " ".join(f"{kind}_temp_path {tmp_path / kind};" for kind in kinds)
    inside = f"access_log off; {folders} {text}"
    main = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {inside} }}"
    (tmp_path / "nginx.conf").write_text(main)
    done = subprocess.run(
        ["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
