"""Every request that shows a list, with common, rare and empty combinations of filters."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services import forget_old_sessions
from listings.models import Listing, Status
from listings.services import release_expired_holds

API = "/api/v1/listings/"
BEAT: dict[str, Callable[[], object]] = {
    "beat: release holds": release_expired_holds, "beat: old sessions": forget_old_sessions,
}  # fmt: skip


def extremes(field: str) -> tuple[str, str]:
    """The most common and the rarest value of a field among what is on sale."""
    stages = [
        {"$match": {"status": "available"}}, {"$limit": 50_000}, {"$unwind": f"${field}"},
        {"$group": {"_id": f"${field}", "n": {"$sum": 1}}}, {"$match": {"_id": {"$ne": ""}}}, {"$sort": {"n": -1}},
    ]  # fmt: skip
    found = [
        row["_id"] for row in connection.database[Listing._meta.db_table].aggregate(stages, allowDiskUse=True)
    ]
    return found[0], found[-1]


def client_of(username: str, **changes: bool) -> Client:
    User.objects.filter(username=username).update(**changes)
    client = Client()
    client.force_login(User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    return client


def doors() -> Iterator[tuple[str, Client, str]]:
    """(name, who asks, address) of each."""
    visitor, big, fan = Client(), client_of("grown0"), client_of("grown1", is_staff=True, is_superuser=True)
    common, rare = {}, {}
    for name, field in (("category", "category_path"), ("brand", "brand_slug"), ("size", "sizes"), ("color", "colors"),
                        ("condition", "condition")):  # fmt: skip
        common[name], rare[name] = extremes(field)
    top, leaf = common["category"], rare["category"]
    yield "home", visitor, "/"
    for page in (
        "", "?sort=price_asc", f"?color={common['color']}", f"?color={rare['color']}&condition=fair",
        f"?color={rare['color']}&brand={rare['brand']}", f"?condition={rare['condition']}&sort=price_desc",
    ):  # fmt: skip
        yield f"category {page[:25] or 'all'}", visitor, f"/c/{top}/{page}"
    yield "category leaf", visitor, f"/c/{leaf}/"
    yield "brand", visitor, f"/brands/{common['brand']}/"
    narrow = urlencode({name: rare[name] for name in ("color", "condition")})
    yield "brand rare colour", visitor, f"/brands/{common['brand']}/?{narrow}"
    yield "closet big", visitor, "/closet/grown0/"
    yield "closet big sold", visitor, "/closet/grown0/?tab=sold"
    yield "closet small", visitor, "/closet/grown7/"
    kinds = {
        "all": {}, "common 5": common, "rare 5": rare, "common without category": common | {"category": ""},
        "rare colour": {"color": rare["color"]}, "rare size in top": {"category": top, "size": rare["size"]},
        "top+common brand+rare size": {"category": top, "brand": common["brand"], "size": rare["size"]},
        "common pair": {"category": top, "color": common["color"]}, "empty": {"category": leaf, "brand": rare["brand"]},
        "condition": {"condition": rare["condition"]},
    }  # fmt: skip
    for name, chosen in kinds.items():
        query = {key: value for key, value in chosen.items() if value}
        yield f"API {name}", visitor, f"{API}?{urlencode(query)}"
        priced = query | {"sort": "price_asc", "price_min": 2000, "price_max": 3000}
        yield f"API {name}, price", visitor, f"{API}?{urlencode(priced)}"
    for query in ("availability=sold", "availability=all", f"availability=sold&category={leaf}",
                  f"availability=all&brand={rare['brand']}", "seller=grown0&availability=all"):  # fmt: skip
        yield f"API {query[:26]}", visitor, f"{API}?{query}"
    yield "API deep page", visitor, deep(visitor, common)
    talked = Listing.objects.available().filter(comment_count__gt=0).order_by()[0]
    yield "API comments", visitor, f"{API}{talked.pk}/comments/"
    yield "API my listings", big, "/api/v1/me/listings/"
    yield "API my likes", fan, "/api/v1/me/likes/"
    yield "my likes", fan, "/my/likes/"
    for tab in ("", "drafts", "hidden", "sold"):
        yield f"my closet {tab or 'for sale'}", big, f"/my/closet/?tab={tab}"
    yield "closet admin: today", big, reverse("closet_admin:index")
    yield "staff: today", fan, reverse("staff:index")
    for site, client in (("closet_admin", big), ("staff", fan)):
        listing = reverse(f"{site}:listings_listing_changelist")
        yield f"{site}: listings", client, listing
        yield f"{site}: listings, last page", client, f"{listing}?p=41"
        yield f"{site}: listings, id", client, f"{listing}?q={'0' * 24}"
        for status in (Status.AVAILABLE, Status.SUSPENDED, Status.RESERVED):
            yield f"{site}: listings {status}", client, f"{listing}?status__exact={status}"
    yield "staff: listings of a seller", fan, reverse("staff:listings_listing_changelist") + "?q=grown0"
    for query in ("", "?kind=staff", "?kind=closed", "?q=grown77", "?q=nobody"):
        yield f"staff: people {query}", fan, reverse("staff:accounts_user_changelist") + query
    for query in ("", "?is_reviewed__exact=0", "?q=nike"):
        yield f"staff: brands {query}", fan, reverse("staff:listings_brand_changelist") + query


def deep(client: Client, common: dict[str, str]) -> str:
    """The tenth page of a common combination."""
    url = f"{API}?{urlencode({'category': common['category'], 'color': common['color'], 'order': 'price_desc'})}"
    for _ in range(10):
        url = client.get(url).json().get("next") or url
    return url
