"""Publishes the events of new documents that carry their own outbox flag, `is_announced` (docs/adr/0013).

Storing such a document is one insert without a transaction; the relay publishes its event and sets the flag in one
transaction, for a batch of documents.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from bson import ObjectId
from django.apps import apps

from marketplace.core.db import try_once
from marketplace.core.events import BATCH, publish_all
from marketplace.core.models import Announced


@cache
def announced_models() -> list[type[Announced]]:
    """The models of documents that announce themselves."""
    return [model for model in apps.get_models() if issubclass(model, Announced)]


def announce_new() -> int:
    """Publishes the events of new documents; how many. Any number of relays may do it at once."""
    count = 0
    for model in announced_models():
        while ids := list(model.objects.filter(is_announced=False).values_list("pk", flat=True)[:BATCH]):
            done = _announce(model, ids)
            count += done
            if done < len(ids) or len(ids) < BATCH:
                break
    return count


def oldest_unannounced() -> datetime | None:
    """When the oldest document was stored that is not announced yet."""
    firsts = [
        model.objects.filter(is_announced=False).order_by("pk").values_list("pk", flat=True).first()
        for model in announced_models()
    ]
    return min((first.generation_time for first in firsts if first), default=None)


def _announce(model: type[Announced], ids: Sequence[ObjectId]) -> int:
    def work() -> int:
        new = model.objects.filter(pk__in=ids, is_announced=False)
        publish_all(document.announcement() for document in new)
        return new.update(is_announced=True)

    done = try_once(work)
    if done is not None:
        return done
    # One is locked, by a write that goes on or by a killed process: halve the batch, so that the others need not wait.
    half = len(ids) // 2
    return sum(_announce(model, part) for part in (ids[:half], ids[half:])) if half else 0
