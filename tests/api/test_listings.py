import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from listings import services
from listings.models import Listing, Status, Stock
from marketplace.core.rules import override
from social.services import lock_thread
from tests import make
from tests.api.clients import as_person, with_token

pytestmark = pytest.mark.django_db
LIST = "/api/v1/listings/"


def address(listing, tail=""):
    return f"{LIST}{listing.pk}/{tail}"


def test_a_program_lists_something_from_nothing_to_published(deliver):
    seller = make.verified_user()
    program = with_token(seller, "read", "listings:write")

    made = program.post(
        LIST, {"title": "Linen shirt", "brand": "levis", "price_cents": 1500, "currency": "USD"}
    )
    assert made.status_code == 201
    url = f"{LIST}{made.json()['id']}/"
    missing = program.post(f"{url}publish/")
    assert (missing.status_code, missing.json()["code"]) == (422, "listing_incomplete")
    assert {row["field"] for row in missing.json()["fields"]} >= {"category", "photos", "sizes", "condition"}
    rest = {"description": "Soft.", "category": make.LEAF, "condition": "good", "colors": ["red"],
            "sizes": [{"size": "M", "quantity": 2}], "flaws": [{"kind": "stain", "place": "front"}]}  # fmt: skip
    assert program.patch(url, rest).status_code == 200
    files = [make.jpeg("a.jpg"), SimpleUploadedFile("b.jpg", b"no photo"), make.jpeg("c.jpg")]
    added = program.post(f"{url}photos/", {"photos": files}, format="multipart")
    assert [row["code"] for row in added.json()] == ["", "invalid", ""]
    published = program.post(f"{url}publish/")
    assert (published.status_code, published.json()["status"]) == (200, "available")

    deliver()
    seen = APIClient().get(url).json()
    assert seen["price"] == {"amount_minor": 1500, "currency": "USD", "formatted": "$15"}
    assert seen["stock"] == [{"size": "M", "key": seen["stock"][0]["key"], "quantity": 2}]
    assert seen["photos"][0]["card"].endswith("/card.webp")
    assert "sku" not in seen
    assert "cost" not in seen


def test_what_is_private_is_only_the_sellers():
    listing = make.listing(sku="S1", cost_cents=700)

    public = APIClient().get(address(listing)).json()
    listed = APIClient().get(LIST).json()["results"][0]
    own = as_person(listing.seller).get("/api/v1/me/listings/").json()["results"][0]

    assert not {"sku", "cost"} & (set(public) | set(listed))
    assert (own["sku"], own["cost"]["amount_minor"]) == ("S1", 700)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"dress", "shirt"}), ("?category=men", {"shirt"}), ("?category=women-dresses", {"dress"}),
        ("?brand=zara", {"shirt"}), ("?color=blue", {"shirt"}), ("?condition=fair", {"dress"}), ("?size=L", {"shirt"}),
        ("?sort=price_asc&price_min=2000", {"dress"}), ("?price_max=2000", {"shirt"}),
        ("?availability=sold", {"sold"}), ("?availability=all", {"dress", "shirt", "sold"}), ("?seller=ada", {"dress"}),
        ("?seller=nobody", set()),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(query, expected):
    ada, bo = make.verified_user("ada"), make.verified_user("bobby")
    make.listing(ada, title="dress", condition="fair", price_cents=3000)
    make.listing(bo, title="shirt", category="men-shirts-t-shirts", brand="Zara", colors=["blue"], price_cents=1000,
                 sizes=[{"size": "L", "quantity": 1}])  # fmt: skip
    make.listing(bo, title="sold", status=Status.SOLD)

    results = APIClient().get(LIST + query).json()["results"]

    assert {row["title"] for row in results} == expected


def test_what_is_for_sale_is_ordered_by_price():
    for price in (3000, 1000, 2000):
        make.listing(price_cents=price)

    up = APIClient().get(f"{LIST}?category=women&sort=price_asc").json()["results"]
    down = APIClient().get(f"{LIST}?sort=price_desc").json()["results"]

    assert [row["price"]["amount_minor"] for row in up] == [1000, 2000, 3000]
    assert up == down[::-1]


def test_pages_show_each_listing_once_while_new_ones_arrive():
    seller = make.verified_user()
    first = {str(make.listing(seller).pk) for _ in range(5)}
    seen, url = [], LIST
    with override({"search.page_size": 2}):
        while url:
            page = APIClient().get(url).json()
            seen += [row["id"] for row in page["results"]]
            url = page["next"]
            make.listing(seller)

    assert sorted(seen) == sorted(first)


