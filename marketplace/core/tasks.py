"""The one task of the kernel. An app's tasks.py is alike: a shared_task loads by id and calls a service."""

from celery import Celery, shared_task
from django.conf import settings
from django.utils.module_loading import import_string

from marketplace.core.outbox.delivery import claim_of
from marketplace.core.outbox.delivery import deliver as run_claim


def celery_app() -> Celery:
    """The project's application; by name, for the kernel does not import what is composed of it."""
    return import_string(settings.CELERY_APP)


@shared_task(name="core.deliver")
def deliver(handler: str, event_ids: list[str], token: str) -> int:
    """Runs a handler for the events of a claim; safe to run twice, the claim is good once."""
    return run_claim(claim_of(handler, event_ids, token))
