"""What social tells people: comments on their listings, mentions, likes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.core.events import HANDLERS
from marketplace.core.outbox.announcing import announce_new
from marketplace.core.outbox.replay import replay
from notices import services
from notices.models import Notice, NoticePart
from notices.presenters import entries_of
from social import services as social
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    return make.listing(make.verified_user("vera", display_name="Vera"), title="Linen dress")


def news_of(person):
    return entries_of(Notice.objects.of(person.pk).shown().order_by("-updated_at"))


def test_the_seller_is_told_of_comments_with_what_was_said(listing, deliver):
    ada = make.verified_user("ada", display_name="Ada")
    make.comment(listing, ada, "Is it lined?")
    make.comment(listing, listing.seller, "In cotton.")
    deliver()

    (entry,) = news_of(listing.seller)
    assert (entry.text, entry.quote) == ("Ada commented on Linen dress", "Is it lined?")
    assert entry.url.startswith(f"{listing.get_absolute_url()}#comment-")
    assert news_of(ada) == []


def test_who_is_mentioned_is_told_and_a_seller_only_once(listing, deliver):
    ada, ben = make.verified_user("ada", display_name="Ada"), make.verified_user("ben")
    make.comment(listing, ada, "@vera @ben @ada @nobody what do you think?")
    deliver()

    for person in (listing.seller, ben):
        assert [entry.text for entry in news_of(person)] == [
            "Ada mentioned you in the conversation about Linen dress"
        ]
    assert news_of(ada) == []


def test_a_removed_comment_takes_its_news_along_read_or_not(listing, deliver):
    ada, ben = make.verified_user("ada"), make.verified_user("ben")
    said = make.comment(listing, ada, "Rude words, @ben")
    deliver()
    services.mark_read(person=listing.seller)

    social.remove_comment(actor=listing.seller, comment=said)
    deliver()

    assert news_of(listing.seller) == news_of(ben) == []
    assert not NoticePart.objects.exists()


def test_a_comment_that_was_removed_before_anybody_was_told_is_not_told(listing, deliver):
    said = make.comment(listing, body="Oh no")
    social.remove_comment(actor=said.author, comment=said)
    deliver()

    assert not Notice.objects.exists()


def test_likes_of_a_listing_are_one_entry_and_an_unread_one_can_be_taken_back(listing, deliver):
    fans = [make.user(display_name=f"Fan {n}") for n in range(3)]
    for fan in fans:
        social.like_listing(user=fan, listing_id=listing.pk)
    deliver()
    assert [entry.text for entry in news_of(listing.seller)] == ["Fan 2, Fan 1 and Fan 0 liked Linen dress"]

    social.unlike_listing(user=fans[2], listing_id=listing.pk)
    deliver()
    assert [entry.text for entry in news_of(listing.seller)] == ["Fan 1 and Fan 0 liked Linen dress"]

    services.mark_read(person=listing.seller)
    social.unlike_listing(user=fans[1], listing_id=listing.pk)
    deliver()
    social.like_listing(user=fans[1], listing_id=listing.pk)
    deliver()
    assert [entry.text for entry in news_of(listing.seller)] == ["Fan 1 and Fan 0 liked Linen dress"]
    assert services.unread_count(person_id=listing.seller_id) == 0


def test_one_who_likes_and_takes_it_back_all_day_is_one_entry(listing, deliver):
    fan = make.user()
    for _ in range(4):
        social.like_listing(user=fan, listing_id=listing.pk)
        announce_new()
        social.unlike_listing(user=fan, listing_id=listing.pk)
    deliver()
    assert not Notice.objects.exists()

    social.like_listing(user=fan, listing_id=listing.pk)
    deliver()
    assert Notice.objects.get().count == 1


@pytest.mark.parametrize("name", ["social.tell_of_comments", "social.tell_of_likes"])
def test_the_past_can_be_told_again_and_changes_nothing(listing, deliver, name):
    fan = make.verified_user()
    make.comment(listing, fan)
    social.like_listing(user=fan, listing_id=listing.pk)
    deliver()
    before = sorted(Notice.objects.values_list("pk", "count", "fresh"))

    assert replay(handler=HANDLERS[name], since=timezone.now() - timedelta(days=1)) == 1
    deliver()

    assert sorted(Notice.objects.values_list("pk", "count", "fresh")) == before


def test_a_lost_past_is_told_again(listing, deliver):
    social.like_listing(user=make.user(), listing_id=listing.pk)
    deliver()
    NoticePart.objects.all().delete()
    Notice.objects.all().delete()

    replay(handler=HANDLERS["social.tell_of_likes"], since=timezone.now() - timedelta(days=1))
    deliver()

    assert Notice.objects.get().count == 1
