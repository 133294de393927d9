"""Fictional people of the demo, all at example.org, at centers named by county."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from portal.people import attestations, grants
from portal.people.mailing import suppressions
from portal.people.models import (
    Attestation,
    Center,
    CoordinatorAssignment,
    Discipline,
    MailSuppression,
    Membership,
    Role,
    User,
)

DOMAIN = "example.org"
BACKUP = CoordinatorAssignment.Kind.BACKUP


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the demo table: its local part is also its short name."""

    key: str
    first: str
    last: str
    title: str
    discipline: str
    what: str
    center: str = ""
    roles: tuple[str, ...] = ()


ACCOUNTS = (
    Account(
        "manager", "Maren", "Holt", "Statewide program manager", "cac-staff",
        "publishes guidance, answers requests, sees reports", roles=(Role.MANAGER,),
    ),
    Account(
        "deputy", "Dana", "Reyes", "Deputy program manager", "cac-staff",
        "has the manager's rights during an absence", roles=(Role.DEPUTY,),
    ),
    Account(
        "author", "Ari", "Lindqvist", "Curriculum writer", "cac-staff",
        "drafts modules and guidance", roles=(Role.AUTHOR,),
    ),
    Account(
        "reviewer", "Rowan", "Petit", "Review panel", "peer-support",
        "signs modules in the review workflow", roles=(Role.REVIEWER,),
    ),
    Account(
        "specialist", "Sol", "Ferreira", "Practice specialist", "mental-health",
        "answers requests assigned to them", roles=(Role.SPECIALIST,),
    ),
    Account(
        "trainer", "Toni", "Marsh", "Trainer", "cac-staff",
        "runs sessions", "essex", (Role.TRAINER,),
    ),
    Account(
        "essex", "Eden", "Walsh", "CSEC coordinator", "cac-staff",
        "coordinates Essex", "essex",
    ),
    Account(
        "capeislands", "Cam", "Isley", "CSEC case manager", "cac-staff",
        "coordinates Barnstable, Dukes and Nantucket", "capeislands",
    ),
    Account(
        "member", "Morgan", "Bailey", "Detective", "law-enforcement-local",
        "new on the Essex team, nothing done yet", "essex",
    ),
    Account(
        "advocate", "Avery", "Dunn", "Victim advocate", "cac-advocate",
        "Essex team, half-way through the foundations", "essex",
    ),
)  # fmt: skip

COORDINATOR_NAMES = {
    "berkshire": ("Bryn", "Calloway"),
    "bristol": ("Blair", "Mendes"),
    "capeislands": ("Corin", "Tripp"),
    "essex": ("Elis", "Nakamura"),
    "franklin": ("Fen", "Abbott"),
    "hampden": ("Harper", "Soto"),
    "hampshire": ("Hollis", "Grant"),
    "middlesex": ("Micah", "Tran"),
    "norfolk": ("Noel", "Okafor"),
    "plymouth": ("Parker", "Silva"),
    "suffolk": ("Sasha", "Baptiste"),
    "worcester": ("Wren", "Kowalski"),
}
LABELS = ("Coordinator", "Case manager", "Interviewer and case manager")

FIRST = (
    "Adaeze Aline Amara Andre Anya Beatriz Bilal Camila Chanthy Chidi Dara Diego Elena Emeka "
    "Farah Gabriel Hana Ines Isaac Jamal Joana Kavya Keo Lan Leila Luca Lucia Mateo Mei Minh "
    "Nadia Noor Omar Paulo Priya Quyen Rafael Rosa Samira Sofia Tariq Thuy Valeria Victor Wei "
    "Yara Yusuf Zoe"
).split()
LAST = (
    "Alves Amari Barros Bennett Chea Clarke Costa Diallo Duarte Evans Farouk Flynn Garcia "
    "Haddad Hughes Ito Jensen Kim Lopes Lambert Malik Morales Ngo Novak Oliveira Osei Patel "
    "Pham Quinn Ramos Rossi Santos Sharma Sok Tavares Torres Ueda Vargas Vu Weber Xu Young "
    "Zhang"
).split()
TITLES = {
    "law-enforcement-local": "Detective",
    "law-enforcement-state": "Trooper",
    "law-enforcement-federal": "Special agent",
    "child-protection": "Investigator",
    "prosecution": "Assistant district attorney",
    "medical": "Pediatric nurse examiner",
    "mental-health": "Clinician",
    "forensic-interviewer": "Forensic interviewer",
    "school": "School nurse",
}
LEARNERS = 60


