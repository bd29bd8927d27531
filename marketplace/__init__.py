"""The project. Importing it makes its Celery application the one that tasks are sent with."""

from marketplace.celery import app as celery_app

__all__ = ["celery_app"]
