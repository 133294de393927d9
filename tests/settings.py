"""A dozen lines over the portal's settings; pytest-django reads them before conftest.py."""

import os
import tempfile
from pathlib import Path

STATE = Path(tempfile.mkdtemp(prefix="portal-tests-"))
os.environ["STATE_DIR"] = str(STATE)
os.environ.setdefault("BASE_URL", "http://localhost:8000")

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, SQLITE, STORAGES  # noqa: E402

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}
if os.environ.get("CACHE_URL"):
    from portal.settings import CACHES as _caches

    CACHES = _caches
    # Each worker of a parallel run gets a database of its own: clearing one clears no other's.
    _server, _, _number = CACHES["default"]["LOCATION"].rpartition("/")
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    CACHES["default"]["LOCATION"] = f"{_server}/{int(_number) + _worker}"
HOME_KEPT_SECONDS = 0  # a test sees what it did; tests/home/test_remembering.py sets it
PREPARED_CHECKED = True
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
ALLOWED_HOSTS = ["*"]
# Tests that ask for Elasticsearch get it by name (tests/search/conftest.py); the others never do.
TEST_ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
ELASTICSEARCH_URL = ""
SEARCH_ENGINE = "auto"
SEARCH_HIDES_FAULTS = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if SQLITE:
    # A file: with the in-memory default the live server's threads would share one connection.
    DATABASES["default"]["TEST"] = {"NAME": str(STATE / "test.sqlite3")}
