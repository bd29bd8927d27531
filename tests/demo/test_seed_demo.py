"""The seed: promised numbers in an empty database, nothing twice, finished after a kill, refused in production."""

import hashlib
import io
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from listings.models import Listing, Status
from marketplace.demo import plan, seeding, studio, tasks
from marketplace.demo.clock import at
from marketplace.demo.logins import LOGINS
from marketplace.demo.management.commands import seed_demo
from social.models import Comment, Like
from tests import make

PEOPLE, LISTINGS = 6, 12
SIZE = {"people": PEOPLE, "listings": LISTINGS, "force": True}


@pytest.fixture(autouse=True)
def _drawn_here(monkeypatch):
    # No children: a test has its connections open, which must not cross a fork.
    monkeypatch.setattr(studio.Studio, "__enter__", lambda self: self)
    monkeypatch.setattr(studio.Studio, "__exit__", lambda self, *why: None)
    monkeypatch.setattr(studio.Studio, "covers", lambda self, shots: map(studio.develop, shots))


def seed(**options):
    out = io.StringIO()
    call_command("seed_demo", **(SIZE | options), stdout=out)
    return out.getvalue()


def counts():
    return [model.objects.count() for model in (User, Listing, Comment, Like)]


@pytest.mark.django_db
def test_an_empty_shop_gets_what_was_promised_and_a_second_run_changes_nothing(deliver):
    said = seed()
    first = counts()
    deliver()

    assert first[:2] == [PEOPLE, LISTINGS] and "all there" in said
    _everything_is_there(plan.pieces(PEOPLE, LISTINGS))
    for role, email, password in LOGINS:
        person = User.objects.get(email=email)
        assert (
            person.check_password(password)
            and person.is_email_verified
            and person.is_staff == (role == "staff")
        )

    touched = list(Listing.objects.order_by("id").values_list("id", "revision", "updated_at"))
    assert "nothing to do" in seed()
    assert counts() == first
    assert list(Listing.objects.order_by("id").values_list("id", "revision", "updated_at")) == touched


def _everything_is_there(pieces):
    now = timezone.now()
    for piece in pieces:
        listing = Listing.objects.get(imported_from=piece.key)
        wanted = {"draft": Status.DRAFT, "sold": Status.SOLD, "not_for_sale": Status.NOT_FOR_SALE}
        assert listing.status == wanted.get(piece.fate, Status.AVAILABLE)
        assert listing.photo_count == piece.photos
        if piece.fate != "draft":
            assert abs(now - listing.published_at - piece.age).total_seconds() < 600
            assert listing.cover.is_ready
        said = list(Comment.objects.filter(listing=listing).order_by("created_at"))
        assert len(said) == len(piece.lines)
        assert all(listing.published_at < comment.created_at < now for comment in said)
        assert Like.objects.filter(listing=listing).count() == len(piece.likes)
        assert listing.like_count == len(piece.likes)


@pytest.mark.django_db
def test_a_killed_seed_is_finished_by_the_next_run(monkeypatch):
    real, left = seeding.finish, [3]

    def dies(piece, crew):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        real(piece, crew)

    monkeypatch.setattr(seeding, "finish", dies)
    with pytest.raises(KeyboardInterrupt):
        seed()
    monkeypatch.setattr(seeding, "finish", real)

    assert "all there" in seed(if_empty=True)
    assert not seeding.unfinished(plan.pieces(PEOPLE, LISTINGS))
    assert counts()[:2] == [PEOPLE, LISTINGS]


@pytest.mark.django_db
def test_in_the_background_the_worker_finishes_what_the_command_began(monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.go_on, "delay", lambda *args: queued.append(args))
    monkeypatch.setattr(seed_demo, "FEWEST", 5)

    seed(background=True, seconds=0.0)
    assert queued == [(PEOPLE, LISTINGS)] and Listing.objects.count() == 5
    while queued:
        tasks.go_on(*queued.pop())

    assert not seeding.unfinished(plan.pieces(PEOPLE, LISTINGS))
    assert counts()[:2] == [PEOPLE, LISTINGS]


def test_the_studio_hands_out_pictures_in_their_order(tmp_path, settings):
    pieces = plan.pieces(PEOPLE, LISTINGS)[:3]
    shots = [seeding.shot_of(piece, 0) for piece in pieces]
    code = (
        "import django; django.setup()\n"
        "import hashlib; from marketplace.demo import plan, seeding, studio\n"
        f"shots = [seeding.shot_of(piece, 0) for piece in plan.pieces({PEOPLE}, {LISTINGS})[:3]]\n"
        "with studio.Studio() as one:\n"
        "    print(*(hashlib.sha256(cover.data).hexdigest() for cover in one.covers(shots)))"
    )
    environ = os.environ | {"MEDIA_ROOT": str(tmp_path), "DJANGO_SETTINGS_MODULE": "marketplace.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )

    keys = done.stdout.split()
    assert keys == [hashlib.sha256(studio.draw(shot).read()).hexdigest() for shot in shots]


@pytest.mark.django_db
def test_a_shop_with_data_of_its_own_is_left_alone():
    make.verified_user()

    assert "nothing to do" in seed(if_empty=True)
    assert User.objects.count() == 1


def test_it_refuses_where_it_could_be_production(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError):
        call_command("seed_demo")


def test_the_past_is_only_for_those_who_ask_for_it():
    moment = timezone.now() - timezone.timedelta(days=40)

    with at(moment):
        assert timezone.now() == moment
    assert timezone.now() - moment > timezone.timedelta(days=39)
