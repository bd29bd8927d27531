"""Telling and taking back: exactly once however often it is said, grouped, bounded."""

import random
import threading
from datetime import timedelta

import bson
import pytest
from django.db import connection
from django.utils import timezone

from accounts import services as accounts
from marketplace.core.errors import NotFound
from marketplace.core.rules import override
from notices import services
from notices.models import RECENT, Notice, NoticePart
from notices.presenters import entries_of
from tests import make
from tests.fixtures.queries import recording
from tests.notices.making import news, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera():
    return make.verified_user("vera")


def crowd(number):
    return [make.user(display_name=f"Fan {n}") for n in range(number)]


def words():
    return entries_of(Notice.objects.all())[0].text


def test_what_is_told_twice_is_told_once(vera):
    told = [news(vera, fan) for fan in crowd(4)]

    assert services.notify([*told, *told]) == 4
    assert services.notify(reversed(told)) == 0

    count, fresh, actors, parts = state()
    assert (count, fresh, parts, len(actors)) == (4, 4, 4, RECENT)
    assert actors == [one.actor_id for one in told[1:]]


def test_handlers_at_once_count_each_thing_once(vera):
    told = [news(vera, fan) for fan in crowd(12)]
    gate, new, problems = threading.Barrier(8), [], []

    def tell(seed):
        mine = random.Random(seed).sample(told, 9)
        gate.wait()
        try:
            new.append(services.notify(mine) + services.notify(told))
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell, args=[seed]) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert sum(new) == 12
    count, fresh, actors, parts = state()
    assert (count, fresh, parts) == (12, 12, 12)
    assert actors == [one.actor_id for one in told[-RECENT:]]


def test_a_group_is_one_entry_in_words(vera):
    fans = crowd(12)
    for number, wanted in [
        (1, "Fan 0 liked Linen dress"), (2, "Fan 1 and Fan 0 liked Linen dress"),
        (3, "Fan 2, Fan 1 and Fan 0 liked Linen dress"), (4, "Fan 3, Fan 2 and 2 others liked Linen dress"),
        (12, "Fan 11, Fan 10 and 10 others liked Linen dress"),
    ]:  # fmt: skip
        services.notify([news(vera, fan) for fan in fans[:number]])
        assert words() == wanted

    services.notify([news(vera, fans[0], kind="comment", key=f"c{n}", title="<b>") for n in range(2)])
    said = entries_of(Notice.objects.filter(kind="comment"))[0]
    assert said.text == "2 comments on <b>, the latest by Fan 0"
    assert "<strong>&lt;b&gt;</strong>" in said.html


def test_an_entry_does_not_grow_and_costs_the_same_for_any_crowd(vera):
    fans = crowd(2)
    services.notify([news(vera, fans[0])])
    small, costs = len(bson.encode(raw())), []
    for size in (2, 200):
        told = [news(vera, fans[1], key=f"k{size}.{n}") for n in range(size)]
        with recording() as commands:
            services.notify(told)
        costs.append(commands.names())
    with recording() as taking:
        services.withdraw([f"k200.{n}" for n in range(100)])

    assert costs[0] == costs[1] and len(costs[0]) <= 6
    assert len(bson.encode(raw())) < 3 * small + 200
    assert taking.plans() == []
    assert state()[0] == 103


def raw():
    return connection.database[Notice._meta.db_table].find_one()


def test_nobody_is_told_of_their_own_acts_or_after_they_left(vera):
    gone = make.verified_user()
    accounts.close_account(actor=gone, user=gone)

    assert services.notify([news(vera, vera), news(gone, vera)]) == 0
    assert (Notice.objects.count(), NoticePart.objects.count()) == (0, 0)


def test_what_is_taken_back_is_gone_and_the_one_before_it_is_shown(vera):
    fans = crowd(5)
    told = [news(vera, fan) for fan in fans]
    services.notify(told)

    for _again in range(2):
        services.withdraw([told[4].key, told[3].key])
    assert state() == (3, 3, [fan.pk for fan in fans[:3]], 3)
    assert Notice.objects.get().updated_at - told[2].at < timedelta(milliseconds=1)

    services.withdraw([one.key for one in told])
    assert (Notice.objects.count(), NoticePart.objects.count()) == (0, 0)


