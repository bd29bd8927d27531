"""Subscriptions during a roll-out: handlers that only the newer release has, and handlers that were retired."""

from datetime import timedelta

import pytest
from bson import ObjectId
from django.core.management import call_command
from django.utils import timezone

from marketplace.core.events import HANDLERS, on
from marketplace.core.outbox import subscriptions
from marketplace.core.outbox.models import OutboxEntry, Subscription
from marketplace.core.outbox.relay import Relay
from tests.core.planted import Planted, count

COUNT, TOMORROW = "tests.core.planted.count", "search.index_listings"


def subscribe(handler: str, days_ago: float = 0) -> None:
    Subscription.objects.create(
        event="Planted", handler=handler, seen_at=timezone.now() - timedelta(days=days_ago)
    )
    subscriptions.clear_cache()


def aged_entry(handler: str, days: float) -> OutboxEntry:
    at = timezone.now() - timedelta(days=days)
    own_id = ObjectId(ObjectId.from_datetime(at).binary[:4] + ObjectId().binary[4:])
    return OutboxEntry.objects.create(
        id=own_id, event="Planted", payload={"number": 1}, handler=handler, created_at=at
    )


def test_an_older_process_stores_entries_for_a_handler_that_only_a_newer_release_has(handlers, plant):
    on(Planted)(count)
    subscribe(TOMORROW)

    entries = plant(1)

    assert {entry.handler for entry in entries} == {COUNT, TOMORROW}


def test_a_running_process_notices_a_new_handler_in_time(handlers, plant, monkeypatch):
    monkeypatch.setattr(subscriptions, "CACHE_SECONDS", 0.0)
    assert plant(1) == []

    Subscription.objects.create(event="Planted", handler=TOMORROW, seen_at=timezone.now())

    assert [entry.handler for entry in plant(2)] == [TOMORROW]


def test_the_relay_of_an_older_release_leaves_such_entries_alone(handlers, plant):
    on(Planted)(count)
    subscribe(TOMORROW)
    plant(1)
    sent = []

    Relay(send=sent.append).sweep()

    assert [claim.handler for claim in sent] == [COUNT]
    left = OutboxEntry.objects.get(handler=TOMORROW)
    assert (left.state, left.attempts) == ("pending", 0)


@pytest.mark.parametrize("starts", ["relay", "migrate"])
def test_a_release_registers_its_subscriptions_when_it_starts(starts, handlers):
    on(Planted)(count)

    if starts == "migrate":
        call_command("migrate", "core", verbosity=0)
    else:
        Relay(send=lambda claim: None)._maintain()

    said = set(Subscription.objects.values_list("event", "handler"))
    assert said == {(event, handler.name) for handler in HANDLERS.values() if handler.when()
                    for event in handler.events}  # fmt: skip


def test_registering_again_keeps_one_row_and_renews_it(handlers):
    handlers.clear()
    on(Planted)(count)
    subscribe(COUNT, days_ago=3)

    subscriptions.register()

    assert Subscription.objects.get().seen_at > timezone.now() - timedelta(minutes=1)


def test_entries_of_a_retired_handler_are_dead_letters_after_some_days(handlers, settings):
    handlers.clear()
    on(Planted)(count)
    settings.OUTBOX = {**settings.OUTBOX, "RETIRE_DAYS": 7}
    subscribe("gone.handler", days_ago=8)
    subscribe("absent.handler", days_ago=6)
    gone, absent, ours = (
        aged_entry(handler, days=9) for handler in ("gone.handler", "absent.handler", COUNT)
    )
    young = aged_entry("gone.handler", days=1)  # perhaps of a release that has not registered yet
    subscriptions.register()

    assert subscriptions.retire() == 1

    gone.refresh_from_db()
    assert (gone.state, gone.error) == ("dead", subscriptions.RETIRED)
    others = OutboxEntry.objects.filter(pk__in=[absent.pk, ours.pk, young.pk])
    assert set(others.values_list("state", flat=True)) == {"pending"}
    assert set(Subscription.objects.values_list("handler", flat=True)) == {"absent.handler", COUNT}
