"""Each rule of the book, changed, changes what people can do: no key is decoration, no limit is hidden elsewhere."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts import services as accounts
from accounts.errors import TooManyTokens
from listings import services as listings
from listings.errors import PhotosFull, TooManyDrafts
from listings.models import Stock
from marketplace.core import rules
from marketplace.core.errors import DomainError, Invalid
from marketplace.core.pictures import inspect_picture
from marketplace.core.rulebook import CHANGES, RULES, Change
from marketplace.core.rules import override
from social import services as social
from social.models import Comment
from tests import make
from tests.core.limited_doors import DOORS, asked
from tests.fixtures.database import valkey

pytestmark = pytest.mark.django_db


def refused(call, error=Invalid):
    """Whether a call is refused with exactly that kind of error."""
    try:
        call()
    except DomainError as refusal:
        assert isinstance(refusal, error), refusal
        return True
    return False


def profile(**fields):
    person = make.user()
    return refused(lambda: accounts.edit_profile(user=person, **fields))


def draft(**fields):
    return refused(lambda: make.draft(photos=0, **fields))


def photo(upload):
    return refused(lambda: inspect_picture(upload, field="photos"))


def tokens():
    person = make.user()
    return refused(
        lambda: [accounts.make_token(user=person, name="t", scopes=["read"]) for _ in range(2)], TooManyTokens
    )


def drafts():
    seller = make.user()
    return refused(lambda: [listings.create_draft(seller=seller) for _ in range(2)], TooManyDrafts)


def photos():
    mine = make.draft(photos=0)
    results = listings.add_photos(actor=mine.seller, listing=mine, uploads=[make.jpeg(), make.jpeg()])
    return isinstance(results[1].error, PhotosFull)


def hold():
    listing = make.listing()
    row = listings.hold_stock(
        listing=listing, size_key=Stock.objects.get(listing=listing).size_key, owner="o"
    )
    return row.holds[0].expires_at < timezone.now() + timedelta(seconds=5)


def edit_window():
    comment = make.comment()
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(minutes=2))
    comment = Comment.objects.get(pk=comment.pk)
    return refused(
        lambda: social.edit_comment(actor=comment.author, comment=comment, body="New"), DomainError
    )


def mentions():
    first, second = make.user().username, make.user().username
    return make.comment(body=f"@{first} @{second} look").mentions == [first]


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
    first, second = [DOORS[scope](client).status_code for _ in range(2)]
    return first < 400 <= second


# key: (a value that is not the default, what must then be true and is not by default)
SCENARIOS = {
    "account.username_min": (5, lambda c: refused(lambda: make.user("abcd"))),
    "account.username_max": (5, lambda c: refused(lambda: make.user("abcdef"))),
    "account.display_name_max": (3, lambda c: profile(display_name="abcd")),
    "account.about_max": (3, lambda c: profile(about="abcd")),
    "account.city_max": (3, lambda c: profile(city="abcd")),
    "account.token_name_max": (
        2, lambda c: refused(lambda: accounts.make_token(user=make.user(), name="abc", scopes=["read"])),
    ),
    "account.tokens_max": (1, lambda c: tokens()),
    "account.reason_max": (
        2, lambda c: refused(lambda: accounts.close_account(actor=(who := make.user()), user=who, reason="abc")),
    ),
    "listing.title_max": (3, lambda c: draft(title="abcd")),
    "listing.desc_max": (3, lambda c: draft(description="abcd")),
    "listing.photos_max": (1, lambda c: photos()),
    "listing.photo_bytes_max": (10, lambda c: photo(make.jpeg())),
    "listing.photo_pixels_max": (10, lambda c: photo(make.jpeg())),
    "listing.price_min": (3000, lambda c: draft(price_cents=2500)),
    "listing.price_max": (2000, lambda c: draft(price_cents=2500)),
    "listing.colors_max": (1, lambda c: draft(colors=["red", "blue"])),
    "listing.flaws_max": (0, lambda c: draft(flaws=[flaw()])),
    "listing.flaw_note_max": (2, lambda c: draft(flaws=[flaw(note="abc")])),
    "listing.brand_max": (3, lambda c: draft(brand="abcd")),
    "listing.sku_max": (3, lambda c: draft(sku="abcd")),
    "listing.sizes_max": (1, lambda c: draft(sizes=[{"size": "S", "quantity": 1}, {"size": "M", "quantity": 1}])),
    "listing.size_label_max": (3, lambda c: draft(sizes=[{"size": "abcd", "quantity": 1}])),
    "listing.quantity_max": (1, lambda c: draft(sizes=[{"size": "M", "quantity": 2}])),
    "listing.drafts_max": (1, lambda c: drafts()),
    "checkout.hold_seconds": (1, lambda c: hold()),
    "comment.max": (3, lambda c: refused(lambda: make.comment(body="abcd"), DomainError)),
    "comment.edit_minutes": (1, lambda c: edit_window()),
    "comment.request_key_max": (2, request_key),
    "comment.mentions_max": (1, lambda c: mentions()),
    "thread.page_size": (1, thread_page),
    "search.page_size": (1, listing_page),
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
LOGIN_LIMITS = ("login", "login_account", "login_address", "entrance", "account_mail", "password", "bearer")
SIGNING_IN = [
    "account.password_again_seconds", "account.password_min", "account.device_days",
    *(f"limit.{scope}.{part}" for scope in LOGIN_LIMITS for part in ("count", "seconds")),
]  # fmt: skip
# Shown by tests of their own, which need a live socket or a page of the shop.
SHOWN_ELSEWHERE = {
    "tests/accounts": SIGNING_IN,
    "tests/social": [
        "limit.socket.count", "limit.socket.seconds", "limit.socket_address.count", "limit.socket_address.seconds",
        "limit.connect.count", "limit.connect.seconds", "limit.connect_address.count", "limit.connect_address.seconds",
        "socket.open_person", "socket.open_address", "socket.recheck_seconds", "thread.replay_max",
        "thread.overlap_seconds", "thread.presence_seconds", "thread.typing_seconds",
    ],
    "tests/listings": [
        "fee.flat", "fee.pct", "listing.removed_photos_days", "picture.keep_unused_hours", "account.closed_avatar_days",
    ],
    "tests/core": ["listing.photo_memory_max", "page.read_ms"],
}  # fmt: skip


def flaw(**fields):
    return {"kind": "stain", "place": "front", "note": "", "photo_no": 0} | fields


def test_every_rule_is_shown_to_matter():
    elsewhere = {key for keys in SHOWN_ELSEWHERE.values() for key in keys}
    assert set(SCENARIOS) | elsewhere == {rule.key for rule in RULES}
    for folder, keys in SHOWN_ELSEWHERE.items():
        tests = " ".join(path.read_text() for path in Path(folder).glob("*.py"))
        assert [key for key in keys if f'"{key}"' not in tests] == [], f"no test in {folder} changes these"


@pytest.mark.parametrize("key", SCENARIOS)
def test_changing_a_rule_changes_what_happens(key, client):
    value, happens = SCENARIOS[key]
    assert not happens(client), f"{key} does this by default already"
    valkey().flushdb()

    with override({key: value}):
        assert happens(client)


def test_the_services_limits_are_the_scopes_of_the_book():
    source = " ".join(path.read_text() for top in ("accounts", "listings", "social", "marketplace/core")
                      for path in Path(top).rglob("*.py"))  # fmt: skip
    used = set(re.findall(r'(?:limited|spend)\(\s*"(\w+)"|"limit\.(\w+)\.count"', source))
    used = {one or other for one, other in used}

    assert used == {rule.key.split(".")[1] for rule in RULES if rule.key.startswith("limit.")}


def test_the_book_is_a_page_and_data(client):
    page, data = client.get("/rules/"), client.get("/rules.json").json()

    assert all(rule.key in page.content.decode() for rule in RULES)
    assert data["version"] == rules.current_version()
    assert data["rules"]["listing.title_max"]["value"] == 80
    assert json.dumps(data)


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        rules.rule("listing.nothing")
    with pytest.raises(KeyError), override({"listing.nothing": 1}):
        pass


def test_a_change_takes_effect_on_its_day(monkeypatch):
    later = Change(2, date(2030, 1, 1), "Longer titles", {"listing.title_max": 100})
    monkeypatch.setattr(rules, "CHANGES", (*CHANGES, later))
    rules._edition.cache_clear()

    assert rules._edition(date(2029, 12, 31))[1]["listing.title_max"] == 80
    version, values = rules._edition(date(2030, 1, 1))
    assert (version, values["listing.title_max"]) == (2, 100)
    rules._edition.cache_clear()
