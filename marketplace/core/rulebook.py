"""The rule book: every fee, limit and timer of the marketplace, with its unit and its meaning in plain words.

To change a value append a Change with the date it takes effect; never edit a default that has been in force.
An operator who starts with other values names them in the setting RULES. Orders and other records that must keep their
terms store the version number they were made under.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

Value = int


@dataclass(frozen=True, slots=True)
class Rule:
    """One number that people live by."""

    key: str
    default: Value
    unit: str
    text: Any


@dataclass(frozen=True, slots=True)
class Change:
    """A dated version: from `effective` on, `values` replace what was in force before."""

    version: int
    effective: date
    note: Any
    values: dict[str, Value] = field(default_factory=dict)


RULES: tuple[Rule, ...] = (
    Rule("account.username_min", 3, "characters", _("A username has at least this many characters.")),
    Rule("account.username_max", 20, "characters", _("A username has at most this many characters.")),
    Rule("account.display_name_max", 40, "characters", _("A display name has at most this many characters.")),
    Rule("account.about_max", 500, "characters", _("What a closet says about its owner.")),
    Rule("account.city_max", 60, "characters", _("The place shown on a closet.")),
    Rule("account.token_name_max", 40, "characters", _("The name of an API token.")),
    Rule("account.tokens_max", 20, "tokens", _("API tokens a person may have at the same time.")),
    Rule(
        "account.password_again_seconds",
        600,
        "seconds",
        _(
            "How long after typing the password tokens, address and account can be changed without typing it again."
        ),
    ),
    Rule("account.password_min", 8, "characters", _("A password has at least this many characters.")),
    Rule("account.device_days", 365, "days", _("How long a device counts as one its owner logged in on.")),
    Rule("account.reason_max", 200, "characters", _("Why an account was closed.")),
    Rule("listing.title_max", 80, "characters", _("A title has at most this many characters.")),
    Rule("listing.desc_max", 1500, "characters", _("A description has at most this many characters.")),
    Rule("listing.photos_max", 16, "photos", _("Photos of one listing.")),
    Rule("listing.photo_bytes_max", 20_000_000, "bytes", _("The largest photo file we take.")),
    Rule(
        "listing.photo_pixels_max", 50_000_000, "pixels", _("The largest photo we take, width times height.")
    ),
    Rule(
        "listing.photo_ratio_max",
        10,
        "times",
        _("How much longer one side of a photo may be than the other."),
    ),
    Rule(
        "listing.photo_memory_max",
        90_000_000,
        "bytes",
        _(
            "What a photo may take of memory that can only be read as a whole: progressive, interlaced, WebP, GIF."
        ),
    ),
    Rule(
        "listing.removed_photos_days",
        7,
        "days",
        _("How long the photos of a removed listing are kept of which nothing was sold."),
    ),
    Rule(
        "account.closed_avatar_days",
        30,
        "days",
        _("How long the picture of a person is kept whose account is closed."),
    ),
    Rule(
        "picture.keep_unused_hours",
        24,
        "hours",
        _("How long the file of a picture is kept after the last use of it has ended."),
    ),
    Rule(
        "listing.price_min",
        100,
        "minor units",
        _("The lowest price of a listing, in minor units of its currency (cents, yen)."),
    ),
    Rule(
        "listing.price_max",
        100_000_000,
        "minor units",
        _("The highest price of a listing, in minor units of its currency (cents, yen)."),
    ),
    Rule("listing.colors_max", 2, "colours", _("Colours of one listing.")),
    Rule("listing.flaws_max", 10, "flaws", _("Flaws described on one listing.")),
    Rule("listing.flaw_note_max", 120, "characters", _("What is said about one flaw.")),
    Rule("listing.brand_max", 60, "characters", _("The name of a brand.")),
    Rule("listing.sku_max", 40, "characters", _("A seller's own stock number.")),
    Rule("listing.sizes_max", 30, "sizes", _("Sizes of one listing.")),
    Rule("listing.size_label_max", 20, "characters", _("The name of a size of the seller's own.")),
    Rule("listing.quantity_max", 999, "pieces", _("Pieces of one size.")),
    Rule("listing.drafts_max", 200, "drafts", _("Drafts a seller may keep.")),
    Rule("checkout.hold_seconds", 600, "seconds", _("How long an item is held for a person who is paying.")),
    Rule("comment.max", 500, "characters", _("A comment has at most this many characters.")),
    Rule("comment.edit_minutes", 5, "minutes", _("How long a comment can be edited.")),
    Rule(
        "comment.request_key_max",
        60,
        "characters",
        _("The key under which a program sends a comment again without saying it twice."),
    ),
    Rule("comment.mentions_max", 10, "people", _("People one comment may mention.")),
    Rule("thread.page_size", 50, "comments", _("Comments shown at once; older ones on demand.")),
    Rule(
        "thread.overlap_seconds", 30, "seconds", _("How far back a returning reader is told about changes.")
    ),
    Rule(
        "thread.replay_max",
        100,
        "changes",
        _("Changes a returning reader is sent one by one; with more the thread is loaded again."),
    ),
    Rule("thread.presence_seconds", 45, "seconds", _("A silent watcher counts as gone after this.")),
    Rule("thread.typing_seconds", 4, "seconds", _("How long 'is typing' stays without another key.")),
    Rule("news.page_size", 30, "entries", _("Entries of the news on one page.")),
    Rule("news.quote_max", 140, "characters", _("How much of a comment an entry and its mail show.")),
    Rule(
        "news.fresh_hours",
        72,
        "hours",
        _("What reaches your news later than this after it happened is not marked as new, and not mailed."),
    ),
    Rule("search.read_ms", 2000, "milliseconds", _("How long the database may read for one search.")),
    Rule("search.page_size", 48, "listings", _("Listings on one page.")),
    Rule("search.text_max", 200, "characters", _("What one can search for at once.")),
    Rule("search.meaning_ms", 60, "milliseconds", _("How long a search waits for the meaning of its words.")),
    Rule("search.similar", 12, "listings", _("Similar things shown below a listing.")),
    Rule("search.similar_seller_max", 3, "listings", _("How many of those may be of one closet.")),
    Rule(
        "search.sold_counted",
        1000,
        "listings",
        _("The newest sold ones of a brand, which its prices are of."),
    ),
    Rule(
        "search.sold_min", 5, "listings", _("With fewer sold in one condition, their prices are not shown.")
    ),
    Rule(
        "search.values_max",
        20,
        "values",
        _("Brands, sizes, colours and so on that one search can name of each."),
    ),
    Rule("search.suggestions", 6, "suggestions", _("Suggestions of each kind while somebody types.")),
    Rule("search.people", 24, "people", _("People that a search for people shows.")),
    Rule(
        "search.dormant_days",
        90,
        "days",
        _("Without a sign of life for so long a person is no longer suggested."),
    ),
    Rule("search.recent", 10, "searches", _("Searches of your own that are remembered for you.")),
    Rule("search.trends", 8, "searches", _("Trending searches that are shown.")),
    Rule(
        "search.trend_people",
        5,
        "people",
        _("A search is shown to others when so many looked for it in a day."),
    ),
    Rule("search.saved_max", 1000, "searches", _("Searches that one person can have saved.")),
    Rule("search.saved_title_max", 120, "characters", _("The name of a saved search has at most this many.")),
    Rule("search.saved_note_max", 500, "characters", _("The note to a want has at most this many.")),
    Rule("search.saved_query_max", 4000, "characters", _("What a saved search asks for, as an address.")),
    Rule("search.saved_page_size", 30, "searches", _("Saved searches on one page.")),
    Rule(
        "search.wanted_shown",
        50,
        "people",
        _("How many want a thing is told its seller up to this number; beyond it as more."),
    ),
    Rule(
        "search.new_shown",
        99,
        "listings",
        _("How much is new in a saved search is counted up to this number."),
    ),
    Rule(
        "page.cache_seconds",
        5,
        "seconds",
        _("How old a page may be that many people share; your own changes you see at once."),
    ),
    Rule("page.read_ms", 5000, "milliseconds", _("How long the database may read for one page or answer.")),
    Rule(
        "fee.flat",
        50,
        "minor units",
        _("The fixed part of what a sale costs the seller, in minor units of the currency (cents, yen)."),
    ),
    Rule("fee.pct", 8, "percent", _("The part of the price that a sale costs the seller.")),
    Rule("limit.comment.count", 20, "comments", _("Comments one person may post in the window below.")),
    Rule("limit.comment.seconds", 60, "seconds", _("The window of the comment limit.")),
    Rule(
        "limit.comment_edit.count",
        30,
        "edits",
        _("Changes one person may make to comments in the window below."),
    ),
    Rule("limit.comment_edit.seconds", 60, "seconds", _("The window of the limit of comment changes.")),
    Rule("limit.like.count", 300, "likes", _("Likes one person may give or take back in the window below.")),
    Rule("limit.like.seconds", 3600, "seconds", _("The window of the like limit.")),
    Rule("limit.news_mail.count", 30, "mails", _("Mails with news one person gets in the window below.")),
    Rule("limit.news_mail.seconds", 3600, "seconds", _("The window; past it the news page has the rest.")),
    Rule("limit.photo.count", 500, "photos", _("Uploads one person may make in the window below.")),
    Rule("limit.photo.seconds", 3600, "seconds", _("The window of the upload limit.")),
    Rule(
        "limit.listing.count",
        500,
        "listings",
        _("Drafts and publications of one person in the window below."),
    ),
    Rule("limit.listing.seconds", 3600, "seconds", _("The window of the listing limit.")),
    Rule("limit.edit.count", 1000, "changes", _("Changes to listings and profile in the window below.")),
    Rule("limit.edit.seconds", 3600, "seconds", _("The window of the change limit.")),
    Rule("limit.token.count", 20, "tokens", _("API tokens one person may make in the window below.")),
    Rule("limit.token.seconds", 3600, "seconds", _("The window of the token limit.")),
    Rule("limit.login.count", 5, "tries", _("Wrong passwords for one account from one address or device.")),
    Rule("limit.login.seconds", 300, "seconds", _("The window of that limit.")),
    Rule(
        "limit.login_account.count", 50, "tries", _("Wrong passwords for one account from all new devices.")
    ),
    Rule("limit.login_account.seconds", 3600, "seconds", _("The window; a mailed code still lets one in.")),
    Rule("limit.login_address.count", 60, "tries", _("Wrong passwords from one address, for all accounts.")),
    Rule("limit.login_address.seconds", 300, "seconds", _("The window of that limit.")),
    Rule("limit.entrance.count", 60, "forms", _("Sign-ups, lost passwords and login codes of one address.")),
    Rule("limit.entrance.seconds", 300, "seconds", _("The window of that limit.")),
    Rule("limit.account_mail.count", 5, "mails", _("Mails with a link or code to one address.")),
    Rule("limit.account_mail.seconds", 600, "seconds", _("The window of that limit.")),
    Rule("limit.password.count", 20, "forms", _("Changes of password or address of one person.")),
    Rule("limit.password.seconds", 600, "seconds", _("The window of that limit.")),
    Rule("limit.bearer.count", 30, "requests", _("API requests with a wrong token from one address.")),
    Rule("limit.bearer.seconds", 60, "seconds", _("The window; past it every token from there has to wait.")),
    Rule("limit.api.count", 1200, "requests", _("API requests of one client in the window below.")),
    Rule("limit.api.seconds", 60, "seconds", _("The window of the API limit.")),
    Rule(
        "limit.socket.count", 60, "frames", _("Frames one person may send to one server in the window below.")
    ),
    Rule(
        "limit.socket.seconds",
        10,
        "seconds",
        _("The window of the frame limit; past it the connection is closed."),
    ),
    Rule("limit.socket_address.count", 600, "frames", _("The same, of all who share an address.")),
    Rule("limit.socket_address.seconds", 10, "seconds", _("The window of the frame limit of an address.")),
    Rule(
        "limit.connect.count",
        60,
        "connections",
        _("Live connections one person may open in the window below."),
    ),
    Rule("limit.connect.seconds", 60, "seconds", _("The window of the connection limit.")),
    Rule("limit.connect_address.count", 600, "connections", _("The same, of all who share an address.")),
    Rule(
        "limit.connect_address.seconds", 60, "seconds", _("The window of the connection limit of an address.")
    ),
    Rule("socket.open_person", 30, "connections", _("Live connections one person may have at one server.")),
    Rule("socket.open_address", 1000, "connections", _("The same, of all who share an address.")),
    Rule(
        "socket.recheck_seconds",
        5,
        "seconds",
        _("How often a live connection looks whether the login behind it still holds."),
    ),
)

CHANGES: tuple[Change, ...] = (Change(1, date(2026, 11, 23), _("The first edition of the rule book.")),)
