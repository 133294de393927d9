"""Credit: what a completion is worth under a rule, awarded once and frozen.

One place decides (`_decide`): when a module is completed or evaluated, in the nightly job, and
where a page says why there is no credit yet. Days are days in America/New_York.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.core import nightly, reference
from portal.core.prepared import prepared
from portal.people import accounts, aliases
from portal.people.models import User
from training import requirements
from training.models import (
    Completion,
    CreditAward,
    CreditOffer,
    EvaluationDone,
    Licence,
    RequirementRule,
)
from training.requirements import Rule

PORTION = 500
OFFERED = [field.attname for field in CreditOffer._meta.concrete_fields if field.name != "rule"]
State = Literal["awarded", "evaluation", "once", "nothing", "due"]
Activity = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A completion under a rule. `state`: awarded; evaluation (not done yet, so credit waits);
    once (the module counted already in this window); due (the night awards it).
    """

    completion: Completion
    rule: RequirementRule
    award: CreditAward | None
    state: State


@dataclass(slots=True)
class _Terms:
    """All that decides about some completions, read in a fixed number of queries."""

    rules: Sequence[RequirementRule]
    people: dict[int, int]  # an account and the person it counts for
    offers: dict[tuple[Activity, int], list[CreditOffer]] = field(default_factory=dict)
    licences: dict[tuple[int, int], Licence] = field(default_factory=dict)
    evaluated: frozenset[int] = frozenset()  # enrolments
    said: frozenset[tuple[int, int]] = frozenset()  # sessions, and the person of an evaluation
    awards: dict[tuple[int, int], list[CreditAward]] = field(default_factory=dict)

    def window(self, row: Completion, rule: RequirementRule) -> Rule:
        licence = self.licences.get((self.people[row.person_id], rule.pk))
        return window_of(rule, licence)

    def is_evaluated(self, row: Completion) -> bool:
        if row.attendance is not None:
            return (row.attendance.session_id, self.people[row.person_id]) in self.said
        return row.enrolment_id in self.evaluated

    def under(self, row: Completion, rule: RequirementRule) -> list[CreditAward]:
        """Return the standing awards under a rule of the person whose completion it is."""
        return self.awards.setdefault((self.people[row.person_id], rule.pk), [])


def of(person: User, rules: Sequence[RequirementRule] | None = None) -> list[Entry]:
    """Return the credit of each completion under each rule that the person falls under; `rules`
    where they are read already.

    The earliest completion first; what is worth nothing under a rule is left out.
    """
    if rules is None:
        rules = rules_for(person, timezone.localdate(), with_clauses=False)
    rows = _completed_by(aliases.person_ids(person))
    terms = _terms(rows, rules)
    entries = [_entry(row, rule, terms) for row in rows for rule in rules]
    return [entry for entry in entries if entry.state != "nothing"]


def rules_for(person: User, day: date, *, with_clauses: bool) -> list[RequirementRule]:
    """Return the rules that a person falls under on a day (America/New_York)."""
    return _falling_on(person.pk, person.discipline_id or 0, day, with_clauses)


def by_rule(person: User, rules: Sequence[RequirementRule]) -> dict[int, list[Entry]]:
    """Return the same by the rule's id."""
    found: dict[int, list[Entry]] = {}
    for entry in of(person, rules):
        found.setdefault(entry.rule.pk, []).append(entry)
    return found


@transaction.atomic
def award(completion_ids: Iterable[int], *, at: datetime | None = None) -> int:
    """Make the awards that completions lack; return how many. Harmless when repeated."""
    rows = list(_completions().filter(pk__in=list(completion_ids)))
    terms = _terms(rows, _awarding_rules())
    made = [given for row in rows for given in _awards_of(row, terms, at)]
    CreditAward.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def first_awards(
    row: Completion, topics: Sequence[str], *, at: datetime | None = None
) -> list[CreditAward] | None:
    """Return the awards of a module that was completed just now, for the caller to write.

    One statement. None where the module has counted before: then `award` decides.
    """
    assert row.module_id is not None  # noqa: S101  asked of modules alone
    terms = _Terms([], {row.person_id: row.person_id})
    rules: dict[int, RequirementRule] = {}
    for rule in _rules_of(row.module_id, row.person_id):
        if rule.has_counted:
            return None
        rules.setdefault(rule.pk, rule)
        if rule.offer_id is not None:
            offer = CreditOffer(rule=rule, **{n: getattr(rule, f"offer_{n}") for n in OFFERED})
            terms.offers.setdefault((row.activity, rule.pk), []).append(offer)
    row.topics = list(topics)  # type: ignore[attr-defined]
    terms.rules = list(rules.values())
    return list(_awards_of(row, terms, at))


@nightly.job
def award_missing() -> int:
    """Award what an offer entered late, a licence named since or an undone merge made due.

    Until the night an offer that was mistyped can still be corrected without an award of it.
    """
    lacking = {found for rule in _awarding_rules() for found in _lacking(rule)}
    ids = [pk for _at, pk in sorted(lacking)]
    return sum(award(ids[start : start + PORTION]) for start in range(0, len(ids), PORTION))


