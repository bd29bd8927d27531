"""For each rule of the book that a request shows: another value, and what is then true and is not by default."""

from datetime import timedelta
from itertools import count

from django.test import Client
from django.utils import timezone

from accounts import services as accounts
from accounts.models import User
from listings import services as listings
from listings.models import Stock
from marketplace.core.errors import DomainError, Invalid
from social.models import Comment
from tests import make
from tests.core.limited_doors import DOORS, asked, make_token, own

NUMBERS = count(1)


def refused(call, error=Invalid):
    """Whether a call is refused with exactly that kind of error."""
    try:
        call()
    except DomainError as refusal:
        assert isinstance(refusal, error), refusal
        return True
    return False


def is_refused(answer):
    """Whether the API refuses what was sent; that it could not be asked fails the test."""
    assert answer.status_code < 300 or answer.status_code in {409, 422}, answer.content
    return answer.status_code >= 300


def agreed(by_api, by_service):
    """What the API and the service both say; pages go to the service too."""
    assert by_api == by_service, f"refused by the API: {by_api}, by the service: {by_service}"
    return by_api


def flaw(**fields):
    return {"kind": "stain", "place": "front", "note": "", "photo_no": 0} | fields


def profile(client, **fields):
    return agreed(
        is_refused(asked(client, "patch", "me/", fields)),
        refused(lambda: accounts.edit_profile(user=make.user(), **fields)),
    )


def draft(client, **fields):
    return agreed(
        is_refused(asked(client, "post", "listings/", fields)),
        refused(lambda: make.draft(photos=0, **fields)),
    )


def token(client, name):
    return agreed(
        is_refused(make_token(client, name)),
        refused(lambda: accounts.make_token(user=make.user(), name=name, scopes=["read"])),
    )


def comment(client, body):
    path = f"listings/{make.listing().pk}/comments/"
    return agreed(
        is_refused(asked(client, "post", path, {"body": body})),
        refused(lambda: make.comment(body=body), DomainError),
    )


def uploaded(client, *pictures):
    """For each picture, whether the API refuses it."""
    mine = own(client, lambda person: make.draft(person, photos=0))
    answer = client.post(f"/api/v1/listings/{mine.pk}/photos/", {"photos": list(pictures)})
    return [not row["photo"] for row in answer.json()]


def second(client, send):
    """Whether only the second of two requests of one person is refused."""
    client.logout()
    return [is_refused(send(client)) for _ in range(2)] == [False, True]


def hold():
    listing = make.listing()
    row = listings.hold_stock(
        listing=listing, size_key=Stock.objects.get(listing=listing).size_key, owner="o"
    )
    return row.holds[0].expires_at < timezone.now() + timedelta(seconds=5)


def edit_window(client):
    said = own(client, lambda person: make.comment(author=person))
    Comment.objects.filter(pk=said.pk).update(created_at=timezone.now() - timedelta(minutes=2))
    return is_refused(asked(client, "patch", f"comments/{said.pk}/", {"body": "New"}))


def mentions(client):
    names = [make.user().username for _ in range(2)]
    path = f"listings/{make.listing().pk}/comments/"
    said = asked(client, "post", path, {"body": f"@{names[0]} @{names[1]} look"}).json()
    return Comment.objects.get(pk=said["id"]).mentions == names[:1]


def username(length):
    by_page, by_service = (f"u{next(NUMBERS):0{length - 1}}" for _ in range(2))
    form = {"email": f"{by_page}@example.org", "username": by_page, "password1": make.PASSWORD}
    Client().post("/account/signup/", form)
    return agreed(not User.objects.filter(username=by_page).exists(), refused(lambda: make.user(by_service)))


def reason(text):
    person, browser = make.verified_user(), Client()
    browser.post("/account/login/", {"login": person.username, "password": make.PASSWORD})
    browser.post("/settings/close/", {"username": person.username, "reason": text})
    return User.objects.get(pk=person.pk).is_active


def listing_page(client):
    seller = make.verified_user()
    for _ in range(2):
        make.listing(seller)
    page = client.get("/api/v1/listings/").json()
    return len(page["results"]) == 1 and page["next"] is not None


def fresh_page(client):
    make.listing()
    before = client.get("/c/women-dresses-maxi/").content.decode().count('<article class="card')
    make.listing()
    return client.get("/c/women-dresses-maxi/").content.decode().count('<article class="card') == before + 1


