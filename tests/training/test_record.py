"""The transcript: whole, in years, as a page, a table and a paper."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pypdf import PdfReader

from portal.core.tables import csv_response, safe
from portal.people.models import PersonAlias, User
from tests.training import learning_factories as make
from training import certificates, completions, measures, transcript
from training.models import CompletionAnnulment, ModulePage

pytestmark = pytest.mark.django_db
Counted = Callable[..., object]


@pytest.fixture
def modules() -> list[ModulePage]:
    return [make.make_release(f"T0{n}", lessons=1)[0] for n in range(1, 5)]


@pytest.fixture
def person(modules: list[ModulePage]) -> User:
    """Three completions: two fiscal years, two calendar years, one on the last evening of June."""
    person = make.learner(first_name="Ana", last_name="Silva")
    for page, at in zip(
        modules,
        [
            datetime(2026, 7, 1, 3, 0, tzinfo=UTC),  # 30 June, 11 pm in Boston
            datetime(2026, 7, 1, 5, 0, tzinfo=UTC),
            datetime(2027, 1, 1, 4, 0, tzinfo=UTC),  # 31 December
        ],
        strict=False,
    ):
        certificates.issue(make.complete(person, page, at=at), at=at)
    return person


def test_totals_by_year_follow_days_in_boston(person: User) -> None:
    record = transcript.of(person)
    minutes = record.lines[0].minutes
    assert record.total.minutes == 3 * minutes
    assert [(t.label, t.count) for t in record.fiscal_years] == [("FY 2027", 2), ("FY 2026", 1)]
    assert [(t.label, t.minutes) for t in record.calendar_years] == [("2026", 3 * minutes)]
    assert transcript.fiscal_year(date(2026, 6, 30)) == 2026
    assert transcript.fiscal_year(date(2026, 7, 1)) == 2027


def test_the_page_shows_minutes_hours_and_certificates(person: User, client: Client) -> None:
    client.force_login(person)
    page = client.get("/me/transcript/").content.decode()
    line = transcript.of(person).lines[0]
    assert f"{line.minutes} min" in page
    assert f"/training/certificates/{line.certificate.code}/" in page  # type: ignore[union-attr]
    assert "Thu 31 Dec 2026" in page


def test_an_empty_record_says_what_will_appear(client: Client) -> None:
    client.force_login(make.learner())
    page = client.get("/me/transcript/").content.decode()
    assert "Nothing is completed yet" in page
    assert 'href="/training/"' in page
    assert client.get("/me/transcript.pdf").status_code == 200


def test_what_merged_accounts_completed_is_in_the_record(
    person: User, modules: list[ModulePage]
) -> None:
    alias = make.learner()
    make.complete(alias, modules[3])
    PersonAlias.objects.create(alias=alias, person=person, merged_by=alias)
    assert len(transcript.of(person).lines) == 4


def test_an_annulled_completion_is_not_in_the_record(person: User) -> None:
    completion = transcript.of(person).lines[0].completion
    reason = CompletionAnnulment.Reason.DUPLICATE
    completions.annul(completion=completion, reason=reason, by=person)
    assert len(transcript.of(person).lines) == 2


def test_the_csv_holds_one_line_a_completion(person: User, client: Client) -> None:
    client.force_login(person)
    response = client.get("/me/transcript.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][0] == "Date"
    assert [row[0] for row in rows[1:]] == ["2026-12-31", "2026-07-01", "2026-06-30"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    assert safe(text) == f"'{text}"
    body = csv_response("a.csv", ["a"], [[text]]).content.decode("utf-8-sig")
    assert f"'{text}" in body


def test_numbers_days_and_plain_text_stay_as_they_are() -> None:
    assert [safe(v) for v in (5, -5, "a=b", None, date(2026, 1, 2))] == [
        5,
        -5,
        "a=b",
        "",
        "2026-01-02",
    ]


def test_the_pdf_is_tagged_and_holds_every_line(person: User, client: Client) -> None:
    client.force_login(person)
    pdf = PdfReader(io.BytesIO(client.get("/me/transcript.pdf").content))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    text = "".join(page.extract_text() for page in pdf.pages)
    for line in transcript.of(person).lines:
        assert line.completion.release.code in text


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_asks_the_same_number_of_queries_at_any_size(
    client: Client,
    modules: list[ModulePage],
    count: int,
    django_assert_max_num_queries: Counted,
) -> None:
    person = make.learner()
    for page in modules[:count]:
        certificates.issue(make.complete(person, page))
    client.force_login(person)
    client.get("/me/transcript/")
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        client.get("/me/transcript/")


def test_measures_count_completions_people_and_minutes_once(
    person: User, modules: list[ModulePage]
) -> None:
    alias, other = make.learner(), make.learner(center="bristol")
    at = datetime(2026, 9, 1, tzinfo=UTC)
    make.complete(alias, modules[3], at=at)
    make.complete(other, modules[0], at=at)
    PersonAlias.objects.create(alias=alias, person=person, merged_by=other)
    start, end = datetime(2026, 7, 1, 4, tzinfo=UTC), datetime(2027, 7, 1, 4, tzinfo=UTC)
    rows = measures.completions_in(start, end)
    minutes = rows[0].minutes
    assert measures.total(rows) == measures.Tally("", 4, 2, 4 * minutes)
    by_center = {t.cut: (t.completions, t.persons) for t in measures.by_center(rows)}
    assert by_center == {"Essex County center": (3, 1), "Bristol County center": (1, 1)}
    assert [t.completions for t in measures.by_discipline(rows)] == [4]
    assert [t.cut for t in measures.by_module(rows)] == ["T01", "T02", "T03", "T04"]
