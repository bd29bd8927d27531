"""Closing an account and opening it again: who may, what ends at once, what comes back."""

import threading

import pytest
from bson import ObjectId
from django.contrib.auth import get_user_model
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import User
from listings import services as listings
from listings.models import Listing, Status, Stock
from marketplace.core.db import atomic
from marketplace.core.errors import Invalid, NotAllowed, Unavailable
from marketplace.core.events import BATCH
from tests import make

pytestmark = pytest.mark.django_db
CLOSE = "/settings/close/"


def logged_in(person: User) -> Client:
    client = Client()
    assert (
        client.post("/account/login/", {"login": person.username, "password": make.PASSWORD}).status_code
        == 302
    )
    return client


def helper(name: str = "") -> User:
    """A staff member who is no administrator."""
    return make.verified_user(name, is_staff=True)


def test_a_closed_sellers_things_leave_the_shop_and_come_back(deliver):
    seller = make.verified_user()
    on_sale, hidden = make.listing(seller), make.listing(seller, status=Status.NOT_FOR_SALE)
    other = make.listing()

    services.close_account(actor=helper(), user=seller)
    deliver()
    deliver()

    assert Listing.objects.get(pk=on_sale.pk).status == Status.PAUSED
    assert Client().get(on_sale.get_absolute_url()).status_code == 404
    assert Client().get(f"/closet/{seller.username}/").status_code == 404
    assert Listing.objects.get(pk=other.pk).status == Status.AVAILABLE
    with pytest.raises(NotAllowed):
        listings.set_status(actor=make.staff(), listing=on_sale, status=Status.AVAILABLE)

    services.reopen_account(actor=helper(), user=seller)
    deliver()

    statuses = dict(Listing.objects.filter(seller=seller).values_list("pk", "status"))
    assert statuses == {on_sale.pk: Status.AVAILABLE, hidden.pk: Status.NOT_FOR_SALE}


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.NOT_FOR_SALE])
def test_what_staff_put_back_while_the_account_is_closed_waits_for_it_to_open(status, deliver):
    listing, clerk = make.listing(status=status), make.staff()
    services.close_account(actor=clerk, user=listing.seller)
    deliver()

    logged_in(clerk).post(
        reverse("staff:listings_listing_changelist"),
        {"action": "list_them", "_selected_action": [str(listing.pk)]},
    )

    assert Listing.objects.get().status == Status.PAUSED
    assert not Stock.objects.get().is_for_sale
    services.reopen_account(actor=clerk, user=listing.seller)
    deliver()
    assert Listing.objects.get().status == Status.AVAILABLE
    assert Stock.objects.get().is_for_sale


def test_staff_cannot_publish_the_draft_of_a_closed_account():
    draft = make.draft()
    services.close_account(actor=helper(), user=draft.seller)

    with pytest.raises(NotAllowed):
        listings.publish_listing(actor=make.staff(), listing=draft)

    assert Listing.objects.get().status == Status.DRAFT


class ClosingStorage(FileSystemStorage):
    """Originals of a shop whose staff close each account while its photo is stored."""

    def save(self, *args, **kwargs):
        person = User.objects.get(is_staff=False)
        services.close_account(actor=User.objects.get(is_superuser=True), user=person)
        listings.follow_account(user_id=person.pk)
        return super().save(*args, **kwargs)


