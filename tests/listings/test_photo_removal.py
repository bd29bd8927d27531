"""The files of pictures go after the last use of them, and never while somebody uses them."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from accounts import services as accounts
from accounts.events import AvatarChosen
from accounts.models import User
from listings import services
from listings.events import PhotoAdded
from listings.models import Listing, Status
from marketplace.celeryconfig import beat_schedule
from marketplace.core import pictures
from marketplace.core.db import atomic
from marketplace.core.errors import Unavailable
from marketplace.core.events import publish
from marketplace.core.outbox.models import OutboxEntry
from marketplace.core.pictures import Image
from marketplace.core.rules import override
from tests import make
from tests.listings.picture_files import AT_ONCE, files_of, original, send, swept

pytestmark = pytest.mark.django_db


def test_the_original_goes_with_the_last_photo_that_used_it(deliver):
    same = make.jpeg(gps=True).read()
    first, second = make.draft(photos=0), make.draft(photos=0)
    send(first, same), send(second, same)
    deliver()
    image = Image.objects.get()

    services.remove_photo(actor=first.seller, listing=first, key=image.key)
    assert swept() == 0
    assert len(files_of(image)) == 4

    services.remove_photo(actor=second.seller, listing=second, key=image.key)
    assert pictures.remove_unused() == 0  # not before the grace period of the rule book
    assert swept() == 1

    assert files_of(image) == []
    assert not Image.objects.exists()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.AVAILABLE])
def test_a_removed_listing_of_which_nothing_was_sold_lets_its_photos_go(status, deliver):
    listing = make.listing(status=status, photos=2)
    deliver()
    services.remove_listing(actor=listing.seller, listing=listing)

    assert services.release_removed_photos() == 0  # the rule book keeps them some days
    assert swept() == 2

    assert Listing.objects.get().photos == []


def test_what_was_sold_or_is_being_paid_for_keeps_its_photos():
    sizes = [{"size": "M", "quantity": 2}]
    sold, held = make.listing(sizes=sizes), make.listing(sizes=sizes)
    for listing in (sold, held):
        size = listing.stock.get().size_key
        services.hold_stock(listing=listing, size_key=size, owner="order")
    services.take_stock(listing=sold, size_key=size, owner="order")
    for listing in (sold, held):
        services.remove_listing(actor=listing.seller, listing=listing)

    assert swept() == 0

    assert [row.photo_count for row in Listing.objects.all()] == [1, 1]


def test_an_avatar_that_is_replaced_or_removed_goes(deliver):
    person = make.verified_user()
    accounts.set_avatar(user=person, upload=make.jpeg())
    deliver()
    first = User.objects.get().avatar
    accounts.set_avatar(user=person, upload=make.jpeg())
    assert User.objects.get().avatar == first  # shown until the new one is prepared

    deliver()

    assert User.objects.get().avatar not in ("", first)
    assert swept() == 1
    accounts.remove_avatar(user=person)
    assert swept() == 1
    assert not Image.objects.exists()


def test_an_avatar_that_cannot_be_decoded_leaves_the_old_one_and_says_so(deliver):
    person = make.verified_user()
    accounts.set_avatar(user=person, upload=make.jpeg())
    deliver()
    shown, cut = User.objects.get().avatar, make.jpeg(size=(900, 900)).read()

    accounts.set_avatar(user=person, upload=SimpleUploadedFile("cut.jpg", cut[: len(cut) // 2]))
    deliver()

    after = User.objects.get()
    assert (after.avatar, after.avatar_next) == (shown, "")
    assert "could not be read" in after.avatar_error


def test_a_removal_and_the_same_file_again_at_once_never_lose_a_photo():
    data, seller = make.jpeg().read(), make.verified_user()
    drafts = [make.draft(seller, photos=0) for _ in range(6)]
    stop, failures = threading.Event(), []

    def sweep():
        with override(AT_ONCE):
            while not stop.is_set():
                pictures.remove_unused()
        connection.close()

    def upload(draft):
        for _round in range(6):
            result = send(draft, data)
            if result.error is not None:
                assert isinstance(result.error, Unavailable), result.error
                continue
            if not storages["originals"].exists(f"{result.photo.key[:2]}/{result.photo.key}"):
                failures.append(result.photo.key)
            services.remove_photo(actor=seller, listing=draft, key=result.photo.key)
        for _try in range(50):
            if send(draft, data).error is None:
                break
        connection.close()

    sweeper = threading.Thread(target=sweep)
    uploaders = [threading.Thread(target=upload, args=(draft,)) for draft in drafts]
    for thread in (sweeper, *uploaders):
        thread.start()
    for thread in uploaders:
        thread.join()
    stop.set()
    sweeper.join()

    assert failures == []
    shown = [key for listing in Listing.objects.all() for key in listing.photo_keys]
    assert len(shown) == len(drafts)
    for key in set(shown):
        image = Image.objects.get(key=key)
        assert image.uses == shown.count(key)
        assert storages["originals"].exists(original(image))
    assert swept() == 0
    assert Image.objects.filter(uses__gt=0).count() == len(set(shown))


def test_a_removal_that_was_killed_half_way_is_finished_by_the_next():
    draft = make.draft(photos=1)
    services.remove_photo(actor=draft.seller, listing=draft, key=draft.photo_keys[0])
    image = Image.objects.get()
    assert Image.objects.all().mark_removed(image, timezone.now())  # and then the process ended
    send(draft, make.jpeg().read())  # meanwhile others go on

    assert swept() == 1

    assert files_of(image) == []
    assert Image.objects.get().uses == 1


def test_a_file_that_cannot_be_deleted_holds_up_no_other(caplog):
    draft = make.draft(photos=3)
    for key in draft.photo_keys:
        services.remove_photo(actor=draft.seller, listing=draft, key=key)
    stuck = Image.objects.order_by("unused_since").first()
    path = Path(storages["originals"].path(original(stuck)))
    path.unlink()
    (path / "in the way").mkdir(parents=True)  # a folder with something in it: its removal is an OSError

    assert swept() == 2

    assert Image.objects.get().key == stuck.key
    assert "picture not removed" in caplog.text
    (path / "in the way").rmdir()
    path.rmdir()
    assert swept() == 1  # the next time it is tried again
    assert not Image.objects.exists()


def test_one_run_removes_all_that_is_unused_and_the_clock_runs_it_every_few_minutes():
    now, count = timezone.now() - timedelta(days=30), pictures.usage.BATCH + 100
    unused = {"width": 1, "height": 1, "bytes": 1, "content_type": "image/png", "unused_since": now}
    Image.objects.bulk_create([Image(key=f"{n:040x}", **unused) for n in range(count)])

    assert pictures.remove_unused() == count

    task = next(row for row in beat_schedule.values() if row["task"] == "core.remove_unused_pictures")
    assert pictures.usage.MAX_SECONDS < task["schedule"] <= 600


@pytest.mark.parametrize("event", ["PhotoAdded", "AvatarChosen"])
def test_a_worker_leaves_the_files_of_a_picture_that_it_does_not_know(event, deliver):
    person, key = (
        make.verified_user(),
        "ab" * 32,
    )  # as the release before names it, or as a restored outbox says
    storages["originals"].save(f"ab/{key}", make.jpeg())
    told = PhotoAdded(key=key) if event == "PhotoAdded" else AvatarChosen(user_id=person.pk, key=key)
    atomic(publish)(told)

    with pytest.raises(pictures.UnknownPicture):
        deliver()

    assert storages["originals"].exists(f"ab/{key}")
    OutboxEntry.objects.all().delete()


def test_the_grace_period_begins_with_the_last_use():
    draft = make.draft(photos=1)
    Image.objects.update(unused_since=timezone.now() - timedelta(days=30))

    services.remove_photo(actor=draft.seller, listing=draft, key=draft.photo_keys[0])

    assert pictures.remove_unused() == 0


def test_the_picture_of_a_closed_account_goes_after_some_days(deliver):
    person = make.verified_user()
    accounts.set_avatar(user=person, upload=make.jpeg())
    deliver()
    accounts.close_account(actor=person, user=person)

    assert accounts.release_closed_avatars() == 0
    with override({"account.closed_avatar_days": 0}):
        assert accounts.release_closed_avatars() == 1

    assert User.objects.get().avatar == ""
    assert swept() == 1
