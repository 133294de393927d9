"""The row of an enrolment, locked for what its learner does, with all that follows from it.

What anybody may change meanwhile is read after the lock (`doing.read`): of a row that was waited
for, PostgreSQL gives what it is now, of everything else what was before.
"""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from portal.core.json_lists import Holds, Length
from portal.people import accounts
from portal.people.models import Center, Membership
from training.models import Assignment, Completion, Enrolment


def locked(rows: QuerySet[Enrolment], account_id: int, today: date) -> QuerySet[Enrolment]:
    """Lock the enrolments' rows, and no other; with `own_center`, the first of the person's
    centers, and `may_settle`, whether one module more may settle what is asked of the person.
    """
    members = Membership.objects.active(today).filter(user=OuterRef(OuterRef("person")))
    centers = Center.objects.filter(pk__in=members.values("center_id"))
    return rows.select_for_update(of=("self",)).annotate(
        own_center=Subquery(centers.values("pk")[:1]), may_settle=Exists(_nearly_done(account_id))
    )


def _nearly_done(account_id: int) -> QuerySet[Assignment]:
    """Keep the open assignments of whoever the account counts for that lack one module at most.

    Rather one too many: whether it is settled is decided by `assignments.follow`.
    """
    everybody = accounts.around(account_id)
    done = Completion.objects.standing().filter(
        Holds(OuterRef("modules"), F("module")), person__in=everybody
    )
    counted = done.order_by().values(one=Value(1)).annotate(n=Count("module", distinct=True))
    lacking = Length("modules") - Coalesce(Subquery(counted.values("n")), 0)
    rows = Assignment.objects.open().filter(person__in=everybody)
    return rows.alias(lacking=lacking).filter(lacking__lte=1)