def load_people(password: str) -> dict[str, User]:
    """Make every demo person that is missing; return them by key.

    Keys: the account's short name, `c.<center>` for the twelve coordinators, and the e-mail
    address of each learner. All share one password, hashed once.
    """
    encoded = make_password(password)
    for center in Center.objects.exclude(name__endswith=", demo"):
        center.name += ", demo"
        center.save(update_fields=["name"])
    people = {account.key: _account(account, encoded) for account in ACCOUNTS}
    for center in Center.objects.all():
        people[f"c.{center.slug}"] = _coordinator(center, encoded)
    _assign(people)
    learners = _learners(encoded)
    _lose_a_mailbox(learners)
    return people | learners


def set_password(password: str) -> None:
    """Give every demo person one password."""
    people = User.objects.filter(email__endswith=f"@{DOMAIN}", joined_at__isnull=False)
    people.update(password=make_password(password))


def _person(local: str, encoded: str, joined: bool = True, **fields: object) -> tuple[User, bool]:
    now = timezone.now()
    discipline = Discipline.objects.get(slug=fields.pop("discipline"))
    defaults = {**fields, "discipline": discipline, "password": encoded if joined else "!"}
    defaults["joined_at"] = now - timedelta(days=400) if joined else None
    user, made = User.objects.get_or_create(email=f"{local}@{DOMAIN}", defaults=defaults)
    if made and joined:
        attested = now - timedelta(days=200)
        Attestation.objects.create(user=user, wording=attestations.WORDING, attested_at=attested)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user, made


def _account(account: Account, encoded: str) -> User:
    user, _made = _person(
        account.key,
        encoded,
        first_name=account.first,
        last_name=account.last,
        title=account.title,
        discipline=account.discipline,
        is_statewide=not account.center,
        agency="Statewide program, demo" if not account.center else "",
    )
    if account.center:
        _join(user, account.center)
    for role in account.roles:
        _grant(user, role)
    return user


def _grant(user: User, role: str) -> None:
    """The deputy stands in for a month; the other roles have no end."""
    today = timezone.localdate()
    if role == Role.DEPUTY:
        if not user.grants.active().exists():
            end = today + timedelta(days=30)
            grants.grant(user, role, by=None, starts_on=today - timedelta(days=7), ends_on=end)
        return
    grants.grant(user, role, by=None)


def _join(user: User, slug: str) -> None:
    center = Center.objects.get(slug=slug)
    start = timezone.localdate() - timedelta(days=400)
    Membership.objects.get_or_create(
        user=user, center=center, ends_on=None, defaults={"starts_on": start}
    )


def _coordinator(center: Center, encoded: str) -> User:
    first, last = COORDINATOR_NAMES[center.slug]
    user, _made = _person(
        f"c.{center.slug}",
        encoded,
        first_name=first,
        last_name=last,
        title="CSEC coordinator",
        discipline="cac-staff",
        agency=center.name,
    )
    _join(user, center.slug)
    return user


def _assign(people: dict[str, User]) -> None:
    """One primary at each center; Essex and the Cape have two people, Franklin backs Hampshire."""
    start = timezone.localdate() - timedelta(days=400)
    for index, center in enumerate(Center.objects.all()):
        named = people.get(center.slug)
        second = people[f"c.{center.slug}"]
        label = LABELS[index % len(LABELS)]
        _coordinate(named or second, center, label, start)
        if named:
            _coordinate(second, center, label, start, BACKUP)
    hampshire = Center.objects.get(slug="hampshire")
    _coordinate(people["c.franklin"], hampshire, "Coordinator", start, BACKUP)


def _coordinate(
    user: User,
    center: Center,
    label: str,
    start: date,
    kind: str = CoordinatorAssignment.Kind.PRIMARY,
) -> None:
    CoordinatorAssignment.objects.get_or_create(
        user=user,
        center=center,
        kind=kind,
        ends_on=None,
        defaults={"role_label": label, "starts_on": start},
    )


def _lose_a_mailbox(learners: dict[str, User]) -> None:
    """Mail to one learner comes back, so that the manager has something to look at."""
    person = next(user for user in learners.values() if user.has_joined)
    if not person.mail_suppressions.exists():
        suppressions.add(person, code="5.1.1", source=MailSuppression.Source.BOUNCE)


def _learners(encoded: str) -> dict[str, User]:
    """Sixty members over the disciplines and centers; one in ten has not joined yet."""
    chance = random.Random(14)  # noqa: S311  the same people in every demo
    centers = list(Center.objects.order_by("slug"))
    disciplines = [d.slug for d in Discipline.objects.all()][:18]
    people: dict[str, User] = {}
    for number in range(LEARNERS):
        first, last = FIRST[number % len(FIRST)], chance.choice(LAST)
        discipline = disciplines[number % len(disciplines)]
        user, _made = _person(
            f"{first}.{last}.{number}".lower(),
            encoded,
            joined=number % 10 != 9,
            first_name=first,
            last_name=last,
            title=TITLES.get(discipline, ""),
            discipline=discipline,
            agency="Partner agency, demo",
        )
        _join(user, centers[number % len(centers)].slug)
        people[user.email] = user
    return people