@reference.loader(order=50)
def award_earlier() -> None:
    """Award what was completed before there were awards; once there is one, the night does it."""
    if Completion.objects.exists() and not CreditAward.objects.exists():
        award_missing()


def counted(rule: Rule, awards: Iterable[CreditAward]) -> list[CreditAward]:
    """Keep a module once within a window of a rule, the earliest.

    Two accounts may each have been awarded it before they were merged, and the end of a cycle may
    have been moved since.
    """
    kept: list[CreditAward] = []
    for award in sorted(awards, key=lambda each: (each.activity_on, each.completion_id)):
        if not any(_is_same(rule, award, earlier) for earlier in kept):
            kept.append(award)
    return kept


def window_of(rule: RequirementRule, licence: Licence | None) -> Rule:
    """Return a rule as far as its windows go."""
    return Rule(
        kind=rule.kind,  # type: ignore[arg-type]
        clauses=(),
        window_months=rule.window_months or 0,
        cycle_end=licence.cycle_ends_on if licence else None,
    )


def _is_same(rule: Rule, one: CreditAward, other: CreditAward) -> bool:
    is_same_thing = one.completion.activity == other.completion.activity
    return is_same_thing and requirements.shares_window(rule, one.activity_on, other.activity_on)


def _decide(
    row: Completion, rule: RequirementRule, terms: _Terms
) -> tuple[State, CreditOffer | None]:
    """Say what comes of a completion that has no award under a rule, and by which offer."""
    day = timezone.localdate(row.completed_at)
    offer = _offer(terms.offers.get((row.activity, rule.pk), ()), day)
    if offer is None and not (row.source == "module" and _counts_by_itself(rule, day)):
        return "nothing", None
    window = terms.window(row, rule)
    for earlier in terms.under(row, rule):
        is_same_thing = earlier.completion.activity == row.activity
        if is_same_thing and requirements.shares_window(window, day, earlier.activity_on):
            return "once", offer
    if offer is not None and offer.needs_evaluation and not terms.is_evaluated(row):
        return "evaluation", offer
    return "due", offer


def _offer(offers: Iterable[CreditOffer], day: date) -> CreditOffer | None:
    """Return the offer that was valid on the day of the activity, the newest where two are."""
    valid = [offer for offer in offers if offer.is_valid_on(day)]
    return max(valid, key=lambda offer: offer.valid_from, default=None)


def _counts_by_itself(rule: RequirementRule, day: date) -> bool:
    """Every module counts, and the rule had not ended."""
    is_open = rule.effective_to is None or day <= rule.effective_to
    return rule.counts_every_module and not rule.needs_approved_curriculum and is_open


def _entry(row: Completion, rule: RequirementRule, terms: _Terms) -> Entry:
    awards = terms.under(row, rule)
    own = next((each for each in awards if each.completion_id == row.pk), None)
    if own is None:
        return Entry(row, rule, None, _decide(row, rule, terms)[0])
    is_counted = own in counted(terms.window(row, rule), awards)
    return Entry(row, rule, own, "awarded" if is_counted else "once")


def _awards_of(row: Completion, terms: _Terms, at: datetime | None) -> Iterator[CreditAward]:
    for rule in terms.rules:
        awards = terms.under(row, rule)
        if any(each.completion_id == row.pk for each in awards):
            continue
        state, offer = _decide(row, rule, terms)
        if state == "due":
            given = _award(row, rule, offer, at)
            awards.append(given)
            yield given


def _award(
    row: Completion, rule: RequirementRule, offer: CreditOffer | None, at: datetime | None
) -> CreditAward:
    said = offer.minutes if offer else None
    return CreditAward(
        completion=row,
        rule=rule,
        offer=offer,
        minutes=row.minutes if said is None else said,
        category=offer.category if offer else "",
        topics=list(row.topics or []),  # type: ignore[attr-defined]
        standard=rule.standard,
        approval_number=offer.approval_number if offer else "",
        activity_on=timezone.localdate(row.completed_at),
        awarded_at=_awarded_at(row, offer, at or timezone.now()),
    )


def _awarded_at(row: Completion, offer: CreditOffer | None, at: datetime) -> datetime:
    """Say no more than the month where the award follows an evaluation (ADR 12)."""
    if offer is None or not offer.needs_evaluation:
        return at
    month = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return max(row.completed_at, month)


def _completions() -> QuerySet[Completion]:
    """Of what was completed its title and topics alone; a module is read for its address."""
    rows = Completion.objects.standing().with_title().with_topics()
    return rows.order_by("completed_at", "pk")


@prepared
def _completed_by(person_ids: list[int]) -> QuerySet[Completion]:
    return _completions().filter(person_id__in=person_ids)


@prepared
def _falling_on(
    person_id: int, discipline_id: int, day: date, with_clauses: bool
) -> QuerySet[RequirementRule]:
    rules = RequirementRule.objects.falling_on_ids(person_id, discipline_id, day)
    return rules if with_clauses else rules.prefetch_related(None)


