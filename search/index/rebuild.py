"""Builds the index anew beside the one that is searched, while listings go on changing, and puts it in its place.

From the moment a new index is made, handlers write every change to both. So what the copy reads before a change is
overtaken by the handler's write, in whatever order they arrive: versions decide (sync.py). An interrupted rebuild is
found by its index, which handlers have gone on writing to, and goes on behind the last id that it copied.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from bson import ObjectId
from elasticsearch import ApiError

from listings.models import Listing
from marketplace.mongo.hints import by_index
from search.documents import COLUMNS
from search.errors import EngineAway
from search.index.client import answering, write_client
from search.index.names import behind, body, meta_of, new_name, read_alias, write_alias
from search.index.sync import Action, action, operation_time, write

COPY: Final = 1000  # listings read and written at once
NOTED_EVERY: Final = 10  # batches; noting changes the mapping, which is not for each one
GRACE_SECONDS: Final = 2.0  # for searches that have looked up the alias before it was moved
Report = Callable[[int], None]


def is_current() -> bool:
    """Whether there is an index as this release wants it."""
    live = behind(read_alias())
    return bool(live) and meta_of(live[0])["digest"] == body()["mappings"]["_meta"]["digest"]


def rebuild(report: Report = lambda copied: None) -> str:
    """Builds, fills and switches to a new index; its name. `report` is told how many listings are copied so far.

    EngineAway when Elasticsearch goes away on the way: run it again, it goes on.
    """
    index = unfinished() or begin()
    copy(index, report)
    switch_to(index)
    return index


def unfinished() -> str | None:
    """The index of a rebuild that was interrupted, if it is as this release wants it; others are deleted."""
    wanted = body()["mappings"]["_meta"]["digest"]
    found = None
    for index in set(behind(write_alias())) - set(behind(read_alias())):
        if meta_of(index)["digest"] == wanted and found is None:
            found = index
        else:
            _delete(index)
    return found


def begin() -> str:
    """Makes an empty index that handlers write to from now on; not refreshed before it is full."""
    index, wanted = new_name(), body()
    settings = {**wanted["settings"], "refresh_interval": "-1"}
    with answering():
        write_client().indices.create(
            index=index, mappings=wanted["mappings"], settings=settings, aliases={write_alias(): {}}
        )
    return index


def copy(index: str, report: Report) -> None:
    """Writes every public listing to the index, in the order of their ids, from where an earlier run got to."""
    meta, copied = meta_of(index), 0
    for number, actions in enumerate(_batches(meta["copied_to"])):
        if write(actions, [index]):
            raise EngineAway(f"{index} is gone: another rebuild has replaced it")
        copied += len(actions)
        if number % NOTED_EVERY == 0:
            meta["copied_to"] = actions[-1]["_id"]
            with answering():
                write_client().indices.put_mapping(index=index, meta=meta)
            report(copied)
    report(copied)


def switch_to(index: str) -> None:
    """Makes an index the one that is searched, in one step, and deletes the others of this name."""
    interval = body()["settings"]["refresh_interval"]
    with answering():
        client = write_client()
        client.indices.put_settings(index=index, settings={"refresh_interval": interval})
        client.indices.refresh(index=index)
        others = [one for one in {*behind(read_alias()), *behind(write_alias())} if one != index]
        actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": read_alias()}}]
        actions += [{"remove": {"index": one, "alias": "*"}} for one in others]
        client.indices.update_aliases(actions=actions)
    if others:
        time.sleep(GRACE_SECONDS)
    for one in others:
        _delete(one)


def public_rows(size: int, after: str = "") -> Iterator[tuple[int, list[Listing]]]:
    """All public listings in the order of their ids, batch by batch, each with its version."""
    while True:
        version = operation_time()  # before the read: see sync.py
        rows = by_index(Listing.objects.public().order_by("pk").only("id", *COLUMNS), "_id_")
        batch = list((rows.filter(pk__gt=ObjectId(after)) if after else rows)[:size])
        if not batch:
            return
        yield version, batch
        after = str(batch[-1].pk)


def _batches(after: str) -> Iterator[list[Action]]:
    for version, batch in public_rows(COPY, after):
        yield [action(listing.pk, version, listing) for listing in batch]


def _delete(index: str) -> None:
    with answering():
        try:
            write_client().indices.delete(index=index, ignore_unavailable=True)
        except ApiError as failure:
            raise EngineAway(str(failure)) from failure
