"""What a page asks of the database besides the frame around every page.

The frame is the session, the person, their roles, the site and the session's own note of the time;
it may be answered from a cache. A limit for a whole page counts it as two: person and roles.
"""

import re
from collections.abc import Iterable

from django.test.utils import CaptureQueriesContext

FRAME = 2
_TABLES = "django_session|people_rolegrant|people_coordinatorassignment|wagtailcore_site"
_FRAME = re.compile(
    rf'^(?:[^()]*|\(SELECT [^()]*)FROM "(?:{_TABLES})"'
    r'|^UPDATE "django_session"'
    r'|^[^()]*FROM "people_user" WHERE "people_user"."id" = \S+ LIMIT 21$'
)
_BOUNDS = re.compile("^(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)")


def own(found: CaptureQueriesContext | Iterable[dict[str, str]]) -> list[str]:
    """Return a page's own statements; the bounds of transactions are none."""
    every = [query["sql"] for query in found]
    return [sql for sql in every if not _FRAME.match(sql) and not _BOUNDS.match(sql)]
