import base64
import json

import pytest

from listings.models import Listing
from marketplace.core.keyset import page_of
from tests import make

NEWEST = ("-published_at", "-id")


@pytest.mark.django_db
def test_paging_shows_each_row_once_while_new_ones_arrive():
    seller = make.verified_user()
    first = [make.listing(seller).pk for _ in range(7)]

    seen, cursor = [], ""
    while True:
        page = page_of(Listing.objects.available(), order=NEWEST, after=cursor, size=3)
        seen += [row.pk for row in page.items]
        make.listing(seller)
        cursor = page.next_cursor
        if not cursor:
            break

    assert seen == first[::-1]


@pytest.mark.django_db
def test_a_page_that_is_exactly_full_is_the_last():
    seller = make.verified_user()
    for _ in range(3):
        make.listing(seller)

    assert page_of(Listing.objects.all(), order=NEWEST, after="", size=3).next_cursor == ""
    assert page_of(Listing.objects.all(), order=NEWEST, after="", size=2).next_cursor != ""


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["%%%", "e30", "WzFd", "W3siJGd0IjogMX0sIDFd", "a" * 5000])
def test_a_broken_cursor_gives_the_first_page(cursor):
    row = make.listing()

    page = page_of(Listing.objects.available(), order=NEWEST, after=cursor, size=2)

    assert [found.pk for found in page.items] == [row.pk]


FORGED = [
    ["abc", {"o": "66f2c0a1b2c3d4e5f6a7b8c9"}],
    [{"t": "2026-01-01T00:00:00"}, {"o": "no id"}],
    [{"t": "0001-01-01T00:00:00+23:59"}, {"o": "66f2c0a1b2c3d4e5f6a7b8c9"}],
    [{"t": "soon"}, {"o": "66f2c0a1b2c3d4e5f6a7b8c9"}],
    [{"t": 5}, {"o": 5}],
    [10**30, {"o": "66f2c0a1b2c3d4e5f6a7b8c9"}],
    [7, "abc"],
    [{"o": "66f2c0a1b2c3d4e5f6a7b8c9"}, {"t": "2026-01-01T00:00:00+00:00"}],
    ["\ud800", "\x00"],
    [True, 1.5],
    {"t": 1},
    None,
]


@pytest.mark.django_db
@pytest.mark.parametrize("order", [NEWEST, ("price_cents", "id")])
@pytest.mark.parametrize("values", FORGED, ids=str)
def test_a_forged_cursor_breaks_nothing(values, order):
    row = make.listing()
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")

    page = page_of(Listing.objects.available(), order=order, after=cursor, size=2)

    assert [found.pk for found in page.items] in ([row.pk], [])
