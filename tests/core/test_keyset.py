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
