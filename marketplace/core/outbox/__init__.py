"""The outbox: events are stored with the data, relayed to the workers and struck off when each reaction is stored."""

from marketplace.core.outbox.delivery import ReactionNotDead, deliver_all_due, run_again

__all__ = ["ReactionNotDead", "deliver_all_due", "run_again"]
