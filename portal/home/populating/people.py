"""Fictional members at example.org, more at the large centers than at the small ones."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.utils import timezone

from portal.home.populating import copying
from portal.people import attestations
from portal.people.models import Attestation, Center, Discipline, Membership, User

FIRST = "Alex Ada Ben Bao Cleo Dara Eli Femi Gale Hana Ivo Jude Kai Lena Milo Noor Omar Pia".split()
LAST = "Arden Birch Calder Dune Ember Field Grove Heath Ives Juniper Knoll Lark Moss North".split()
UNUSABLE = "!made-in-bulk"


@dataclass(frozen=True, slots=True)
class Person:
    pk: int
    center: int
    discipline: int


def fill(count: int, chance: Random) -> list[Person]:
    """Write members and their membership; return them."""
    centers = list(Center.objects.order_by("pk").values_list("pk", flat=True))
    professions = list(Discipline.objects.order_by("order").values_list("pk", flat=True))
    first = copying.first_id(User)
    shares = [1 / (rank + 1) for rank in range(len(centers))]
    where = chance.choices(centers, shares, k=count)
    what = chance.choices(professions, [1 / (n + 2) for n in range(len(professions))], k=count)
    made = [Person(first + n, where[n], what[n]) for n in range(count)]
    now, today = timezone.now(), timezone.localdate()
    copying.write(
        User,
        "id password is_superuser email first_name last_name chosen_name title agency "
        "discipline_id is_statewide is_staff is_active joined_at created_at".split(),
        (
            (
                p.pk,
                UNUSABLE,
                False,
                f"member-{p.pk:07}@example.org",
                chance.choice(FIRST),
                f"{chance.choice(LAST)} {p.pk}",
                "",
                "",
                "",
                p.discipline,
                False,
                False,
                True,
                now - timedelta(days=chance.randrange(30, 2000)),
                now - timedelta(days=2000),
            )
            for p in made
        ),
    )
    copying.write(
        Membership,
        ["user_id", "center_id", "starts_on"],
        ((p.pk, p.center, today - timedelta(days=chance.randrange(10, 2000))) for p in made),
    )
    copying.write(
        Attestation,
        ["user_id", "wording", "attested_at"],
        ((p.pk, attestations.WORDING, now - timedelta(days=chance.randrange(300))) for p in made),
    )
    return made