def test_an_account_that_is_closed_while_its_seller_publishes_has_nothing_for_sale(settings, tmp_path):
    draft, client = make.draft(photos=0), Client()
    client.force_login(draft.seller)
    make.staff()
    storage = {"BACKEND": f"{__name__}.ClosingStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "originals": storage}
    sent = {"title": draft.title, "description": draft.description, "category": make.LEAF, "condition": "good",
            "price": "25", "currency": "USD", "size": ["M"], "quantity": ["1"]}  # fmt: skip
    answer = client.post(f"/sell/{draft.pk}/", sent | {"do": "publish", "photos": [make.jpeg()]})

    assert answer.status_code == 403
    assert not Listing.objects.filter(status=Status.AVAILABLE).exists()


def test_publishing_and_closing_at_the_same_moment_meet():
    draft = make.draft()

    def close():
        services.close_account(actor=draft.seller, user=draft.seller)
        listings.follow_account(user_id=draft.seller_id)
        connection.close()

    @atomic
    def publish():
        seen = User.objects.get(
            pk=draft.seller_id
        )  # what the transaction reads is of this moment from now on
        if seen.is_active:
            thread = threading.Thread(target=close)
            thread.start()
            thread.join()
        listings.publish_listing(actor=draft.seller, listing=draft)

    with pytest.raises(NotAllowed):
        publish()

    assert Listing.objects.get().status == Status.DRAFT


def test_a_listing_that_somebody_writes_holds_up_only_its_own_batch():
    seller = make.verified_user()
    pattern = make.listing(seller)
    rows = connection.database["listings_listing"]
    copy = rows.find_one({"_id": pattern.pk})
    copy.pop("imported_from"), copy.pop("sku")
    rows.insert_many([{**copy, "_id": ObjectId()} for _ in range(2 * BATCH)])
    services.close_account(actor=seller, user=seller)
    last = Listing.objects.available().newest().last()

    with connection.connection.start_session() as session, session.start_transaction():
        rows.update_one({"_id": last.pk}, {"$inc": {"like_count": 1}}, session=session)
        with pytest.raises(Unavailable):
            listings.follow_account(user_id=seller.pk)
        session.abort_transaction()

    assert Listing.objects.filter(status=Status.PAUSED).count() == 2 * BATCH
    assert listings.follow_account(user_id=seller.pk) == 1


def test_who_was_paying_when_the_account_closed_gets_the_unit(deliver):
    listing = make.listing()
    size = Stock.objects.get(listing=listing).size_key
    listings.hold_stock(listing=listing, size_key=size, owner="order")

    services.close_account(actor=helper(), user=listing.seller)
    deliver()
    listings.take_stock(listing=listing, size_key=size, owner="order")

    assert Listing.objects.get(pk=listing.pk).status == Status.SOLD


def test_sessions_and_tokens_end_at_once_and_do_not_revive():
    person = make.verified_user()
    client = logged_in(person)
    _token, secret = services.make_token(user=person, name="t", scopes=["read"])

    services.close_account(actor=helper(), user=person)
    assert client.get(CLOSE).status_code == 302
    services.reopen_account(actor=helper(), user=person)

    assert client.get(CLOSE).status_code == 302
    assert services.token_for(secret) is None


def test_only_administrators_close_and_open_the_accounts_of_staff():
    boss, colleague, person = make.staff(), helper(), make.verified_user()

    for user in (boss, colleague):
        with pytest.raises(NotAllowed):
            services.close_account(actor=helper(), user=user)
    with pytest.raises(NotAllowed):
        services.close_account(actor=person, user=make.verified_user())
    services.close_account(actor=boss, user=colleague)
    with pytest.raises(NotAllowed):
        services.reopen_account(actor=helper(), user=colleague)

    assert User.objects.get(pk=boss.pk).is_active
    assert not User.objects.get(pk=colleague.pk).is_active


def test_the_staff_admin_closes_people_but_neither_bosses_nor_oneself(deliver):
    clerk, boss, person = make.staff(), make.staff(), make.verified_user()
    get_user_model().objects.filter(pk=clerk.pk).update(is_superuser=True)
    client = logged_in(clerk)

    client.post(
        reverse("staff:accounts_user_changelist"),
        {"action": "deactivate", "_selected_action": [str(row.pk) for row in (person, clerk)]},
    )

    active = dict(User.objects.values_list("pk", "is_active"))
    assert (active[person.pk], active[clerk.pk], active[boss.pk]) == (False, True, True)


def test_people_close_their_own_account_after_typing_name_and_password(deliver):
    listing = make.listing()
    person = listing.seller
    client = logged_in(person)

    refused = client.post(CLOSE, {"username": "somebody", "reason": "Moving"})
    assert refused.status_code == 422
    assert 'value="Moving"' in refused.content.decode()
    stale = Client()
    stale.force_login(person, "django.contrib.auth.backends.ModelBackend")
    asked = stale.post(CLOSE, {"username": person.username})
    assert asked["Location"].startswith("/account/reauthenticate/")
    assert User.objects.get(pk=person.pk).is_active

    assert client.post(CLOSE, {"username": person.username, "reason": "Moving"}).status_code == 302
    deliver()

    assert not User.objects.get(pk=person.pk).is_active
    assert Listing.objects.get(pk=listing.pk).status == Status.PAUSED
    assert client.get(CLOSE).status_code == 302


def test_a_reason_has_a_most():
    person = make.verified_user()

    with pytest.raises(Invalid) as refusal:
        services.close_account(actor=person, user=person, reason="x" * 201)
    assert list(refusal.value.fields) == ["reason"]
