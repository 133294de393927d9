"""What the pages show of credit, and what they count once."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from pypdf import PdfReader

from portal.core.models import Event
from portal.people import merging
from portal.people.models import Discipline
from tests.training import learning_factories as make
from tests.training.credit_making import DAY, NOON, SAID, again, award, offer, rule
from tests.world import World
from training import credit, evaluations, needs, transcript
from training.models import (
    ModulePage,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(db: None) -> ModulePage:
    return make.make_release("F01", lessons=1)[0]


# What the pages show ----------------------------------------------------------------------------


def test_the_record_names_requirement_authority_and_approval(
    world: World, module: ModulePage, client: Client
) -> None:
    needs.name_licence(world.member, rule(), cycle_ends_on=date(2027, 6, 15))
    offer(module)
    make.complete(world.member, module)
    client.force_login(world.member)
    for path in ("/me/transcript/", "/me/needs/", "/me/transcript.csv"):
        page = client.get(path).content.decode()
        assert "NASW-77" in page, path
        assert rule().standard in page, path
    pdf = PdfReader(io.BytesIO(client.get("/me/transcript.pdf").content))
    assert "NASW-77" in "".join(page.extract_text() for page in pdf.pages)
    client.force_login(world.coordinator)
    theirs = client.get(f"/team/people/{world.member.pk}/needs/").content.decode()
    assert "NASW-77" not in theirs  # which licence is held stays the person's own
    assert "What counted" in theirs


def test_credit_of_requirements_that_are_not_ones_own_is_not_shown(
    world: World, module: ModulePage, client: Client
) -> None:
    offer(module)
    offer(module, "police-in-service", approval_number="MPTC-1")
    completion = make.complete(world.member, module)
    assert award(completion, "police-in-service") is not None
    client.force_login(world.member)
    page = client.get("/me/transcript/").content.decode()
    assert "NASW-77" not in page
    assert "MPTC-1" not in page
    world.member.discipline = Discipline.objects.get(slug="law-enforcement-local")
    world.member.save()
    assert "MPTC-1" in client.get("/me/transcript/").content.decode()


def test_my_record_counts_a_module_of_two_merged_accounts_once_and_shows_both(
    world: World, module: ModulePage, client: Client
) -> None:
    alias = make.learner()
    first = make.complete(world.member, module, at=NOON)
    make.complete(alias, module, at=NOON + DAY)
    merging.merge(alias, world.member, by=world.manager)
    record = transcript.of(world.member)
    assert [line.is_repeat for line in record.lines] == [True, False]
    assert (record.total.minutes, record.total.count) == (first.minutes, 1)
    assert [(t.minutes, t.count) for t in record.fiscal_years] == [(first.minutes, 1)]
    client.force_login(world.member)
    page = client.get("/me/transcript/").content.decode()
    assert page.count("Counted once") == 1
    assert f"1 training, {first.minutes} min" in page
    body = client.get("/me/transcript.csv").content.decode("utf-8-sig")
    assert [row[-1] for row in csv.reader(io.StringIO(body))] == ["Note", "Counted once", ""]
    pdf = PdfReader(io.BytesIO(client.get("/me/transcript.pdf").content))
    text = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    assert "in 1 completed training." in text
    assert "counted once" in text


def test_a_module_taken_again_in_a_later_cycle_is_no_repeat(module: ModulePage) -> None:
    first = make.complete(make.learner(), module, at=NOON)
    again(first, NOON + 400 * DAY)
    record = transcript.of(first.person)
    assert not any(line.is_repeat for line in record.lines)
    assert record.total.minutes == 2 * first.minutes


def test_what_the_night_will_award_says_so(
    world: World, module: ModulePage, client: Client
) -> None:
    needs.name_licence(world.member, rule(), cycle_ends_on=date(2027, 6, 15))
    make.complete(world.member, module)
    offer(module)
    client.force_login(world.member)
    assert "is awarded within a night" in client.get("/me/needs/").content.decode()
    credit.award_missing()
    assert "is awarded within a night" not in client.get("/me/needs/").content.decode()


def test_awards_leave_no_event_that_would_tell_when_an_evaluation_was_given(
    module: ModulePage,
) -> None:
    offer(module, needs_evaluation=True)
    completion = make.complete(make.learner(), module)
    before = Event.objects.count()
    evaluations.give(completion=completion, said=SAID)
    assert Event.objects.count() == before
