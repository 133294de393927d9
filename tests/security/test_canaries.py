"""What must be kept nowhere is planted through the pages, then looked for everywhere.

Everywhere: every row of every table, the raw database file on SQLite, the state folder, the cache,
every log line and every mail.
"""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from portal.core import chain, outbox
from portal.core.logs import ClassOnly
from portal.people import invitations
from portal.people.models import Center, Discipline
from tests.assistance.making import assigned
from tests.core.privacy import uploads
from tests.people.signing import PASSWORD, confirm, sign_in
from tests.security import hunting
from tests.security.hunting import places
from tests.world import World, build_world

FLAGGED = "DOB 04/12/2010 canary-flagged"
DATE = "04/12/2010"
NEW_PASSWORD = "canary seven quiet herons"
SSN = "219-09-9999"


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    with hunting.listening() as kept:
        yield kept


def plant(world: World) -> dict[str, str]:
    """Walk through sign-in, a new password, forms and uploads; return the secrets that went by."""
    client = sign_in(world.coordinator)
    session_key = str(client.session.session_key)
    client.get("/search/", {"q": FLAGGED})
    essex = Center.objects.get(slug="essex").pk
    discipline = Discipline.objects.get(slug="school").pk
    client.post("/requests/new/", {"subject": FLAGGED, "question": FLAGGED, "save": "1"})
    client.post("/requests/suggestions/", {"question": FLAGGED})
    client.post(
        "/team/invite/",
        {"email": "a@example.org", "first_name": FLAGGED, "last_name": SSN, "center": essex},
    )
    roster = f"email,first name,last name,title\nb@example.org,A,B,{FLAGGED}\n"
    client.post("/team/import/", {"file": SimpleUploadedFile("r.csv", roster.encode())})
    client.post("/team/import/", {"act": "write", "text": roster})
    client.post(f"/team/people/{world.member.pk}/change/", {"first_name": "A", "title": SSN})
    member = sign_in(world.member)
    member.post("/ask/", {"subject": FLAGGED, "body": FLAGGED})
    member.post("/me/", {"chosen_name": FLAGGED, "title": SSN})
    member.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    Client().post("/accounts/login/", {"login": world.member.email, "password": "canary-wrong-one"})
    confirm(world.other_member)
    Client().post("/accounts/password/reset/", {"email": world.other_member.email})
    Client().post(
        "/accounts/join/",
        {"email": "c@example.org", "first_name": FLAGGED, "last_name": "B", "agency": SSN,
         "discipline": discipline, "center": essex},
    )  # fmt: skip
    manager = sign_in(world.manager)
    manager.post("/retention/", {"reason": FLAGGED})
    picture = SimpleUploadedFile(f"{SSN}.png", b"\x89PNG", "image/png")
    manager.post("/cms/images/add/", {"title": FLAGGED, "file": picture, "collection": 1})
    manager.post("/cms/images/multiple/add/", {"title": FLAGGED, "files[]": picture})
    manager.post("/cms/account/", {"name_email-first_name": FLAGGED})
    ticket = assigned(world)
    for name, data in (("a.pdf", uploads.pdf(FLAGGED)), ("a.docx", uploads.docx(FLAGGED)),
                       (f"{SSN}.txt", b"-"), ("a.pdf", uploads.pdf(FLAGGED)[:-200])):  # fmt: skip
        file = SimpleUploadedFile(name, data)
        said = {"attach-key": str(uuid4()), "attach-version": ticket.version, "attach-file": file}
        client.post(f"/requests/{ticket.number}/files/", said)
        paper = {"title": FLAGGED, "file": SimpleUploadedFile(name, data), "collection": 1}
        manager.post("/cms/documents/add/", paper)
        several = {"title": FLAGGED, "files[]": SimpleUploadedFile(name, data)}
        manager.post("/cms/documents/multiple/add/", several)
    outbox.deliver_all()
    chain.seal()
    reset = next(m for m in mail.outbox if "new password" in m.subject.lower())
    link = re.search(r"/accounts/password/reset/key/(\S+)/", str(reset.body))
    assert link
    return {"session": session_key, "reset": link[1].partition("-")[2]}


@pytest.mark.django_db(transaction=True)
def test_no_canary_is_found_anywhere(log_lines: io.StringIO) -> None:
    world = build_world()
    secrets = plant(world)
    for canary in (
        FLAGGED,
        DATE,
        "canary-flagged",
        SSN,
        NEW_PASSWORD,
        PASSWORD,
        "canary-wrong-one",
    ):
        assert places(canary, log_lines) == [], canary
    # A link to a new password stands in its mail and nowhere else.
    assert places(secrets["reset"], log_lines) == ["mail: A new password for Team Portal"]
    # The key of a session stands where sessions are kept, and in no log and no mail.
    found = places(secrets["session"], log_lines)
    assert "log" not in found
    assert not [place for place in found if place.startswith(("mail", "core."))]


@pytest.mark.django_db(transaction=True)
def test_the_search_for_canaries_finds_one_that_is_there(log_lines: io.StringIO) -> None:
    """Or the test above could not fail."""
    world = build_world()
    world.member.title = "a canary that sits"
    world.member.save()
    logging.getLogger("x").warning("a canary that sits")
    cache.set("x", "a canary that sits")
    found = places("a canary that sits", log_lines)
    assert any(place.startswith("people.User") for place in found)
    assert "log" in found
    if connection.vendor == "sqlite":
        assert any(place.endswith((".sqlite3", "-wal")) for place in found)


def test_an_error_report_holds_nothing_that_was_typed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**arguments: Any) -> None:
        raise ValueError(arguments["email"])

    monkeypatch.setattr(invitations, "invite", fail)
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    line = settings.LOGGING["formatters"]["line"]
    handler.setFormatter(ClassOnly(line["format"], style=line["style"], defaults=line["defaults"]))
    logging.getLogger("django.request").addHandler(handler)
    client = Client(raise_request_exception=False)
    client.force_login(world.coordinator)
    data = {
        "email": "canary@example.org",
        "first_name": "Canary",
        "last_name": "B",
        "discipline": Discipline.objects.all()[0].pk,
        "center": Center.objects.get(slug="essex").pk,
    }
    assert client.post("/team/invite/", data).status_code == 500
    logging.getLogger("django.request").removeHandler(handler)
    assert "ValueError" in kept.getvalue()
    assert "anary" not in kept.getvalue()
