"""Certificates: frozen, made once, tagged, checkable by anyone, and in every script."""

import hashlib
import io
from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pypdf import PdfReader

from portal.core import assets, outbox
from portal.core.models import Effect
from portal.people import anonymising, leaving, merging
from tests.factories import UserFactory
from tests.training import learning_factories as make
from training import certificates, completions
from training.models import Certificate, Completion, CompletionAnnulment, ModulePage, SignOff

pytestmark = pytest.mark.django_db
NAMES = ["សុខា ចាន់", "王小明", "Nguyễn Thị Ánh", "محمد علي", "Zoë Müller-Łuć", "Иван Ґалаґан"]


@pytest.fixture
def module() -> ModulePage:
    objectives = [{"type": "line", "value": "Say what comes next"}]
    return make.make_release("T01", lessons=1, objectives=objectives)[0]


@pytest.fixture
def completion(module: ModulePage) -> Completion:
    at = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)  # still the 24th in Boston
    person = make.learner(first_name="Ana", last_name="Silva", title="Advocate")
    return make.complete(person, module, at=at)


def read(certificate: Certificate) -> PdfReader:
    return PdfReader(io.BytesIO(certificates.pdf(certificate)))


def test_it_freezes_what_was_promised_on_the_day(completion: Completion) -> None:
    certificate = certificates.issue(completion)
    content = certificate.content
    assert content["name"] == "Ana Silva"
    assert content["title"] == "Advocate"
    assert content["discipline"] == "CAC family or victim advocate"
    assert (content["module_code"], content["version"]) == ("T01", "1.1")
    assert content["completed_on"] == "2026-11-24"
    assert content["minutes"] == completion.minutes
    assert content["objectives"] == ["Say what comes next"]
    assert content["is_draft"]
    assert len(certificate.code) == 32
    person = completion.person
    person.chosen_name = "Ana Costa"
    person.save()
    certificate.refresh_from_db()
    assert certificate.content["name"] == "Ana Silva"


def test_contact_hours_are_cut_never_rounded_up() -> None:
    hours = [certificates.contact_hours(minutes) for minutes in (0, 1, 30, 50, 55, 59, 60, 90, 600)]
    assert hours == ["0", "0.01", "0.5", "0.83", "0.91", "0.98", "1", "1.5", "10"]


def test_the_handler_run_twice_makes_one_certificate(completion: Completion) -> None:
    effect = Effect.objects.get(kind="training.certificate")
    certificates.make(effect)
    first = Certificate.objects.get()
    assert outbox.deliver(effect.pk)
    certificates.make(effect)
    again = Certificate.objects.get()
    assert (again.code, again.pdf_sha256) == (first.code, first.pdf_sha256)


def test_a_worker_that_died_before_the_pdf_leaves_one_certificate_that_is_made(
    completion: Completion,
) -> None:
    certificate = certificates.issue(completion)
    default_storage.delete(certificate.file_name)
    Certificate.objects.update(pdf_sha256="")
    made = certificates.issue(completion)
    assert made.pk == certificate.pk
    assert default_storage.exists(made.file_name)


def test_an_annulled_completion_gets_no_certificate(completion: Completion) -> None:
    reason = CompletionAnnulment.Reason.ERROR
    completions.annul(completion=completion, reason=reason, by=completion.person)
    assert outbox.deliver_all() > 0
    assert not Certificate.objects.exists()


def test_the_same_content_gives_the_same_bytes(completion: Completion) -> None:
    certificate = certificates.issue(completion)
    stored = certificates.pdf(certificate)
    default_storage.delete(certificate.file_name)
    assert certificates.pdf(certificate) == stored
    assert hashlib.sha256(stored).hexdigest() == certificate.pdf_sha256


def test_the_pdf_is_tagged_has_a_language_and_a_title(completion: Completion) -> None:
    certificate = certificates.issue(completion)
    assert certificate.pdf_standard == "ua-1"
    pdf = read(certificate)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Certificate T01"
    text = " ".join(pdf.pages[0].extract_text().split())
    for words in (
        "Ana Silva",
        "Tue 24 Nov 2026",
        certificate.code,
        "Draft for staff, legal and survivor review: not yet reviewed.",
        "This is not an approval by any licensing board unless stated.",
    ):
        assert words in text


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_gets_a_certificate(completion: Completion, name: str) -> None:
    completion.person.chosen_name = name
    completion.person.save()
    certificate = certificates.issue(completion)
    assert certificate.is_ready
    assert read(certificate).trailer["/Root"]["/MarkInfo"]["/Marked"]
    if assets.CERTIFICATE_FONTS.is_dir():
        assert certificate.pdf_standard == "ua-1"


def test_a_script_without_a_font_is_noted_and_blocks_nothing(completion: Completion) -> None:
    completion.person.chosen_name = "ꦱꦸꦱꦶꦭ"  # Javanese
    completion.person.save()
    certificate = certificates.issue(completion)
    assert certificate.is_ready
    assert certificate.pdf_standard == ""


