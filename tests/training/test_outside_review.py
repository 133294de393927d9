"""The review of outside training, as its pages do it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.training import outside_making as make
from tests.training.outside_making import as_, main, text
from tests.world import World
from training import needs, outside
from training.models import Completion, CreditAward, OutsideTraining

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_papers() -> Any:
    make.empty()
    yield
    make.empty()


def accepting(row: OutsideTraining, **changes: Any) -> dict[str, Any]:
    rule = make.rule("csec-mdt-14")
    return {
        "version": row.version,
        "title": row.title,
        "completed_on": row.completed_on.isoformat(),
        "hours": "3",
        "minutes": "0",
        "topics": row.topics,
        f"counts_{rule.pk}": "on",
        **changes,
    }


def test_a_specialist_accepts_with_corrections_and_a_mapping(world: World) -> None:
    row = make.handed_in(world.member, topics=["child-development"])
    client, at = as_(world.specialist), f"/training/outside/{row.pk}/review/"
    page = client.get(at)
    text_ = main(page)
    assert "CSEC training of the team, 14 hours" in text_
    initial = make.rule("advocate-initial")
    assert page.context["accept"][f"category_{initial.pk}"].value() == "advocate-competency"
    said = accepting(
        row,
        hours="2",
        **{
            f"counts_{initial.pk}": "on",
            f"minutes_{initial.pk}": "60",
            f"category_{initial.pk}": "advocate-competency",
        },
    )
    assert client.post(at, said)["Location"] == "/training/outside/"
    assert {a.rule.slug: a.minutes for a in CreditAward.objects.all()} == {
        "csec-mdt-14": 120,
        "advocate-initial": 60,
    }
    assert "Accepted" in main(as_(world.member).get("/me/outside/"))
    assert "Its paper" in text(as_(world.member).get("/me/transcript/"))
    csv = text(as_(world.member).get("/me/transcript.csv"))
    assert "Outside training: Example Regional Training Center" in csv
    assert as_(world.member).get("/me/transcript.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("completed_on", "2999-01-01"),
        ("hours", "0"),
        ("topics", []),
        ("version", "x"),
        ("minutes_{rule}", "181"),
        ("minutes_{rule}", "0"),
        ("minutes_{rule}", "9" * 40),
        ("approval_{rule}", "x" * 61),
        ("approval_{rule}", "DOB 04/12/2010"),
    ],
)
def test_a_review_that_cannot_be_right_comes_back(world: World, field: str, value: Any) -> None:
    row = make.handed_in(world.member)
    name = field.format(rule=make.rule("csec-mdt-14").pk)
    client = as_(world.specialist)
    answer = client.post(f"/training/outside/{row.pk}/review/", accepting(row, **{name: value}))
    assert answer.status_code == 200
    assert answer.context["accept"].errors
    assert not Completion.objects.exists()


def test_a_requirement_that_is_not_offered_is_no_choice(world: World) -> None:
    row = make.handed_in(world.member)
    foreign = make.rule("fi-initial")
    said = accepting(row, **{f"counts_{foreign.pk}": "on"})
    as_(world.specialist).post(f"/training/outside/{row.pk}/review/", said)
    assert {award.rule.slug for award in CreditAward.objects.all()} == {"csec-mdt-14"}


def test_what_stands_beside_an_unticked_one_does_not_matter(world: World) -> None:
    row = make.handed_in(world.member)
    said = accepting(row, **{f"minutes_{make.rule('mdt-annual').pk}": "999999"})
    answer = as_(world.specialist).post(f"/training/outside/{row.pk}/review/", said)
    assert answer.status_code == 302


def test_the_review_does_not_say_which_licence_a_person_holds(world: World) -> None:
    row = make.handed_in(world.member)
    at = f"/training/outside/{row.pk}/review/"
    before = main(as_(world.specialist).get(at))
    needs.name_licence(world.member, make.rule("licsw"), cycle_ends_on=date(2027, 6, 15))
    strip = "csrfmiddlewaretoken"
    lines = [line for line in before.splitlines() if strip not in line]
    after = [line for line in main(as_(world.specialist).get(at)).splitlines() if strip not in line]
    assert lines == after
    assert "LICSW" in before


def test_it_is_sent_back_with_a_reason_of_the_list(world: World) -> None:
    row = make.handed_in(world.member)
    client, at = as_(world.specialist), f"/training/outside/{row.pk}/review/"
    answer = client.post(at, {"back-version": "1", "back-reason": "because"})
    assert answer.context["back"].errors
    assert client.post(at, {"back-version": "1", "back-reason": "no_name"}).status_code == 302
    assert "does not carry the person" in main(client.get("/training/outside/?view=reviewed"))
    assert client.get(at)["Location"] == row.get_absolute_url()


def test_what_was_decided_or_sent_anew_meanwhile_is_told(world: World) -> None:
    row = make.handed_in(world.member)
    client, at = as_(world.specialist), f"/training/outside/{row.pk}/review/"
    outside.send_back(row, by=world.manager, version=1, reason="day")
    answer = client.post(at, accepting(row), follow=True)
    assert "decided meanwhile" in text(answer)
    row.refresh_from_db()
    outside.send_again(row, make.facts(), by=world.member, key=uuid4(), version=1)
    moved = client.post(at, accepting(row, title="As the paper says", version="1"))
    assert moved.status_code == 409
    assert "As the paper says" in main(moved)
    assert moved.context["accept"]["version"].value() == "2"
    assert client.post(at, {"back-version": "1", "back-reason": "day"}).status_code == 409
    assert not Completion.objects.exists()


def test_ones_own_is_not_there_to_review(world: World) -> None:
    row = make.handed_in(world.specialist)
    client = as_(world.specialist)
    assert client.get(f"/training/outside/{row.pk}/review/").status_code == 404
    assert row.title not in main(client.get("/training/outside/"))
    assert row.title in main(as_(world.manager).get("/training/outside/"))


def test_the_manager_annuls_and_the_record_says_so(world: World) -> None:
    row = make.accepted(world.member, by=world.specialist)
    client, at = as_(world.manager), f"/training/outside/{row.pk}/annul/"
    assert "does not count" in main(client.get(row.get_absolute_url()))
    assert client.post(at, {"reason": "no such"}).status_code == 200
    assert client.post(at, {"reason": "error"})["Location"] == row.get_absolute_url()
    shown = main(as_(world.member).get(row.get_absolute_url()))
    assert "It does not count since" in shown
    assert "Recorded in error" in shown
    assert "does not count any more" in main(as_(world.member).get("/me/outside/")).lower()
    waiting = make.handed_in(world.member)
    assert client.get(f"/training/outside/{waiting.pk}/annul/").status_code == 404
