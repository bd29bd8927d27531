"""Domain events by a transactional outbox: published with the data or not at all (docs/events.md has the table).

`publish` stores one outbox entry for each handler that reacts, within the caller's transaction. The relay hands entries
to the workers, and each is gone when its handler's work is stored.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.db import connection

from marketplace.core.logs import request_id

EVENTS: dict[str, type["Event"]] = {}
HANDLERS: dict[str, "Handler"] = {}
BATCH = 200
REACTIONS_QUEUE, EXTERNAL_QUEUE = "reactions", "external"  # slow work elsewhere never holds up the counts
EXTERNAL_BATCH = 10  # work outside MongoDB is slow: small batches spread it over the workers
React = Callable[[list[Any]], None]
Replay = Callable[[datetime], Iterable["Event"]]
R = TypeVar("R", bound=React)


class DependencyAway(Exception):
    """What a handler needs does not answer: its entries are deferred, and no attempt is counted."""


class UnknownEvent(LookupError):
    """An entry is of an event that this release does not have, or that its handler does not react to here."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event: a frozen dataclass of str, int, bool, float, datetime, ObjectId, None and lists of them."""

    name: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.name = cls.__name__
        known = EVENTS.get(cls.name)
        if known is not None and (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"two events are called {cls.name}: {known.__module__} and {cls.__module__}")
        EVENTS[cls.name] = cls

    def payload(self) -> dict[str, Any]:
        """The fields as MongoDB stores them."""
        return {item.name: getattr(self, item.name) for item in fields(self)}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The event as it was published; what an older version stored beside the present fields is left out."""
        known = {item.name for item in fields(cls)}
        return cls(**{name: _aware(value) for name, value in payload.items() if name in known})


def _aware(value: Any) -> Any:
    if isinstance(value, list):
        return [_aware(item) for item in value]
    # MongoDB hands UTC times back without saying so.
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


@dataclass(frozen=True)
class Handler:
    """A registered handler: its stable name in the outbox, its function, its options and its replay source."""

    name: str
    react: React
    external: bool = False
    batch: int = BATCH
    replay: Replay | None = None
    when: Callable[[], bool] = lambda: True
    events: set[str] = field(default_factory=set)

    @property
    def queue(self) -> str:
        """The broker's queue of its batches."""
        return EXTERNAL_QUEUE if self.external else REACTIONS_QUEUE


def rebuild(name: str, payload: dict[str, Any], handler: Handler) -> Event:
    """The event of an entry, for its handler; UnknownEvent or TypeError when this release cannot read it."""
    if name not in EVENTS or name not in handler.events:
        raise UnknownEvent(f"in this release {handler.name} does not react to {name}")
    return EVENTS[name].from_payload(payload)


def publish(event: Event) -> None:
    """Publishes an event, inside @atomic only (else RuntimeError): its entries are stored in that transaction."""
    publish_all([event])


def publish_all(events: Iterable[Event]) -> None:
    """Publishes many events with one write, inside @atomic only. Events without handlers store nothing."""
    if not connection.in_atomic_block_mongo:
        raise RuntimeError("an event was published outside a transaction; the service needs @atomic")
    from marketplace.core.outbox.subscriptions import subscribers  # models load after events

    pairs = [(event, handler) for event in events for handler in subscribers(event.name)]
    apps.get_model("core", "OutboxEntry").objects.all().add(pairs, request_id())


def handlers_of(event_name: str) -> list[str]:
    """The names of this release's handlers that react to an event here."""
    return [handler.name for handler in HANDLERS.values() if event_name in handler.events and handler.when()]


def on(
    *events: type[Event], external: bool = False, batch: int = 0, replay: Replay | None = None,
    when: Callable[[], bool] = lambda: True,
) -> Callable[[R], R]:  # fmt: skip
    """Decorates a function of <app>/handlers.py that reacts to events; it takes a list of them, in no order.

    It runs inside one transaction together with "this is done", so what it does in MongoDB happens exactly once.
    external=True is for work elsewhere (pictures, mail, network): outside a transaction, at least once, so it must be
    idempotent. `batch` is the most events of one call. `replay` gives the events since a time from the app's own
    collections, for `manage.py replay`; only for a handler that leaves the same when it runs again. Nothing is stored
    for a handler whose `when` is False: what it serves is not configured here.
    """

    def register(react: R) -> R:
        name = f"{react.__module__.partition('.handlers')[0]}.{react.__name__}"
        size = batch or (EXTERNAL_BATCH if external else BATCH)
        handler = HANDLERS.get(name)
        if handler is None:
            handler = HANDLERS[name] = Handler(name, react, external, size, replay, when)
        elif handler.react is not react:
            raise TypeError(f"two handlers are called {name}")
        handler.events.update(event.name for event in events)
        return react

    return register
