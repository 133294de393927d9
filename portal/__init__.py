"""The project. Importing the Celery app here keeps `.delay()` off the default broker."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
