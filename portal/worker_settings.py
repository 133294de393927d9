"""Settings of Celery that no environment changes. `portal.settings` takes them all."""

from portal import workers

# A page that asks for an effect waits no longer than this for a broker that is away.
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_QUEUES = workers.QUEUES
CELERY_TASK_DEFAULT_QUEUE = workers.DEFAULT
CELERY_TASK_ROUTES = workers.ROUTES
CELERY_TASK_SOFT_TIME_LIMIT = workers.SOFT
CELERY_TASK_TIME_LIMIT = workers.HARD
CELERY_TASK_ANNOTATIONS = workers.LIMITS
# Taken off the broker when done. What killed its process comes again by the tables, with pauses.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60  # seconds; four are too few where the machine is busy
# Memory that a library does not give back: a process that did so many, or has so many kB, goes.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
