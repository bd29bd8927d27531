import threading

import pytest
from django.db import connection
from django.test import Client

from listings.errors import ListingUnavailable
from listings.models import Listing, Status
from marketplace.core.errors import NotFound
from marketplace.core.outbox.announcing import announce_new
from marketplace.core.outbox.models import OutboxEntry
from social import services
from social.models import Like
from tests import make
from tests.admin.test_services_only import client_of

pytestmark = pytest.mark.django_db


def test_liking_twice_is_once(deliver):
    listing, ada = make.listing(), make.user()

    assert services.like_listing(user=ada, listing_id=listing.pk)
    assert not services.like_listing(user=ada, listing_id=listing.pk)
    deliver()
    assert Listing.objects.get().like_count == 1

    assert services.unlike_listing(user=ada, listing_id=listing.pk)
    assert not services.unlike_listing(user=ada, listing_id=listing.pk)
    deliver()
    assert (Listing.objects.get().like_count, Like.objects.count()) == (0, 0)


def test_what_is_settled_or_hidden_is_not_liked():
    with pytest.raises(ListingUnavailable):
        services.like_listing(user=make.user(), listing_id=make.listing(status=Status.SOLD).pk)
    with pytest.raises(NotFound):
        services.like_listing(user=make.user(), listing_id=make.draft().pk)

    assert Like.objects.count() == 0


@pytest.mark.django_db
def test_many_likes_of_one_person_at_once_are_one(deliver):
    listing, ada = make.listing(), make.user()
    new, problems, gate = [], [], threading.Barrier(20)

    def like():
        gate.wait()
        try:
            new.append(services.like_listing(user=ada, listing_id=listing.pk))
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=like) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deliver()

    assert problems == []
    assert (sum(new), Like.objects.count(), Listing.objects.get().like_count) == (1, 1, 1)


def test_the_button_works_with_and_without_scripts():
    listing, ada = make.listing(), make.user()
    client = client_of(ada)

    plain = client.post(f"/listings/{listing.pk}/like/", {"like": "1", "next": "/c/women/"})
    assert (plain.status_code, plain.url) == (302, "/c/women/")
    swapped = client.post(f"/listings/{listing.pk}/like/", {"like": "0"}, headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in swapped.content.decode()
    elsewhere = client.post(f"/listings/{listing.pk}/like/", {"like": "1", "next": "https://evil.example/"})
    assert elsewhere.url == listing.get_absolute_url()


def test_visitors_are_asked_to_log_in():
    listing = make.listing()

    answer = Client().post(f"/listings/{listing.pk}/like/", {"like": "1"})

    assert answer.url.startswith("/account/login/")
    assert Like.objects.count() == 0


def test_my_likes_show_what_i_like_and_may_still_see():
    ada = make.user()
    kept, gone = make.listing(title="Kept coat"), make.listing(title="Gone coat")
    for listing in (kept, gone):
        services.like_listing(user=ada, listing_id=listing.pk)
    Listing.objects.filter(pk=gone.pk).update(status=Status.SUSPENDED)

    page = client_of(ada).get("/my/likes/").content.decode()

    assert "Kept coat" in page
    assert "Gone coat" not in page


def test_a_like_is_one_write_and_counts_once_announced(record_commands, deliver):
    ada, listing = make.user(), make.listing()

    with record_commands() as commands:
        services.like_listing(user=ada, listing_id=listing.pk)
    assert commands.names() == ["find:listings_listing", "insert:social_like"]

    deliver()
    deliver()
    assert Listing.objects.get().like_count == 1


def test_a_like_taken_back_before_it_was_announced_leaves_no_trace(deliver):
    ada, listing = make.user(), make.listing()
    services.like_listing(user=ada, listing_id=listing.pk)

    assert services.unlike_listing(user=ada, listing_id=listing.pk)

    assert deliver() == 0 or Listing.objects.get().like_count == 0
    assert not OutboxEntry.objects.filter(event__in=["ListingLiked", "ListingUnliked"]).exists()


def test_likes_are_counted_once_however_many_relays_announce_them(deliver):
    listing = make.listing()
    people = [make.user() for _ in range(8)]
    for person in people:
        services.like_listing(user=person, listing_id=listing.pk)

    def work(n: int) -> None:
        for _ in range(4):
            announce_new()
            if n == 0:
                for person in people[:4]:
                    services.unlike_listing(user=person, listing_id=listing.pk)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deliver()

    assert Like.objects.count() == 4
    assert Listing.objects.get().like_count == 4
    assert not Like.objects.filter(is_announced=False).exists()
