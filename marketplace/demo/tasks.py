"""The rest of the demo, in the worker: a few seconds at a time, so that it never stands in the way of ending."""

import logging
import time

from celery import shared_task
from django.core.cache import cache

log = logging.getLogger(__name__)
SLICE, LOCK_SECONDS = 6.0, 120


@shared_task(name="demo.go_on")
def go_on(people: int, listings: int) -> str:
    """Makes some more of the demo and calls itself until all of it is there; safe to run twice."""
    from marketplace.demo import plan, seeding  # here: a worker without a demo need not know how to draw

    if not cache.add("demo.go_on", "1", LOCK_SECONDS):
        return "somebody else is at it"
    try:
        some_more(people, listings, time.monotonic() + SLICE)
    finally:
        cache.delete("demo.go_on")
    pieces = plan.pieces(people, listings)
    done = listings - len(seeding.unfinished(pieces))
    up = listings - len(seeding.unmade(pieces))
    line = f"demo: {up} of {listings} listings are up, {done} have all their pictures and talk"
    log.info(line)
    if done < listings:
        go_on.delay(people, listings)
    return line


def some_more(people: int, listings: int, until: float) -> None:
    """Works until a time of time.monotonic(), or until nothing is left."""
    from marketplace.demo import plan, seeding, studio

    crew, pieces = seeding.people(people), plan.pieces(people, listings)
    for piece in seeding.unmade(pieces):
        seeding.publish(piece, crew, studio.develop(seeding.shot_of(piece, 0)))
        if time.monotonic() > until:
            return
    for piece in seeding.unfinished(pieces):
        seeding.enliven(piece, crew)
        seeding.finish(piece, crew)
        if time.monotonic() > until:
            return
