import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.errors import EmailNotVerified
from listings.models import Listing, Status
from marketplace.core.errors import NotAllowed, NotFound, TooMany
from marketplace.core.rules import override
from social import services
from social.errors import CommentInvalid, EditWindowOver, RequestKeyReused, ThreadClosed, ThreadLocked
from social.models import Comment
from tests import make

pytestmark = pytest.mark.django_db


def count_of(listing):
    return Listing.objects.get(pk=listing.pk).comment_count


def test_a_comment_is_stored_with_its_author_as_they_are():
    listing, ada = make.listing(), make.verified_user("ada", display_name="Ada L")

    services.post_comment(author=ada, listing_id=listing.pk, body="  Is it true to size?\r\nThanks ")

    comment = Comment.objects.get()
    assert (comment.author_name, comment.body) == ("Ada L", "Is it true to size?\nThanks")
    assert (comment.is_seller, comment.revision) == (False, 1)


def test_the_seller_is_marked():
    listing = make.listing()

    assert make.comment(listing, listing.seller).is_seller


def test_mentions_are_people_that_exist():
    make.user("bobby")

    comment = make.comment(body="@bobby @Bobby @nobody mail@bobby and @BOBBY")

    assert comment.mentions == ["bobby"]


@pytest.mark.parametrize("body", ["", "   \n ", "x" * 501])
def test_too_little_and_too_much_is_refused(body):
    listing = make.listing()

    with pytest.raises(CommentInvalid) as refused:
        make.comment(listing, body=body)

    assert list(refused.value.fields) == ["body"]
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("status", [Status.SOLD, Status.NOT_FOR_SALE])
def test_settled_listings_are_closed(status):
    with pytest.raises(ThreadClosed):
        make.comment(make.listing(status=status))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUSPENDED, Status.REMOVED])
def test_hidden_listings_are_not_found(status):
    with pytest.raises(NotFound):
        make.comment(make.listing(status=status))


def test_an_unconfirmed_address_does_not_comment():
    with pytest.raises(EmailNotVerified):
        make.comment(make.listing(), make.user())


def test_a_locked_thread_takes_only_the_sellers_words():
    listing = make.listing()
    services.lock_thread(actor=listing.seller, listing=listing)

    with pytest.raises(ThreadLocked):
        make.comment(listing)
    make.comment(listing, listing.seller)
    services.unlock_thread(actor=listing.seller, listing=listing)
    make.comment(listing)

    assert Comment.objects.count() == 2


def test_only_the_seller_and_staff_lock():
    listing = make.listing()

    with pytest.raises(NotAllowed):
        services.lock_thread(actor=make.verified_user(), listing=listing)
    services.lock_thread(actor=make.staff(), listing=listing)

    assert Listing.objects.get().comments_locked


def test_an_author_edits_within_the_window():
    comment = make.comment()

    services.edit_comment(actor=comment.author, comment=comment, body="Changed")

    after = Comment.objects.get()
    assert (after.body, after.revision) == ("Changed", 2)
    assert after.edited_at is not None
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    with pytest.raises(EditWindowOver):
        services.edit_comment(actor=comment.author, comment=comment, body="Too late")
    assert Comment.objects.get().body == "Changed"


def test_nobody_edits_the_words_of_others():
    comment = make.comment()

    for person in (make.verified_user(), comment.listing.seller, make.staff()):
        with pytest.raises(NotAllowed):
            services.edit_comment(actor=person, comment=comment, body="Mine")

    assert Comment.objects.get().revision == 1


@pytest.mark.parametrize("who", ["author", "seller", "staff"])
def test_who_removes_leaves_a_word(who, published):
    comment = make.comment()
    person = {"author": comment.author, "seller": comment.listing.seller, "staff": make.staff()}[who]

    for _ in range(2):
        services.remove_comment(actor=person, comment=comment)

    after = Comment.objects.get()
    assert (after.body, after.removed_by, after.revision) == ("", who, 2)
    assert published().count("CommentRemoved") == 1


def test_somebody_else_removes_nothing():
    comment = make.comment()

    with pytest.raises(NotAllowed):
        services.remove_comment(actor=make.verified_user(), comment=comment)

    assert Comment.objects.get().body


def test_counts_follow(deliver):
    listing = make.listing()
    first = make.comment(listing)
    for _ in range(2):
        make.comment(listing)
    services.remove_comment(actor=first.author, comment=first)
    revision = Listing.objects.get().revision

    deliver()

    assert (count_of(listing), Listing.objects.get().revision) == (2, revision)


def test_the_limit_of_the_rule_book_holds():
    listing, ada = make.listing(), make.verified_user()
    with override({"limit.comment.count": 1}):
        make.comment(listing, ada)
        with pytest.raises(TooMany):
            make.comment(listing, ada)

    assert Comment.objects.count() == 1


@pytest.mark.django_db
def test_a_key_that_was_used_for_other_words_or_another_listing_is_refused():
    listing, other, ada = make.listing(), make.listing(), make.verified_user()
    first = services.post_comment(author=ada, listing_id=listing.pk, body="Hi", request_key="k")

    for listing_id, body in ((listing.pk, "Something else"), (other.pk, "Hi")):
        with pytest.raises(RequestKeyReused):
            services.post_comment(author=ada, listing_id=listing_id, body=body, request_key="k")

    services.edit_comment(actor=ada, comment=first, body="Hi there")
    again = services.post_comment(author=ada, listing_id=listing.pk, body="Hi", request_key="k")
    assert (again.pk, Comment.objects.count()) == (first.pk, 1)


@pytest.mark.django_db
def test_a_send_repeated_at_the_same_moment_is_one_comment():
    listing, ada = make.listing(), make.verified_user()
    got, gate = [], threading.Barrier(8)

    def send():
        gate.wait()
        got.append(services.post_comment(author=ada, listing_id=listing.pk, body="Hi", request_key="k").pk)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(got) == 8
    assert set(got) == {Comment.objects.get().pk}


def test_a_new_name_reaches_what_was_said(deliver):
    from accounts.services import edit_profile

    comment = make.comment()
    edit_profile(user=comment.author, display_name="New Name")

    deliver()

    assert Comment.objects.get().author_name == "New Name"