def test_an_etag_saves_the_answer_and_guards_the_edit():
    listing = make.listing()
    seller = as_person(listing.seller)
    etag = seller.get(address(listing)).headers["ETag"]

    assert seller.get(address(listing), headers={"If-None-Match": etag}).status_code == 304
    assert seller.patch(address(listing), {"title": "New"}, headers={"If-Match": etag}).status_code == 200
    stale = seller.patch(address(listing), {"title": "Newer"}, headers={"If-Match": etag})

    assert (stale.status_code, stale.json()["code"]) == (412, "revision_stale")
    assert Listing.objects.get().title == "New"


def sell_the_last(listing):
    row = listing.stock.get(size_label="M")
    services.hold_stock(listing=listing, size_key=row.size_key, owner="an order")


CHANGES = {
    "stock": sell_the_last,
    "a finished photo": lambda listing: services.render_photo(key=listing.photo_keys[0]),
    "a closed conversation": lambda listing: lock_thread(actor=listing.seller, listing=listing),
    "a like": lambda listing: services.add_to_counts(deltas={listing.pk: {"like_count": 1}}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_the_answer_shows_changes_its_etag_and_is_no_edit(what):
    listing = make.listing()
    reader, seller = APIClient(), as_person(listing.seller)
    etag = reader.get(address(listing)).headers["ETag"]

    CHANGES[what](listing)

    with override({"page.cache_seconds": 0}):
        again = reader.get(address(listing), headers={"If-None-Match": etag})
    assert (again.status_code, again.headers["ETag"] != etag) == (200, True)
    edited = seller.patch(address(listing), {"title": "New"}, headers={"If-Match": etag})
    assert edited.status_code == 200
    now = seller.get(address(listing), headers={"If-None-Match": edited.headers["ETag"]})
    assert now.status_code == 304


@pytest.mark.parametrize(
    ("body", "field"),
    [({"title": "x" * 81}, "title"), ({"titel": "x"}, "titel"), ({"price_cents": "much"}, "price_cents"),
     ({"price_cents": 1}, "price"), ({"sizes": [{"quantity": 1}]}, "sizes.0.size"), ({"colors": "red"}, "colors")],
)  # fmt: skip
def test_a_refusal_names_the_field(body, field):
    seller = make.verified_user()

    answer = as_person(seller).post(LIST, body, format="json")

    assert answer.status_code == 422
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert field in [row["field"] for row in answer.json()["fields"]]


WRITES = [
    ("post", "", {}), ("patch", "{pk}/", {"title": "Mine"}), ("delete", "{pk}/", {}), ("post", "{pk}/publish/", {}),
    ("put", "{pk}/status/", {"status": "removed"}), ("put", "{pk}/stock/", [{"size": "S"}]),
    ("put", "{pk}/photos/order/", {"keys": []}), ("delete", "{pk}/photos/{key}/", {}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "tail", "body"), WRITES)
def test_who_may_not_write(method, tail, body):
    listing = make.listing()
    url = LIST + tail.format(pk=listing.pk, key=listing.photo_keys[0])
    other = make.verified_user()

    def status(client):
        return getattr(client, method)(url, body, format="json").status_code

    assert status(APIClient()) == 401
    assert status(with_token(listing.seller, "read")) == 403
    assert status(as_person(listing.seller, enforce_csrf=True)) == 403
    if tail:
        assert status(as_person(other)) == 404
    after = Listing.objects.get(pk=listing.pk)
    assert (after.title, after.status, after.photo_count) == (listing.title, Status.AVAILABLE, 1)
    assert Listing.objects.count() == 1


def test_status_stock_order_and_photos_change():
    listing = make.listing(photos=2)
    seller = as_person(listing.seller)
    first, second = listing.photo_keys

    assert (
        seller.put(address(listing, "status/"), {"status": "not_for_sale"}).json()["status"] == "not_for_sale"
    )
    assert (
        seller.put(address(listing, "stock/"), [{"size": "S", "quantity": 4}], format="json").status_code
        == 200
    )
    assert seller.put(address(listing, "photos/order/"), {"keys": [second, first]}).status_code == 200
    assert seller.delete(address(listing, f"photos/{first}/")).status_code == 204

    after = Listing.objects.get()
    assert (after.status, after.photo_keys, after.sizes) == (Status.NOT_FOR_SALE, [second], ["S"])
    assert Stock.objects.get().quantity == 4


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REMOVED, Status.SUSPENDED])
def test_what_is_not_public_is_not_found(status):
    listing = make.listing(status=status)

    assert APIClient().get(address(listing)).status_code == 404
    assert APIClient().get(LIST + "66f2c0a1b2c3d4e5f6a7b8c9/").status_code == 404
