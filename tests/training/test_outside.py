"""Outside training: handed in, reviewed, counted, taken back; what becomes of its paper."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.core.models import Event
from portal.people import merging
from portal.people.models import Discipline
from tests.factories import UserFactory
from tests.posting import delivered
from tests.training import outside_making as make
from tests.world import World
from training import (
    completions,
    needs,
    outside,
    outside_papers,
    policies,
    team,
    transcript,
)
from training.models import Completion, CreditAward, CreditOffer, OutsideTraining
from training.outside import Counts

pytestmark = pytest.mark.django_db
CSEC = "csec-mdt-14"


@pytest.fixture(autouse=True)
def no_papers() -> Any:
    make.empty()
    yield
    make.empty()


def minutes_of(person: Any, slug: str = CSEC) -> int:
    found = {need.rule.slug: need for need in needs.of(person)}
    part = found[slug].standing.minutes
    assert part is not None
    return part.have


# Handing in --------------------------------------------------------------------------------------


def test_handing_in_twice_with_one_key_makes_one_record(world: World) -> None:
    key, paper = uuid4(), make.upload("one")
    rows = [outside.hand_in(make.facts(), paper, by=world.member, key=key) for _ in range(2)]
    assert rows[0] == rows[1]
    assert len(make.stored()) == 1
    with pytest.raises(outside.NotAllowed):
        outside.hand_in(make.facts(), make.upload(), by=world.other_member, key=key)
    event = Event.objects.get(kind="training.outside_handed_in")
    assert make.TITLE not in str(event.data)


def test_the_same_paper_is_refused_and_the_same_title_only_noticed(world: World) -> None:
    first = make.handed_in(world.member, paper="one")
    with pytest.raises(outside.Twice) as refused:
        make.handed_in(world.member, paper="one", title="Another")
    assert refused.value.row == first
    second = make.handed_in(world.member, paper="two", title=make.TITLE.upper())
    assert list(outside.alike(second)) == [first]
    other = make.handed_in(world.other_member, paper="one")  # a paper may name two people
    assert list(outside.alike(other)) == []


def test_what_was_withdrawn_or_annulled_may_be_handed_in_anew(world: World) -> None:
    outside.withdraw(make.handed_in(world.member, paper="one"), by=world.member)
    row = make.handed_in(world.member, paper="one")
    make.accept(row, by=world.specialist)
    with pytest.raises(outside.Twice):
        make.handed_in(world.member, paper="one")
    row.refresh_from_db()
    completions.annul(completion=row.completion, reason="error", by=world.manager)
    assert make.handed_in(world.member, paper="one").pk


def test_who_has_left_hands_nothing_in(world: World) -> None:
    with pytest.raises(outside.NotAllowed):
        make.handed_in(UserFactory(is_active=False))
    assert make.stored() == []


def test_the_paper_lies_under_a_name_that_says_nothing(world: World) -> None:
    row = make.handed_in(world.member, paper="one")
    assert row.file.name.startswith("outside/")
    assert "certificate" not in row.file.name
    assert len(row.sha256) == 64


def test_a_paper_whose_row_was_not_stored_is_not_kept(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.handed_in(world.member, minutes=0)
    assert make.stored() == []


# Sent back, and sent again -----------------------------------------------------------------------


def returned(world: World, **changes: Any) -> OutsideTraining:
    row = make.handed_in(world.member, **changes)
    return outside.send_back(row, by=world.specialist, version=1, reason="unreadable")


def again(row: OutsideTraining, world: World, **more: Any) -> OutsideTraining:
    said = {"by": world.member, "key": uuid4(), "version": row.version, **more}
    return outside.send_again(row, said.pop("facts", make.facts()), **said)


def test_what_came_back_is_sent_again_with_the_same_paper_or_another(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    row = returned(world, paper="one")
    kept = again(row, world, facts=make.facts(minutes=90))
    assert (kept.state, kept.version, kept.minutes) == ("sent", 2, 90)
    assert kept.file.name == row.file.name
    outside.send_back(kept, by=world.manager, version=2, reason="minutes")
    kept.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        other = again(kept, world, upload=make.upload("two"))
    assert other.version == 3
    assert make.stored() == [other.file.name.partition("/")[2]]


def test_sending_again_twice_is_harmless_and_an_old_page_is_told(world: World) -> None:
    row, key = returned(world), uuid4()
    for _ in range(2):
        assert again(row, world, key=key).version == 2
    with pytest.raises(outside.Stale):
        again(row, world)
    with pytest.raises(outside.NotAllowed):
        again(row, world, by=world.other_member)


def test_without_a_paper_nothing_is_sent_again(world: World) -> None:
    row = returned(world)
    outside_papers.purge([row])
    with pytest.raises(outside.NoPaper):
        again(row, world)


def test_withdrawing_removes_the_paper_at_once(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    row = make.handed_in(world.member)
    with pytest.raises(outside.NotAllowed):
        outside.withdraw(row, by=world.specialist)
    with django_capture_on_commit_callbacks(execute=True):
        outside.withdraw(row, by=world.member)
    outside.withdraw(row, by=world.member)
    row.refresh_from_db()
    assert (row.state, row.name, row.sha256, bool(row.file)) == ("withdrawn", "", "", False)
    assert make.stored() == []
    taken = make.accepted(world.member, by=world.specialist)
    with pytest.raises(outside.Stale):
        outside.withdraw(taken, by=world.member)


# The review --------------------------------------------------------------------------------------


def test_accepting_makes_a_completion_offers_and_awards(world: World) -> None:
    day = date(2026, 3, 8)  # the clocks change
    row = make.handed_in(world.member, completed_on=day, topics=["court-support", "trauma"])
    counts = [
        Counts(make.rule(CSEC)),
        Counts(make.rule("advocate-initial"), 90, "advocate-competency"),
        Counts(make.rule("licsw"), 60, "", "NASW-77"),
    ]
    done = make.accept(row, by=world.specialist, counts=counts, minutes=170)
    completion = Completion.objects.get()
    at = timezone.localtime(completion.completed_at)
    assert (at.date(), at.hour, completion.minutes) == (day, 12, 170)
    assert (completion.person, completion.outside) == (world.member, done)
    assert completion.center is not None
    assert completion.center.slug == "essex"
    assert completion.discipline == world.member.discipline
    awards = {award.rule.slug: award for award in CreditAward.objects.all()}
    assert {slug: award.minutes for slug, award in awards.items()} == {
        CSEC: 170,
        "advocate-initial": 90,
        "licsw": 60,
    }
    assert awards["licsw"].approval_number == "NASW-77"
    assert {(o.valid_from, o.valid_to) for o in CreditOffer.objects.all()} == {(day, day)}
    found = {need.rule.slug: need for need in needs.of(world.member)}
    covered = found["advocate-initial"].standing.progress[1]
    assert (covered.clause.kind, covered.have) == ("distinct", 1)
    event = Event.objects.get(kind="training.outside_accepted")
    assert event.data["corrected"] == ["minutes"]
    assert event.center_id == completion.center_id


def test_today_it_is_completed_before_now(world: World) -> None:
    make.accepted(world.member, by=world.manager, completed_on=timezone.localdate())
    row = Completion.objects.get()
    assert row.completed_at <= timezone.now()
    assert timezone.localdate(row.completed_at) == timezone.localdate()


def test_three_accepted_hours_lift_the_fourteen(world: World) -> None:
    before = minutes_of(world.member)
    make.accepted(world.member, by=world.specialist)
    assert minutes_of(world.member) == before + 180
    seen = needs.of_many(team.roster(world.coordinator))[world.member.pk]
    csec = next(need for need in seen if need.rule.slug == CSEC).standing.minutes
    assert csec is not None
    assert csec.have == before + 180
    record = transcript.of(world.member, with_credit=True)
    assert [(line.name, line.minutes) for line in record.lines] == [(make.TITLE, 180)]
    assert record.lines[0].provider == make.PROVIDER
    assert transcript.as_data(record, timezone.localdate())["lines"][0]["provider"]


def test_a_largest_share_of_outside_hours_is_kept_to(world: World) -> None:
    rule = make.rule(CSEC)
    rule.clauses.create(kind="share", label="A tenth", category="outside", share=10, order=9)
    make.accepted(world.member, by=world.specialist)
    found = next(n for n in needs.of(world.member) if n.rule == rule)
    assert found.standing.minutes is not None
    assert (found.standing.minutes.have, found.standing.capped) == (84, 96)


def test_reviewing_twice_is_harmless_and_two_reviewers_are_told(world: World) -> None:
    row = make.handed_in(world.member)
    for _ in range(2):
        make.accept(row, by=world.specialist, counts=[Counts(make.rule(CSEC))])
    assert Completion.objects.count() == 1
    with pytest.raises(outside.Stale):
        make.accept(row, by=world.manager)
    with pytest.raises(outside.Stale):
        outside.send_back(row, by=world.manager, version=1, reason="day")


def test_a_review_of_what_was_sent_anew_is_told(world: World) -> None:
    row = make.handed_in(world.member)
    outside.send_back(row, by=world.manager, version=1, reason="day")
    row.refresh_from_db()
    again(row, world)
    with pytest.raises(outside.Stale):
        outside.accept(row, make.corrected(row), [], by=world.specialist, version=1)
    assert not Completion.objects.exists()


def test_nobody_reviews_their_own_in_whichever_account(world: World) -> None:
    own = make.handed_in(world.specialist)
    other = UserFactory()
    merged = make.handed_in(other)
    merging.merge(other, into=world.specialist, by=world.manager)
    for row in (own, merged):
        with pytest.raises(outside.NotAllowed):
            make.accept(row, by=world.specialist)
        assert row not in OutsideTraining.objects.to_review_by(world.specialist)
        assert row in OutsideTraining.objects.to_review_by(world.manager)
    for person in (world.coordinator, world.trainer, world.author, world.member):
        with pytest.raises(outside.NotAllowed):
            make.accept(own, by=person)


def test_who_sees_is_one_rule(world: World) -> None:
    rows = [
        make.handed_in(world.member),
        make.accepted(world.member, by=world.specialist),
        make.accepted(world.other_member, by=world.specialist),
        make.handed_in(world.coordinator),
    ]
    for person in world.people.values():
        for row in rows:
            seen = OutsideTraining.objects.visible_to(person).filter(pk=row.pk).exists()
            assert policies.can_see_outside(person, row) is seen


def test_an_annulled_one_counts_nowhere(world: World) -> None:
    row = make.accepted(world.member, by=world.specialist)
    completions.annul(completion=row.completion, reason="duplicate", by=world.manager)
    assert minutes_of(world.member) == 0
    assert OutsideTraining.objects.with_outcome().get(pk=row.pk).is_annulled


def test_licences_are_not_offered_by_who_holds_them(world: World) -> None:
    needs.name_licence(world.member, make.rule("licsw"), cycle_ends_on=date(2027, 6, 15))
    row = make.handed_in(world.member)
    assert not any(rule.is_licence for rule in outside.rules_for(row))
    assert {"licsw", "nurse"} <= {rule.slug for rule in outside.licence_rules()}


def test_a_profession_brings_its_requirements_to_the_review(world: World) -> None:
    person = UserFactory(discipline=Discipline.objects.get(slug="forensic-interviewer"))
    slugs = {rule.slug for rule in outside.rules_for(make.handed_in(person))}
    assert slugs == {CSEC, "mdt-annual", "fi-initial", "fi-ongoing"}


def test_the_person_is_mailed_without_a_word_of_it(world: World) -> None:
    delivered()
    row = returned(world)
    again(row, world)
    row.refresh_from_db()
    make.accept(row, by=world.specialist)
    every = delivered()
    for message in every:
        for word in (make.TITLE, make.PROVIDER, world.member.last_name, "unreadable"):
            assert word not in message.subject + message.body
    news = [message for message in every if row.get_absolute_url() in message.body]
    assert news
    assert all(message.to == [world.member.email] for message in news)


def test_who_may_review_is_told_once_a_day_and_never_of_the_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered()
    make.handed_in(world.specialist)
    reviewers = {world.manager.email, world.deputy.email, world.specialist.email}
    assert to_reviewers() == reviewers - {world.specialist.email}
    make.handed_in(world.member)
    assert to_reviewers() == {world.specialist.email}  # the others heard of that day's already
    make.handed_in(world.other_member)
    assert to_reviewers() == set()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda: tomorrow)
        outside._tell_reviewers(OutsideTraining.objects.of(world.member).get())
    assert to_reviewers() == reviewers


def to_reviewers() -> set[str]:
    return {message.to[0] for message in delivered() if "/training/outside/" in str(message.body)}


def test_a_review_without_its_reason_or_reviewer_is_refused_by_the_database(world: World) -> None:
    row = make.handed_in(world.member)
    for change in ({"state": "accepted"}, {"state": "returned", "returned_for": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutsideTraining.objects.filter(pk=row.pk).update(**change)


def test_waiting_is_the_oldest_first(world: World) -> None:
    rows = [make.handed_in(world.member) for _ in range(3)]
    OutsideTraining.objects.filter(pk=rows[2].pk).update(
        sent_at=datetime.now().astimezone() - timedelta(days=4)
    )
    assert next(iter(OutsideTraining.objects.waiting())) == rows[2]
    assert OutsideTraining.objects.get(pk=rows[2].pk).waiting_days in {4, 5}
