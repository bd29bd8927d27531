"""Searches that people save: saving, changing, looking at what is new, deleting."""

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlencode

from bson import ObjectId
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from listings.models import Listing
from marketplace.core.db import atomic
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.ratelimit import limited
from marketplace.core.rules import rule
from notices.models import FORGET_BATCH, derived_id
from search import alerts
from search.errors import TooManySaved
from search.models import Find, Frequency, SavedSearch
from search.query import Query
from search.understanding import understand
from search.vocabulary.snapshot import snapshot


@limited("edit", by="person")
@atomic
def save_search(
    *, person: User, query: Query, title: str, frequency: str = Frequency.NOW.value, note: str = "",
    is_want: bool = False,
) -> SavedSearch:  # fmt: skip
    """Saves a search as it is understood now. The same one again is the same saved search, with the new values.

    Invalid for a blank or long title, a long note, no such frequency, or a search for everything; TooManySaved.
    """
    values = _checked(title=title, frequency=frequency, note=note) | {"is_want": is_want}
    meant = understand(query).query
    if not any(name not in ("sort", "exact", "availability") for name, _value in meant.pairs()):
        raise Invalid(
            fields={"query": [_("Choose a filter or type a word first: this would be everything.")]}
        )
    length, most = len(urlencode(list(meant.pairs()))), rule("search.saved_query_max")
    if length > most:
        raise Invalid(
            fields={"query": [_("%(n)d characters; at most %(max)d fit.") % {"n": length, "max": most}]}
        )
    pk = derived_id(person.pk, "search", alerts.key_of(meant))
    mine = SavedSearch.objects.of(person.pk)
    if known := mine.filter(pk=pk).first():
        return _change(known, values)
    if mine.count() >= rule("search.saved_max"):
        raise TooManySaved(limit=rule("search.saved_max"))
    low, high = alerts.prices_of(meant)
    SavedSearch.objects.create(
        id=pk, user=person, query=alerts.stored(meant), query_key=alerts.key_of(meant),
        numbers=alerts.numbers_of(meant), word=alerts.word_of(meant, snapshot().words), price_low=low,
        price_high=high, is_on=frequency != Frequency.OFF, **values,
    )  # fmt: skip
    return mine.get(pk=pk)  # its times as they are stored


@limited("edit", by="person")
@atomic
def change_saved(*, person: User, search_id: ObjectId, **changes: Any) -> SavedSearch:
    """Changes title, note, frequency or is_want of one's own saved search; NotFound, Invalid as `save_search`."""
    known = SavedSearch.objects.of(person.pk).filter(pk=search_id).first()
    if known is None:
        raise NotFound
    return _change(known, _checked(**changes))


@limited("edit", by="person")
@atomic
def delete_saved(*, person: User, search_id: ObjectId) -> None:
    """Forgets one's own saved search and what was found for it; NotFound. What was told already stays in the news."""
    if not SavedSearch.objects.of(person.pk).filter(pk=search_id).exists():
        raise NotFound
    _delete([search_id])


def look_at_saved(*, person: User, search_id: ObjectId) -> SavedSearch:
    """One's own saved search, whose finds are no longer new from now on; NotFound."""
    mine = SavedSearch.objects.of(person.pk).filter(pk=search_id)
    if not mine.update(seen_at=timezone.now()):
        raise NotFound
    return mine.get()


def new_counts(searches: Sequence[SavedSearch]) -> dict[ObjectId, int]:
    """How much was found for each since its owner looked, at most one more than `search.new_shown`: one query."""
    if not searches:
        return {}
    # Raw: the ORM cannot count each part only so far.
    most = rule("search.new_shown") + 1
    table = connection.database[Find._meta.db_table]
    parts = [
        [{"$match": {"search_id": one.pk, "at": {"$gt": one.seen_at}}}, {"$limit": most},
         {"$group": {"_id": "$search_id", "n": {"$sum": 1}}}]
        for one in searches
    ]  # fmt: skip
    steps = [*parts[0], *({"$unionWith": {"coll": table.name, "pipeline": part}} for part in parts[1:])]
    return {row["_id"]: row["n"] for row in table.aggregate(steps, session=connection.session)}


def people_who_want(*, seller: User, listing_id: ObjectId) -> int:
    """How many others have saved a search that what the draft says fits, at most one more than `search.wanted_shown`.

    NotFound for a listing of somebody else. 0 while the draft says nothing that could be looked for.
    """
    listing = Listing.objects.from_seller(seller).filter(pk=listing_id).first()
    if listing is None:
        raise NotFound
    if not listing.category_path:
        return 0
    return SavedSearch.objects.all().count_people(
        numbers=listing.facets, words=alerts.words_in(listing), price=listing.price_cents, seller_id=seller.pk,
        most=rule("search.wanted_shown") + 1,
    )  # fmt: skip


def forget_saved(*, person_id: ObjectId) -> int:
    """Removes the saved searches of somebody whose account is closed; how many. Nothing while it is open.

    Batch by batch outside any transaction: begun again it goes on with what is left.
    """
    if User.objects.active().filter(pk=person_id).exists():
        return 0
    gone = 0
    while ids := list(SavedSearch.objects.of(person_id).values_list("pk", flat=True)[:FORGET_BATCH]):
        _delete(ids)
        gone += len(ids)
    return gone


def _change(known: SavedSearch, values: dict[str, Any]) -> SavedSearch:
    now = timezone.now()
    if values.get("frequency", known.frequency) != known.frequency:  # counts from now on
        values |= {"is_on": values["frequency"] != Frequency.OFF, "due_at": None, "last_told_at": now}
    SavedSearch.objects.filter(pk=known.pk).update(**values, updated_at=now)
    known.refresh_from_db()
    return known


def _delete(ids: Collection[ObjectId]) -> None:
    Find.objects.filter(search_id__in=ids).delete()
    SavedSearch.objects.filter(pk__in=ids).delete()


def _checked(**values: Any) -> dict[str, Any]:
    """The values as they are stored; Invalid for each that cannot be."""
    errors: dict[str, list[str]] = {}
    for name in ("title", "note"):
        if name in values:
            values[name] = " ".join(values[name].split())
            most = rule(f"search.saved_{name}_max")
            if len(values[name]) > most:
                errors[name] = [_("At most %(max)d characters.") % {"max": most}]
    if "title" in values and not values["title"]:
        errors["title"] = [_("Give it a name.")]
    if "frequency" in values:
        if values["frequency"] not in Frequency.values:
            errors["frequency"] = [_("One of these: %(all)s.") % {"all": ", ".join(Frequency.values)}]
    if errors:
        raise Invalid(fields=errors)
    return values
