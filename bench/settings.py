"""The portal's settings, with a count of statements around every response."""

from portal.settings import *  # noqa: F403
from portal.settings import MIDDLEWARE as _MIDDLEWARE

MIDDLEWARE = ["bench.counting.count", *_MIDDLEWARE]
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
