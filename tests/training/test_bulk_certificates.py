"""A team's certificates in one file: whose, of which days, and under which names."""

import csv
import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.events import kind_of
from portal.core.models import Event
from portal.people.models import Center, Discipline, User
from tests.training import learning_factories as make
from tests.world import World
from training import certificate_archive, certificates, completions
from training.models import Certificate, CompletionAnnulment, ModulePage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 10, 16, tzinfo=UTC)
ZIP = "/team/certificates.zip"
PAGE = "/team/certificates/"


@pytest.fixture
def module(db: None) -> ModulePage:
    return make.make_release("F01", lessons=1)[0]


def certify(person: User, module: ModulePage, at: datetime = NOON) -> Certificate:
    return certificates.issue(make.complete(person, module, at=at), at=at)


def opened(client: Client, user: User, **query: object) -> zipfile.ZipFile:
    client.force_login(user)
    answer = client.get(ZIP, query)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="certificates.zip"'
    return zipfile.ZipFile(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]


def pdfs(file: zipfile.ZipFile) -> list[str]:
    return [name for name in file.namelist() if name.endswith(".pdf")]


def index_of(file: zipfile.ZipFile) -> list[dict[str, str]]:
    text = file.read("index.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_holds_each_certificate_as_it_is_stored_and_a_list(
    world: World, module: ModulePage, client: Client
) -> None:
    row = certify(world.member, module)
    file = opened(client, world.coordinator)
    assert file.testzip() is None
    assert pdfs(file) == ["member-robin-f01-2026-09-10.pdf"]
    with default_storage.open(row.file_name) as stored:
        assert file.read("member-robin-f01-2026-09-10.pdf") == stored.read()
    line = index_of(file)[0]
    assert line["Name"] == "Robin Member"
    assert (line["Module"], line["Version"], line["Date"]) == ("F01", "1.1", "2026-09-10")
    assert (line["Clock minutes"], line["Certificate"]) == (str(row.content["minutes"]), row.code)
    assert line["File"] == "member-robin-f01-2026-09-10.pdf"


def test_a_coordinator_gets_the_own_centers_and_the_manager_everyone(
    world: World, module: ModulePage, client: Client
) -> None:
    certify(world.member, module)
    certify(world.other_member, module)
    bristol = Center.objects.get(slug="bristol")
    assert len(pdfs(opened(client, world.manager))) == 2
    assert pdfs(opened(client, world.coordinator)) == ["member-robin-f01-2026-09-10.pdf"]
    assert pdfs(opened(client, world.manager, center=bristol.pk)) == [
        "other-lee-f01-2026-09-10.pdf"
    ]
    client.force_login(world.coordinator)
    refused = client.get(ZIP, {"center": bristol.pk})
    assert refused.headers["Content-Type"].startswith("text/html")
    client.force_login(world.other_coordinator)
    assert "No certificate was found" in client.get(ZIP).content.decode()
    client.force_login(world.member)
    assert client.get(ZIP).status_code == 404
    assert client.get(PAGE).status_code == 404


def test_discipline_and_days_filter_and_days_are_those_of_boston(
    world: World, module: ModulePage, client: Client
) -> None:
    nurse = make.learner(discipline=Discipline.objects.get(slug="medical"), last_name="Nurse")
    certify(nurse, module, at=datetime(2026, 9, 11, 3, tzinfo=UTC))  # the 10th, 11 pm
    certify(world.member, module, at=datetime(2026, 9, 11, 5, tzinfo=UTC))
    medical = Discipline.objects.get(slug="medical").pk
    assert len(pdfs(opened(client, world.coordinator, discipline=medical))) == 1

    def until(**query: str) -> list[str]:
        return [name[:5] for name in pdfs(opened(client, world.coordinator, **query))]

    assert until(until="2026-09-10") == ["nurse"]
    assert until(since="2026-09-11") == ["membe"]
    assert until(since="2026-09-10", until="2026-09-11") == ["membe", "nurse"]


