"""The Celery application: worker (`celery -A marketplace worker`) and clock (`celery -A marketplace beat`)."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_process_init
from django_structlog.celery.steps import DjangoStructLogInitStep

from marketplace import celery_redis

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

celery_redis.mend()
app = Celery("marketplace")
app.config_from_object("marketplace.celeryconfig")  # by name: read when first needed, after Django's settings
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@setup_logging.connect
def keep_logging(**_signal: Any) -> None:
    """Django has set up the logs; connecting to this signal keeps Celery from doing it again."""


@worker_process_init.connect
def close_inherited_pools(**_signal: Any) -> None:
    """A MongoClient must not cross a fork: each child of a prefork pool opens its own."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close_pool()
