"""The portal's settings, with short times for the workers: a drill takes seconds."""

from portal.settings import *  # noqa: F403
from portal.settings import INSTALLED_APPS as _INSTALLED_APPS

INSTALLED_APPS = [*_INSTALLED_APPS, "drills"]
# The order stands as in `portal.workers`: soft limit, lease (`drills.apps`), hard limit.
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 9, 12
MAIL_GATHER_MINUTES = 0.05  # type: ignore[assignment]  # three seconds
MAIL_PER_HOUR = 1_000_000
