"""manage.py replay: one handler over the past, from the collections of its app."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from marketplace.core.events import on
from marketplace.core.outbox.models import OutboxEntry
from marketplace.core.pictures import Image
from tests import make
from tests.core.planted import Planted, count, runs

COUNT = "tests.core.planted.count"
pytestmark = pytest.mark.django_db


def replay(capsys, handler: str, *options: str) -> str:
    call_command("replay", handler, *options)
    return capsys.readouterr().out


def test_a_handler_that_is_new_is_fed_with_the_past(handlers, deliver, capsys):
    asked = []

    def past(since):
        asked.append(since)
        return (Planted(number=number) for number in range(450))

    on(Planted, replay=past)(count)
    said = replay(capsys, COUNT, "--since", "2026-01-31")

    assert "450 events since 2026-01-31 00:00 UTC stored for tests.core.planted.count" in said
    assert asked == [datetime(2026, 1, 31, tzinfo=UTC)]
    assert OutboxEntry.objects.filter(handler=COUNT, request_id="replay").count() == 450
    assert deliver() == 450
    assert runs() == dict.fromkeys(range(450), 1)


def test_other_handlers_of_the_event_do_not_see_the_replay(handlers, capsys):
    @on(Planted)
    def other(events):
        pass

    on(Planted, replay=lambda since: [Planted(number=1)])(count)
    replay(capsys, COUNT, "--since", "2026-01-31T12:00")

    assert OutboxEntry.objects.get().handler == COUNT


def test_a_dry_run_counts_and_stores_nothing(handlers, capsys):
    on(Planted, replay=lambda since: [Planted(number=1), Planted(number=2)])(count)

    assert "2 events" in replay(capsys, COUNT, "--since", "2026-01-31", "--dry-run")
    assert not OutboxEntry.objects.exists()


@pytest.mark.parametrize(
    ("handler", "since", "words"),
    [
        ("social.count_likes", "2026-01-31", "would count twice"),
        ("social.nothing", "2026-01-31", "There is no handler social.nothing.*listings.render_photos"),
        ("listings.render_photos", "January", "--since January is not a date"),
    ],
)
def test_what_cannot_be_replayed_is_refused_with_the_reason(handler, since, words, capsys):
    with pytest.raises(CommandError, match=words):
        replay(capsys, handler, "--since", since)
    assert not OutboxEntry.objects.exists()


def test_lost_renditions_are_made_again_from_the_pictures(deliver, capsys):
    make.draft(photos=2)
    deliver()
    images = list(Image.objects.all())
    lost = [Path(settings.MEDIA_ROOT, image.key[:2], image.key, "card.webp") for image in images]
    for path in lost:
        path.unlink()
    yesterday, tomorrow = (f"{timezone.now() + timedelta(days=days):%Y-%m-%d}" for days in (-1, 1))

    assert "0 events" in replay(capsys, "listings.render_photos", "--since", tomorrow)
    replay(capsys, "listings.render_photos", "--since", yesterday)

    assert deliver() == len(images) > 0
    assert all(path.is_file() for path in lost)
