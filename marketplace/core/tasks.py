"""The one task of the kernel. An app's tasks.py is alike: a shared_task loads by id and calls a service."""

from bson import ObjectId
from celery import Celery, shared_task
from django.conf import settings
from django.utils.module_loading import import_string

from marketplace.core import pictures
from marketplace.core.outbox import delivery
from marketplace.core.outbox.queries import Claim


def celery_app() -> Celery:
    """The project's application; by name, for the kernel does not import what is composed of it."""
    return import_string(settings.CELERY_APP)


@shared_task(name="core.deliver")
def deliver(handler: str, ids: list[str], token: str) -> int:
    """Runs a handler for the entries of a claim; safe to run twice, the claim is good once."""
    return delivery.deliver(Claim(handler, ObjectId(token), tuple(ObjectId(entry_id) for entry_id in ids)))


@shared_task(name="core.remove_unused_pictures")
def remove_unused_pictures() -> int:
    """Removes the files of pictures that nobody uses any more; safe to run twice."""
    return pictures.remove_unused()