@prepared
def _rules_of(module_id: int, person_id: int) -> QuerySet[Any]:
    """Return the rules under which a module may count, once for each of its offers, with the
    offer's columns and `has_counted`: it has an award already, of whoever the account counts for.
    """
    given = CreditAward.objects.standing().filter(
        rule=OuterRef("pk"),
        completion__module=module_id,
        completion__person__in=accounts.around(person_id),
    )
    offers = FilteredRelation("offers", condition=Q(offers__module=module_id))
    by_itself = Q(counts_every_module=True, needs_approved_curriculum=False)
    columns: dict[str, Any] = {f"offer_{name}": F(f"offered__{name}") for name in OFFERED}
    rules = RequirementRule.objects.annotate(offered=offers).defer("note")
    return (
        rules.filter(by_itself | Q(offered__isnull=False))
        .annotate(has_counted=Exists(given), **columns)
        .order_by("is_licence", "name")
    )


def _awarding_rules() -> list[RequirementRule]:
    has_offers = Exists(CreditOffer.objects.filter(rule=OuterRef("pk")))
    by_itself = Q(counts_every_module=True, needs_approved_curriculum=False)
    return list(RequirementRule.objects.filter(by_itself | Q(has_offers)))


def _lacking(rule: RequirementRule) -> Iterator[tuple[datetime, int]]:
    """Yield the completions without an award under a rule that could give one."""
    given = CreditAward.objects.filter(completion=OuterRef("pk"), rule=rule)
    rows = Completion.objects.standing().filter(~Exists(given))
    if not rule.counts_every_module or rule.needs_approved_curriculum:
        rows = rows.filter(_is_offered(rule))
    else:
        rows = rows.filter(Q(module__isnull=False) | _is_offered(rule))
    return rows.values_list("completed_at", "pk").iterator(chunk_size=2_000)


def _is_offered(rule: RequirementRule) -> Q:
    offers = CreditOffer.objects.filter(rule=rule)
    return (
        Q(Exists(offers.filter(module=OuterRef("module"))))
        | Q(Exists(offers.filter(session=OuterRef("attendance__session"))))
        | Q(Exists(offers.filter(outside=OuterRef("outside"))))
    )


def _terms(rows: Sequence[Completion], rules: Sequence[RequirementRule]) -> _Terms:
    terms = _Terms(rules, accounts.everybody({row.person_id for row in rows}))
    modules = _known(row.module_id for row in rows)
    sessions = _known(row.attendance.session_id for row in rows if row.attendance)
    papers = _known(row.outside_id for row in rows)
    people, asked = list(terms.people), [rule.pk for rule in rules]
    for offer in _offers(modules, sessions, papers, asked):
        terms.offers.setdefault((offer.activity, offer.rule_id), []).append(offer)
    # Of several licences under a rule the one named last, the standing one where there is one.
    for licence in _licences(people, asked):
        terms.licences[terms.people[licence.person_id], licence.rule_id] = licence
    enrolments = _known(row.enrolment_id for row in rows)
    terms.evaluated = frozenset(_evaluated(enrolments))
    if sessions:
        pairs = _said(sessions, people)
        terms.said = frozenset((session, terms.people[person]) for session, person in pairs)
    for award in _given(modules, sessions, papers, people, asked):
        key = (terms.people[award.completion.person_id], award.rule_id)
        terms.awards.setdefault(key, []).append(award)
    return terms


def _known(ids: Iterable[int | None]) -> list[int]:
    return list(dict.fromkeys(pk for pk in ids if pk))


@prepared
def _offers(
    modules: list[int], sessions: list[int], papers: list[int], rules: list[int]
) -> QuerySet[CreditOffer]:
    offered = Q(module__in=modules) | Q(session__in=sessions) | Q(outside__in=papers)
    return CreditOffer.objects.filter(offered, rule__in=rules)


@prepared
def _licences(people: list[int], rules: list[int]) -> QuerySet[Licence]:
    rows = Licence.objects.filter(person__in=people, rule__in=rules)
    return rows.order_by(F("ended_on").asc(nulls_last=True), "pk")


@prepared
def _evaluated(enrolments: list[int]) -> QuerySet[Any, int]:
    done = EvaluationDone.objects.filter(enrolment__in=enrolments)
    return done.values_list("enrolment_id", flat=True)


@prepared
def _said(sessions: list[int], people: list[int]) -> QuerySet[Any, tuple[int, int]]:
    given = EvaluationDone.objects.filter(session__in=sessions, person__in=people)
    return given.values_list("session_id", "person_id")


@prepared
def _given(
    modules: list[int], sessions: list[int], papers: list[int], people: list[int], rules: list[int]
) -> QuerySet[CreditAward]:
    same = (
        Q(completion__module__in=modules)
        | Q(completion__attendance__session__in=sessions)
        | Q(completion__outside__in=papers)
    )
    rows = CreditAward.objects.standing().filter(same, completion__person__in=people)
    return rows.filter(rule__in=rules).select_related("completion__attendance")