def test_only_what_stands_and_is_made_is_in_the_file(
    world: World, module: ModulePage, client: Client
) -> None:
    old = certify(world.member, module)
    world.member.chosen_name = "Robin Costa"
    world.member.save()
    new = certificates.reissue(old, by=world.member)
    assert [line["Certificate"] for line in index_of(opened(client, world.coordinator))] == [
        new.code
    ]
    reason = CompletionAnnulment.Reason.ERROR
    completions.annul(completion=old.completion, reason=reason, by=world.manager)
    client.force_login(world.coordinator)
    assert "No certificate was found" in client.get(ZIP).content.decode()
    certify(world.trainer, module)
    Certificate.objects.filter(completion__person=world.trainer).update(pdf_sha256="")
    assert "No certificate was found" in client.get(ZIP).content.decode()


def test_names_are_latin_neutral_each_once_and_lead_nowhere_else(
    world: World, module: ModulePage, client: Client
) -> None:
    names = [
        ("Zoë", "Müller-Łuć"),
        ("../../etc", "passwd/.."),
        ("..\\..", "C:\\x"),
        ("សុខា", "ចាន់"),
        ("Ann", "Lee"),
        ("ann", "LEE"),
        ("=cmd", "\r\nX"),
    ]
    for first, last in names:
        certify(make.learner(first_name=first, last_name=last), module)
    file = opened(client, world.coordinator)
    found = pdfs(file)
    assert len(found) == len(set(found)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_-]+\.pdf", name) for name in found)
    assert "lee-ann-f01-2026-09-10.pdf" in found
    assert "lee-ann-f01-2026-09-10-2.pdf" in found
    assert any(name.startswith("person-") for name in found)
    assert not any(line["Name"].startswith("=") for line in index_of(file))


def test_more_than_one_file_holds_is_refused_with_a_way_out(
    world: World, module: ModulePage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate_archive, "MOST", 2)
    for person in (world.member, world.trainer, world.coordinator):
        certify(person, module)
    client.force_login(world.coordinator)
    for path in (PAGE, ZIP):
        page = client.get(path).content.decode()
        assert "3 certificates were found, and one file holds at most 2" in page
        assert "Download them" not in page
    assert not Event.objects.filter(kind="team.certificates_exported").exists()


def test_the_page_counts_and_leads_to_the_same_choice(
    world: World, module: ModulePage, client: Client
) -> None:
    certify(world.member, module)
    client.force_login(world.coordinator)
    page = client.get(PAGE, {"since": "2026-09-01"}).content.decode()
    assert "1 certificate was found" in page
    assert f"{ZIP}?since=2026-09-01" in page
    assert not Event.objects.filter(kind="team.certificates_exported").exists()


@pytest.mark.parametrize(
    "query",
    [
        {"since": "9999-12-31"},
        {"until": "0001-01-01"},
        {"since": "2026-02-30"},
        {"since": "2026-09-10", "until": "2026-09-09"},
        {"center": "9" * 40},
    ],
)
def test_days_that_cannot_be_right_are_told_and_give_no_file(
    world: World, module: ModulePage, client: Client, query: dict[str, str]
) -> None:
    certify(world.member, module)
    client.force_login(world.coordinator)
    for path in (PAGE, ZIP):
        answer = client.get(path, query)
        assert answer.status_code == 200
        assert "error-summary" in answer.content.decode()


def test_the_audit_says_who_took_how_many_and_keeps_it_as_access(
    world: World, module: ModulePage, client: Client
) -> None:
    certify(world.member, module)
    opened(client, world.coordinator)
    event = Event.objects.get(kind="team.certificates_exported")
    assert (event.actor_id, event.data) == (world.coordinator.pk, {"certificates": 1})
    assert kind_of("team.certificates_exported").is_access


def test_the_file_asks_the_same_number_of_queries_at_any_size(
    world: World, module: ModulePage, client: Client
) -> None:
    certify(world.member, module)
    opened(client, world.coordinator)
    counts = []
    for size in (1, 6):
        for _ in range(size):
            certify(make.learner(), module)
        with CaptureQueriesContext(connection) as queries:
            opened(client, world.coordinator)
        counts.append(len(queries))
    assert counts[0] == counts[1]
