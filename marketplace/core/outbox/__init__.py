"""The outbox: an event is stored with the data, once for each handler, until that handler's work is stored."""

from marketplace.core.outbox.delivery import EntryNotDead, deliver_all_due, discard, requeue

__all__ = ["EntryNotDead", "deliver_all_due", "discard", "requeue"]
