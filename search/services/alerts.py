"""Telling people what is found for their saved searches: at once, or summed up (docs/adr/0019).

A listing finds its candidates by one index, the search interface says which of them show it, and each (search, listing)
is told once: the id of the find is derived from both.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from bson import ObjectId
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from pymongo import UpdateOne

from listings.models import Listing
from marketplace.core.db import atomic
from notices import services as notices
from notices.models import derived_id
from notices.services import Kind, News, register_kind
from search import alerts
from search.alerts import NAMED, QUERIES_AT_ONCE, TOLD_AT_ONCE
from search.models import Find, Frequency, SavedSearch, query_of
from search.services.finding import matching

FOUND = register_kind(Kind(
    name="found", label=_("New for your saved searches"), icon="search", is_mailed=True,
    one=_("{who} listed something for your search {what}"),
    many=_("{count} new for your search {what}, the latest from {who}"),
))  # fmt: skip
SUMMARY = register_kind(Kind(
    name="found_sum", label=_("Summaries of your saved searches"), icon="search", is_mailed=True, one=_("{what}"),
))  # fmt: skip
PERIODS: Final = {Frequency.DAILY.value: timedelta(days=1), Frequency.WEEKLY.value: timedelta(weeks=1)}


def tell_of_listings(*, listing_ids: Collection[ObjectId]) -> int:
    """Finds the saved searches that show these listings as they are now, and tells their owners; how many finds.

    Outside any transaction. Done again, however often and by whomever, it tells nothing twice.
    """
    listings = Listing.objects.available().in_bulk(list(listing_ids))
    candidates = {
        pk: SavedSearch.objects.all().candidates(
            numbers=listing.facets, words=alerts.words_in(listing), price=listing.price_cents,
            seller_id=listing.seller_id,
        )
        for pk, listing in listings.items()
    }  # fmt: skip
    shown = _shown(candidates)
    return sum(
        _tell(listings[pk], batch)
        for pk in sorted(shown)
        for batch in SavedSearch.objects.all().subscribers(shown[pk], TOLD_AT_ONCE)
    )


def tell_summaries() -> int:
    """Tells what has come together for searches whose summary is due; how many were told.

    Batch by batch, each whole or not at all: begun again it goes on with what is left.
    """
    told = 0
    while ids := list(SavedSearch.objects.all().due().values_list("pk", flat=True)[:TOLD_AT_ONCE]):
        told += _sum_up(ids)
    return told


def _shown(candidates: Mapping[ObjectId, Mapping[str, str]]) -> dict[ObjectId, list[str]]:
    """For each listing the keys of those of its candidates that show it; each different search is asked once."""
    queries = {key: text for found in candidates.values() for key, text in found.items()}
    keys, shown = list(queries), defaultdict[ObjectId, list[str]](list)
    for start in range(0, len(keys), QUERIES_AT_ONCE):
        some = keys[start : start + QUERIES_AT_ONCE]
        for key, ids in zip(
            some, matching([query_of(queries[key]) for key in some], list(candidates)), strict=True
        ):
            for pk in ids:
                if key in candidates[pk]:
                    shown[pk].append(key)
    return shown


@atomic
def _tell(listing: Listing, searches: Sequence[SavedSearch]) -> int:
    """Stores what is found and not yet stored, tells of it at once or plans the summary."""
    others = {derived_id(one.pk, listing.pk): one for one in searches if one.user_id != listing.seller_id}
    if not others:
        return 0
    # Raw: an upsert says of each whether it was new, in one round trip.
    now = timezone.now()
    rows = {pk: {"search_id": one.pk, "listing_id": listing.pk, "at": now} for pk, one in others.items()}
    done = Find.objects.all().write_each(
        [UpdateOne({"_id": pk}, {"$setOnInsert": row}, upsert=True) for pk, row in rows.items()]
    )
    new = [others[pk] for pk in (done.upserted_ids or {}).values()]
    notices.notify(_news(one, listing) for one in new if one.frequency == Frequency.NOW)
    if later := [one.pk for one in new if one.frequency in PERIODS]:
        SavedSearch.objects.all().make_due(later, PERIODS)
    return len(new)


def _news(search: SavedSearch, listing: Listing) -> News:
    return News(
        person_id=search.user_id, kind=FOUND.name, group=str(search.pk), key=f"found:{search.pk}:{listing.pk}",
        actor_id=listing.seller_id, at=timezone.now(), title=search.title, url=search.get_absolute_url(),
        picture=_picture(listing), text=listing.title, deep_url=listing.get_absolute_url(),
    )  # fmt: skip


@atomic
def _sum_up(ids: Sequence[ObjectId]) -> int:
    """One entry for each of these that has something new; the next summary is planned by what is found next."""
    due = list(SavedSearch.objects.all().due().filter(pk__in=ids))
    if not due:
        return 0
    found = _finds_of(due)
    listings = (
        Listing.objects.available().cards().in_bulk([pk for row in found.values() for pk in row["newest"]])
    )
    told = notices.notify(
        _summary(one, row["n"], there)
        for one in due
        if (row := found.get(one.pk)) and (there := [listings[pk] for pk in row["newest"] if pk in listings])
    )
    SavedSearch.objects.filter(pk__in=[one.pk for one in due]).update(
        due_at=None, last_told_at=timezone.now()
    )
    return told


def _finds_of(searches: Sequence[SavedSearch]) -> dict[ObjectId, dict[str, Any]]:
    """For each search how much was found since its last summary, and the newest of it: one query."""
    # Raw: grouped by the database.
    since = [{"search_id": one.pk, "at": {"$gt": one.last_told_at}} for one in searches]
    newest = {"$topN": {"output": "$listing_id", "sortBy": {"at": -1, "listing_id": -1}, "n": NAMED}}
    steps = [
        {"$match": {"$or": since}},
        {"$group": {"_id": "$search_id", "n": {"$sum": 1}, "newest": newest}},
    ]
    table = connection.database[Find._meta.db_table]
    return {row["_id"]: row for row in table.aggregate(steps, session=connection.session)}


def _summary(search: SavedSearch, number: int, newest: Sequence[Listing]) -> News:
    title = ngettext("%(n)d new for your search %(title)s", "%(n)d new for your search %(title)s", number)
    return News(
        person_id=search.user_id, kind=SUMMARY.name, group=f"{search.pk}:{search.due_at.isoformat()}",
        key=f"found_sum:{search.pk}:{search.due_at.isoformat()}", actor_id=newest[0].seller_id, at=timezone.now(),
        title=_short(title % {"n": number, "title": search.title}), url=search.get_absolute_url(),
        picture=_picture(newest[0]), text=", ".join(listing.title for listing in newest),
    )  # fmt: skip


def _short(text: str) -> str:
    most = SavedSearch._meta.get_field("title").max_length or 0
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _picture(listing: Listing) -> str:
    cover = listing.cover
    return cover.key if cover and cover.is_ready else ""