def test_what_was_read_may_stay(vera):
    read, fresh = (news(vera, fan) for fan in crowd(2))
    services.notify([read])
    services.mark_read(person=vera)
    services.notify([fresh])

    services.withdraw([read.key, fresh.key], only_unread=True)
    assert state() == (1, 0, [read.actor_id], 1)
    services.withdraw([read.key])
    assert not Notice.objects.exists()


def test_the_read_cursor_leaves_what_came_later(vera):
    services.notify([news(vera, fan, group=f"g{n}") for n, fan in enumerate(crowd(3))])
    seen = timezone.now() + timedelta(milliseconds=1)
    while timezone.now() <= seen:
        pass
    services.notify(
        [news(vera, make.user(), group=group, at=seen - timedelta(days=1)) for group in ("g0", "g9")]
    )

    assert services.mark_read(person=vera, until=seen) == 2
    assert {entry.group for entry in Notice.objects.unread()} == {"g0", "g9"}
    assert services.mark_read(person=vera) == 2
    assert services.unread_count(person_id=vera.pk) == 0


def test_the_badge_is_one_bounded_read_of_an_index(vera):
    fan = make.user()
    services.notify([news(vera, fan, group=f"g{n}") for n in range(150)])
    services.notify([news(make.user(), fan)])

    with recording() as commands:
        assert services.unread_count(person_id=vera.pk) == 100

    (work,) = commands.work()
    assert (work.documents, work.keys <= 101) == (0, True)


def test_a_muted_entry_is_counted_in_its_place_and_not_new(vera):
    first, second, third = crowd(3)
    services.notify([news(vera, first)])
    entry = Notice.objects.get()
    for _again in range(2):
        services.mute(person=vera, notice_id=entry.pk)
    services.notify([news(vera, second)])
    muted = Notice.objects.get()
    assert (muted.count, muted.fresh, muted.updated_at) == (2, 0, entry.updated_at)

    services.unmute(person=vera, notice_id=entry.pk)
    services.notify([news(vera, third)])
    assert state()[:2] == (3, 1)


def test_a_mute_outlives_what_it_was_about(vera):
    one = news(vera, make.user())
    services.notify([one])
    services.mute(person=vera, notice_id=one.notice_id)

    services.withdraw([one.key])
    assert not Notice.objects.of(vera.pk).shown().exists()
    services.notify([one])
    assert state()[:2] == (1, 0)


def test_somebody_elses_entry_is_not_there(vera):
    one = news(vera, make.user())
    services.notify([one])

    for act in (services.mute, services.unmute):
        with pytest.raises(NotFound):
            act(person=make.user(), notice_id=one.notice_id)
    assert not Notice.objects.get().is_muted


def test_old_things_are_put_in_as_read(vera):
    old = timezone.now() - timedelta(hours=80)
    services.notify([news(vera, make.user(), at=old)])
    assert state()[:2] == (1, 0)

    with override({"news.fresh_hours": 100}):
        services.notify([news(vera, make.user(), at=old)])
    assert state()[:2] == (2, 1)


def test_a_long_quote_is_shortened(vera):
    services.notify([news(vera, make.user(), text="w" * 141)])
    assert len(Notice.objects.get().recent[0].text) == 140

    with override({"news.quote_max": 10}):
        services.notify([news(vera, make.user(), text="w" * 141)])
    assert Notice.objects.get().recent[-1].text == "w" * 9 + "…"


def test_a_closed_account_leaves_no_news_behind(vera, deliver):
    ben = make.verified_user()
    for person in (vera, ben):
        services.notify([news(person, make.user(), group=f"g{n}") for n in range(3)])
        services.choose_mails(person=person, kinds=["like"])

    accounts.close_account(actor=vera, user=vera)
    deliver()

    assert set(Notice.objects.values_list("person_id", flat=True)) == {ben.pk}
    assert (Notice.objects.count(), NoticePart.objects.count()) == (3, 3)
    assert services.wanted_mails([vera.pk])[vera.pk] == {"comment", "mention", "found", "found_sum"}
    assert services.forget_person(person_id=ben.pk) == 0
