"""Training that somebody else gave: handed in with its paper, reviewed, and then a completion.

Days are days in America/New_York, minutes clock minutes. Files are read before anything here is
called.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.core import events, mail, mail_registry
from portal.core.privacy.file_forms import Upload
from portal.people import aliases, roles, scope
from portal.people.models import Center, User
from training import credit, outside_papers, policies
from training.models import Completion, CreditOffer, OutsideTraining, RequirementRule
from training.models.outside import OutsideQuerySet

FIRST_DAY = date(2000, 1, 1)
State = OutsideTraining.State
mail_registry.put("training", "outside_news")
mail_registry.put("queue", "outside_waiting")


class NotAllowed(Exception):
    """The row or the key is not this person's, or its state forbids it."""


class Stale(Exception):
    """It was sent, reviewed or withdrawn meanwhile; nothing was changed."""


class NoPaper(Exception):
    """There is no paper, or it waits for its scan."""


class Twice(Exception):
    """The very same paper was handed in already, with `row`; nothing was stored."""

    def __init__(self, row: OutsideTraining) -> None:
        super().__init__(row.pk)
        self.row = row


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the person says of it."""

    title: str
    provider: str
    completed_on: date
    minutes: int
    way: str
    topics: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What the reviewer reads on the paper."""

    title: str
    completed_on: date
    minutes: int
    topics: list[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """It counts for a rule; `minutes` None means all of them."""

    rule: RequirementRule
    minutes: int | None = None
    category: str = ""
    approval_number: str = ""


@transaction.atomic
def hand_in(
    facts: Facts,
    upload: Upload,
    *,
    by: User,
    key: UUID,
    overrides: int = 0,
    at: datetime | None = None,
) -> OutsideTraining:
    """Hand in training from elsewhere, once per key. NotAllowed, Twice."""
    _lock_person(by)
    if (there := OutsideTraining.objects.filter(key=key).first()) is not None:
        _check_own(there, by)
        return there
    if not roles.is_member(by):
        raise NotAllowed
    _check_digest(by, upload)
    row = OutsideTraining(person=by, key=key, sent_at=at or timezone.now(), **asdict(facts))
    _store(row, upload)
    _note("training.outside_handed_in", row, by, at, overrides=overrides)
    _tell_reviewers(row)
    return row


@transaction.atomic
def send_again(
    training: OutsideTraining,
    facts: Facts,
    *,
    by: User,
    key: UUID,
    version: int,
    upload: Upload | None = None,
    overrides: int = 0,
    at: datetime | None = None,
) -> OutsideTraining:
    """Send what was returned once more, with another paper or the same; once per key.

    NotAllowed, Stale, Twice, NoPaper.
    """
    _lock_person(by)
    row = _lock(training)
    _check_own(row, by)
    if row.key == key and row.state == State.SENT:
        return row
    if row.version != version or not row.can_be_sent:
        raise Stale
    if upload is None and not row.file:
        raise NoPaper
    for name, value in asdict(facts).items():
        setattr(row, name, value)
    row.key, row.version, row.state = key, row.version + 1, State.SENT
    row.sent_at = at or timezone.now()
    if upload is None:
        row.save()
    else:
        _check_digest(by, upload, besides=row)
        _store(row, upload)
    _note("training.outside_sent_again", row, by, at, overrides=overrides)
    _tell_reviewers(row)
    return row


@transaction.atomic
def withdraw(training: OutsideTraining, *, by: User) -> OutsideTraining:
    """Take it back before it is accepted; its paper goes at once. Twice is harmless."""
    row = _lock(training)
    _check_own(row, by)
    if row.state == State.WITHDRAWN:
        return row
    if not row.can_be_withdrawn:
        raise Stale
    row.state = State.WITHDRAWN
    row.save(update_fields=["state"])
    outside_papers.purge([row])
    _note("training.outside_withdrawn", row, by)
    return row


@transaction.atomic
def send_back(
    training: OutsideTraining, *, by: User, version: int, reason: str, at: datetime | None = None
) -> OutsideTraining:
    """Return it with a reason from the fixed list; its person may send it once more."""
    row = _lock(training)
    if _is_done(row, State.RETURNED, by, version):
        return row
    _reviewed(row, State.RETURNED, by, at)
    row.returned_for = OutsideTraining.Return(reason)
    row.save()
    _note("training.outside_returned", row, by, at, reason=reason)
    _tell(row)
    return row


@transaction.atomic
def accept(
    training: OutsideTraining,
    corrected: Corrected,
    counts: Sequence[Counts],
    *,
    by: User,
    version: int,
    overrides: int = 0,
    at: datetime | None = None,
) -> OutsideTraining:
    """Accept it: what it counts for become offers of its own, and it becomes a completion.

    NotAllowed, Stale, NoPaper. The same review sent twice is harmless.
    """
    row = _lock(training)
    if _is_done(row, State.ACCEPTED, by, version):
        return row
    if not row.may_be_had:
        raise NoPaper
    said = asdict(corrected)
    changed = [name for name, value in said.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, said[name])
    _reviewed(row, State.ACCEPTED, by, at)
    row.returned_for = ""
    row.save()
    CreditOffer.objects.bulk_create(_offers(row, counts))
    made = _complete(row, at)
    credit.award([made.pk], at=at)
    _note(
        "training.outside_accepted",
        row,
        by,
        at,
        completion=made.pk,
        corrected=changed,
        overrides=overrides,
    )
    _tell(row)
    return row


def alike(row: OutsideTraining) -> OutsideQuerySet:
    """Return what else the person handed in under the same title and day."""
    others = OutsideTraining.objects.of(aliases.resolve(row.person)).standing()
    same = others.filter(completed_on=row.completed_on, title__iexact=row.title)
    return same.exclude(pk=row.pk)


def rules_for(row: OutsideTraining) -> list[RequirementRule]:
    """Return the requirements that the person falls under; licences are their own business."""
    person = aliases.resolve(row.person)
    return list(RequirementRule.objects.falling_on(person).filter(is_licence=False))


def licence_rules() -> list[RequirementRule]:
    """Return every licence, whoever holds it."""
    rules = RequirementRule.objects.in_effect().filter(is_licence=True)
    return list(rules.prefetch_related("clauses"))


def _lock_person(person: User) -> None:
    """One after another, so that neither a key nor a paper is stored twice."""
    User.objects.select_for_update().get(pk=person.pk)


def _lock(row: OutsideTraining) -> OutsideTraining:
    return OutsideTraining.objects.select_for_update().get(pk=row.pk)


def _check_own(row: OutsideTraining, by: User) -> None:
    if row.person_id not in aliases.person_ids(by) or not roles.is_member(by):
        raise NotAllowed


def _check_digest(by: User, upload: Upload, *, besides: OutsideTraining | None = None) -> None:
    own = OutsideTraining.objects.of(by).standing()
    same = own.filter(sha256=outside_papers.digest(upload))
    found = (same.exclude(pk=besides.pk) if besides else same).first()
    if found is not None:
        raise Twice(found)


def _store(row: OutsideTraining, upload: Upload) -> None:
    outside_papers.put(row, upload)
    try:
        row.save()
        outside_papers.ask_for_scan(row)
    except BaseException:
        default_storage.delete(str(row.file.name))
        raise


def _is_done(row: OutsideTraining, state: str, by: User, version: int) -> bool:
    """Say whether this very review was made already. NotAllowed, Stale."""
    if not policies.can_review_outside(by, row):
        raise NotAllowed
    if row.state == state and row.version == version and row.reviewed_by_id == by.pk:
        return True
    if row.state != State.SENT or row.version != version:
        raise Stale
    return False


def _reviewed(row: OutsideTraining, state: State, by: User, at: datetime | None) -> None:
    row.state, row.reviewed_by, row.reviewed_at = state, by, at or timezone.now()


def _offers(row: OutsideTraining, counts: Iterable[Counts]) -> list[CreditOffer]:
    """Return the offers; they are of this one thing, on its one day."""
    return [
        CreditOffer(
            outside=row,
            rule=each.rule,
            minutes=each.minutes,
            category=each.category,
            approval_number=each.approval_number,
            valid_from=row.completed_on,
            valid_to=row.completed_on,
        )
        for each in counts
    ]


def _complete(row: OutsideTraining, at: datetime | None) -> Completion:
    """Make the completion, at noon of its day; earlier today where noon is still to come."""
    person = aliases.resolve(row.person)
    noon = timezone.make_aware(datetime.combine(row.completed_on, time(12)))
    return Completion.objects.create(
        person=row.person,
        outside=row,
        completed_at=min(noon, at or timezone.now()),
        minutes=row.minutes,
        discipline_id=person.discipline_id,
        center=_center(row),
    )


def _center(row: OutsideTraining) -> Center | None:
    return scope.own_centers(aliases.resolve(row.person)).first()


def _note(
    kind: str,
    row: OutsideTraining,
    by: User,
    at: datetime | None = None,
    **data: str | int | list[str],
) -> None:
    center = _center(row)
    center_id = center.pk if center else None
    events.record(kind, actor=by, subject=row, center_id=center_id, at=at, **data)


def _tell(row: OutsideTraining) -> None:
    mail.queue(
        aliases.resolve(row.person).pk,
        "outside_news",
        subject_key=f"outside-{row.pk}-{row.version}-{row.state}",
        context={"path": row.get_absolute_url()},
        about=row,
    )


def _tell_reviewers(row: OutsideTraining) -> None:
    """Tell whoever may review it that something waits, at most once a day however much comes."""
    key = f"outside-waiting-{timezone.localdate()}"
    context = {"path": reverse("outside_queue")}
    own = aliases.person_ids(row.person)
    for user in policies.outside_reviewers().exclude(pk__in=own):
        mail.queue(user.pk, "outside_waiting", subject_key=key, context=context, about=row)


@mail_registry.thing("training.outsidetraining")
def may_hear_of(user: User, pk: int) -> bool:
    return OutsideTraining.objects.visible_to(user).filter(pk=pk).exists()