def test_a_signed_release_is_no_draft(completion: Completion) -> None:
    for kind in SignOff.Kind:
        SignOff.objects.create(
            page=completion.module, number=1, kind=kind, signed_by=completion.person
        )
    assert not certificates.issue(completion).content["is_draft"]


def test_a_reissue_supersedes_and_the_old_code_says_so(
    completion: Completion, client: Client
) -> None:
    old = certificates.issue(completion)
    completion.person.chosen_name = "Ana Costa"
    completion.person.save()
    new = certificates.reissue(old, by=completion.person)
    assert certificates.reissue(old, by=completion.person) == new
    assert new.content["name"] == "Ana Costa"
    page = client.get(f"/verify/{old.code}/").content.decode()
    assert "A newer certificate took its place" in page
    assert "genuine</h" not in page
    assert new.code not in page
    assert "This certificate is genuine" in client.get(f"/verify/{new.code}/").content.decode()


def test_anyone_can_verify_and_sees_what_the_paper_shows_and_no_more(
    completion: Completion, client: Client
) -> None:
    certificate = certificates.issue(completion)
    response = client.get(f"/verify/{certificate.code}/")
    page = response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "This certificate is genuine" in page
    assert "Ana Silva" in page
    assert completion.person.email not in page
    assert "Ana" not in page.split("<title>")[1].split("</title>")[0]


def test_an_unknown_code_is_a_404_page_that_says_so(client: Client) -> None:
    response = client.get(f"/verify/{'0' * 32}/")
    assert response.status_code == 404
    assert "No certificate has this code" in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_revoked_certificate_says_so(completion: Completion, client: Client) -> None:
    certificate = certificates.issue(completion)
    reason = CompletionAnnulment.Reason.WRONG_PERSON
    completions.annul(completion=completion, reason=reason, by=completion.person)
    page = client.get(f"/verify/{certificate.code}/").content.decode()
    assert "This certificate no longer counts" in page
    assert "genuine</h" not in page


def test_the_pdf_is_sent_to_its_owner(completion: Completion, client: Client) -> None:
    certificate = certificates.issue(completion)
    client.force_login(completion.person)
    response = client.get(f"/training/certificates/{certificate.code}.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content == certificates.pdf(certificate)
    client.force_login(make.learner())
    assert client.get(f"/training/certificates/{certificate.code}/").status_code == 404
    assert client.get(f"/media/{certificate.file_name}").status_code == 404


def test_a_new_name_is_put_on_a_new_certificate_by_its_owner_alone(completion: Completion) -> None:
    row = certificates.issue(completion)
    person = completion.person
    client = Client()
    client.force_login(person)
    path = f"/training/certificates/{row.code}/"
    assert "today&#x27;s name" not in client.get(path).content.decode()
    client.post(f"{path}again/")
    assert Certificate.objects.count() == 1  # nothing has changed, so nothing is made
    client.post("/me/", {"chosen_name": "Ana Costa", "title": "Advocate", "agency": ""})
    assert "Make a new one" in client.get(path).content.decode()
    answer = client.post(f"{path}again/")
    new = Certificate.objects.get(supersedes=row)
    assert answer["Location"] == f"/training/certificates/{new.code}/"
    assert new.content["name"] == "Ana Costa"
    assert (
        "A newer certificate took its place"
        in Client().get(f"/verify/{row.code}/").content.decode()
    )
    manager = UserFactory(roles=("manager",), is_statewide=True)
    client.force_login(manager)
    assert client.post(f"/training/certificates/{new.code}/again/").status_code == 404


def test_the_manager_annuls_and_whoever_verifies_is_told(completion: Completion) -> None:
    row = certificates.issue(completion)
    client = Client()
    client.force_login(UserFactory(roles=("manager",), is_statewide=True))
    path = f"/training/certificates/{row.code}/annul/"
    assert client.post(path, {}).status_code == 200
    assert not CompletionAnnulment.objects.exists()
    assert client.post(path, {"reason": "wrong_person"}).status_code == 302
    assert "no longer counts" in Client().get(f"/verify/{row.code}/").content.decode()
    assert Completion.objects.filter(pk=completion.pk).exists()


def test_a_certificate_of_a_merged_account_carries_the_persons_name(completion: Completion) -> None:
    person = UserFactory(first_name="Ana", last_name="Kept")
    manager = UserFactory(roles=("manager",), is_statewide=True)
    merging.merge(completion.person, person, by=manager)
    assert certificates.content_of(completion)["name"] == "Ana Kept"


def test_the_name_goes_from_a_certificate_when_its_person_is_anonymised(
    completion: Completion,
) -> None:
    row = certificates.issue(completion)
    manager = UserFactory(roles=("manager",), is_statewide=True)
    leaving.leave(completion.person, by=manager)
    anonymising.anonymise(completion.person, by=manager)
    outbox.deliver_all()
    row.refresh_from_db()
    page = Client().get(f"/verify/{row.code}/").content.decode()
    assert "Silva" not in page
    assert "(name removed)" in page
    assert "Silva" not in "".join(sheet.extract_text() for sheet in read(row).pages)
    assert row.is_ready
    assert Completion.objects.standing().filter(pk=completion.pk).exists()