def thread_page(client):
    listing = make.listing()
    for _ in range(2):
        make.comment(listing)
    return (
        client.get(f"/listings/{listing.pk}/", follow=True).content.decode().count('<li class="comment') == 1
    )


def api_limit(client):
    return [client.get("/api/v1/categories/").status_code for _ in range(2)][1] == 429


def api_window(client):
    return int(client.get("/api/v1/categories/").headers["RateLimit-Reset"]) > 120


def request_key(client):
    listing = make.listing()
    answer = asked(
        client, "post", f"listings/{listing.pk}/comments/", {"body": "Hello", "request_key": "abc"}
    )
    return answer.status_code == 422 and answer.json()["fields"][0]["field"] == "request_key"


def is_limited(client, scope):
    first, again = [DOORS[scope](client) for _ in range(2)]
    assert first.status_code < 300, first.content
    if again.status_code < 300:
        return False
    said = again.json()
    codes = {row["code"] for row in said} if isinstance(said, list) else {said.get("code")}
    return codes == {"too_many"}


# key: (a value that is not the default, what must then be true and is not by default)
SCENARIOS = {
    "account.username_min": (5, lambda c: username(4)),
    "account.username_max": (5, lambda c: username(6)),
    "account.display_name_max": (3, lambda c: profile(c, display_name="abcd")),
    "account.about_max": (3, lambda c: profile(c, about="abcd")),
    "account.city_max": (3, lambda c: profile(c, city="abcd")),
    "account.token_name_max": (2, lambda c: token(c, "abc")),
    "account.tokens_max": (1, lambda c: second(c, make_token)),
    "account.reason_max": (2, lambda c: reason("abc")),
    "listing.title_max": (3, lambda c: draft(c, title="abcd")),
    "listing.desc_max": (3, lambda c: draft(c, description="abcd")),
    "listing.photos_max": (1, lambda c: uploaded(c, make.jpeg(), make.jpeg()) == [False, True]),
    "listing.photo_bytes_max": (10, lambda c: uploaded(c, make.jpeg()) == [True]),
    "listing.photo_pixels_max": (10, lambda c: uploaded(c, make.jpeg()) == [True]),
    "listing.photo_ratio_max": (1, lambda c: uploaded(c, make.jpeg()) == [True]),
    "listing.price_min": (3000, lambda c: draft(c, price_cents=2500)),
    "listing.price_max": (2000, lambda c: draft(c, price_cents=2500)),
    "listing.colors_max": (1, lambda c: draft(c, colors=["red", "blue"])),
    "listing.flaws_max": (0, lambda c: draft(c, flaws=[flaw()])),
    "listing.flaw_note_max": (2, lambda c: draft(c, flaws=[flaw(note="abc")])),
    "listing.brand_max": (3, lambda c: draft(c, brand="abcd")),
    "listing.sku_max": (3, lambda c: draft(c, sku="abcd")),
    "listing.sizes_max": (1, lambda c: draft(c, sizes=[{"size": "S", "quantity": 1}, {"size": "M", "quantity": 1}])),
    "listing.size_label_max": (3, lambda c: draft(c, sizes=[{"size": "abcd", "quantity": 1}])),
    "listing.quantity_max": (1, lambda c: draft(c, sizes=[{"size": "M", "quantity": 2}])),
    "listing.drafts_max": (1, lambda c: second(c, DOORS["listing"])),
    "checkout.hold_seconds": (1, lambda c: hold()),
    "comment.max": (3, lambda c: comment(c, "abcd")),
    "comment.edit_minutes": (1, edit_window),
    "comment.request_key_max": (2, request_key),
    "comment.mentions_max": (1, mentions),
    "thread.page_size": (1, thread_page),
    "search.page_size": (1, listing_page),
    "search.text_max": (3, lambda c: "At most 3" in c.get("/search/?q=abcd&sort=newest").content.decode()),
    "search.values_max": (1, lambda c: "At most 1 of these" in c.get("/c/men/?size=S&size=M").content.decode()),
    "page.cache_seconds": (0, fresh_page),
    "limit.api.count": (1, api_limit),
    "limit.api.seconds": (3600, api_window),
} | {
    key: value
    for scope in DOORS
    for key, value in {
        f"limit.{scope}.count": (1, lambda c, scope=scope: is_limited(c, scope)),
        f"limit.{scope}.seconds": (
            90_000, lambda c, scope=scope: int(DOORS[scope](c).headers["RateLimit-Reset"]) > 80_000,
        ),
    }.items()
}  # fmt: skip
