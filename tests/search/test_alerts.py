"""Who is told what of their saved searches: at once or summed up, once whatever runs again."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.utils import timezone

from accounts import services as accounts
from listings import services as listings
from listings.events import ListingEdited, ListingPublished
from listings.models import Status
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.rules import override
from notices.models import Notice, NoticePart
from notices.presenters import entries_of
from search import services
from search.errors import TooManySaved
from search.handlers import tell_of_finds
from search.models import Find, SavedSearch
from search.query import Query
from tests import make
from tests.fixtures.queries import Commands, recording

pytestmark = pytest.mark.django_db
LEVIS = Query(text="gingham", brand=("levis",))


@pytest.fixture
def vera():
    return make.verified_user("vera")


def saved(person, query=LEVIS, **values):
    return services.save_search(person=person, query=query, **{"title": "Gingham"} | values)


def news_of(person):
    return entries_of(Notice.objects.of(person.pk).shown().order_by("-updated_at"))


def test_a_new_listing_is_told_to_those_whose_search_shows_it(vera, deliver):
    other, off = make.verified_user("otto"), make.verified_user("olga")
    saved(vera)
    saved(other, Query(text="gingham", brand=("nike",)))
    saved(off, frequency="off")

    listing = make.listing(make.verified_user("sam", display_name="Sam"))
    deliver()

    (entry,) = news_of(vera)
    assert entry.text == "Sam listed something for your search Gingham"
    assert (entry.quote, entry.url) == (listing.title, listing.get_absolute_url())
    assert news_of(other) == news_of(off) == []


def test_what_was_typed_is_understood_when_it_is_saved(vera, deliver):
    search = saved(vera, Query(text="levis gingham under $30"))
    assert search.asked == Query(text="gingham", brand=("levis",), price_max=3000, exact=True)

    make.listing(price_cents=3001)
    make.listing(price_cents=3000, title="Gingham skirt")
    deliver()

    assert [entry.quote for entry in news_of(vera)] == ["Gingham skirt"]


def test_each_listing_is_told_once_however_often_and_in_whatever_order_it_is_handled(vera, deliver):
    saved(vera)
    seller = make.verified_user()
    listing = make.listing(seller)
    listings.edit_listing(actor=seller, listing=listing, title="Gingham dress, worn once")
    listings.set_status(actor=seller, listing=listing, status=Status.NOT_FOR_SALE)
    listings.set_status(actor=seller, listing=listing, status=Status.AVAILABLE)
    events = [
        ListingPublished(listing_id=listing.pk, seller_id=seller.pk),
        ListingEdited(listing_id=listing.pk, seller_id=seller.pk, revision=1),
    ]
    deliver()

    for order in permutations(events):
        tell_of_finds(list(order))
        tell_of_finds(list(order))
    listings.edit_listing(actor=seller, listing=listing, title="Gingham dress, as new")
    deliver()

    assert (NoticePart.objects.count(), Find.objects.count(), Notice.objects.get().count) == (1, 1, 1)


def test_a_change_that_makes_it_fit_is_told(vera, deliver):
    saved(vera, Query(brand=("levis",), price_max=2000))
    listing = make.listing(price_cents=2500)
    deliver()
    assert news_of(vera) == []

    listings.edit_listing(actor=listing.seller, listing=listing, price_cents=2000)
    deliver()

    assert len(news_of(vera)) == 1


def test_nobody_is_told_of_their_own_things(vera, deliver):
    saved(vera)
    make.listing(vera)
    deliver()

    assert (news_of(vera), Find.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("frequency", "period"), [("daily", timedelta(days=1)), ("weekly", timedelta(weeks=1))]
)
def test_summaries_come_when_they_are_due_and_say_how_much_there_is(vera, deliver, frequency, period):
    search = saved(vera, frequency=frequency)
    for number in range(4):
        make.listing(title=f"Gingham dress {number}")
    deliver()
    planned = SavedSearch.objects.get().due_at
    assert abs(planned - search.last_told_at - period) < timedelta(seconds=1)
    assert (services.tell_summaries(), news_of(vera)) == (0, [])

    _pass(period)
    assert (services.tell_summaries(), services.tell_summaries()) == (1, 0)

    (entry,) = news_of(vera)
    assert entry.text == "4 new for your search Gingham"
    assert entry.quote == "Gingham dress 3, Gingham dress 2, Gingham dress 1"
    assert SavedSearch.objects.get().due_at is None

    make.listing(title="Gingham shirt")
    deliver()
    _pass(period)
    services.tell_summaries()
    assert news_of(vera)[0].text == "1 new for your search Gingham"


def _pass(period):
    for search in SavedSearch.objects.all():
        SavedSearch.objects.filter(pk=search.pk).update(
            due_at=search.due_at - period, last_told_at=search.last_told_at - period
        )
    for find in Find.objects.all():
        Find.objects.filter(pk=find.pk).update(at=find.at - period)


def test_a_search_that_is_saved_again_is_the_same_and_keeps_its_plan(vera, deliver):
    saved(vera, frequency="daily")
    make.listing()
    deliver()
    planned = SavedSearch.objects.get().due_at

    again = saved(
        vera, Query(text="gingham", brand=("levis",), sort="price_asc"), title="Other", frequency="daily"
    )

    assert SavedSearch.objects.count() == 1
    assert (again.title, again.due_at) == ("Other", planned)
    changed = services.change_saved(person=vera, search_id=again.pk, frequency="now")
    assert (changed.due_at, changed.is_on) == (None, True)
    assert not services.change_saved(person=vera, search_id=again.pk, frequency="off").is_on


@pytest.mark.parametrize(
    ("query", "values", "field"),
    [
        (Query(), {}, "query"), (Query(sort="likes"), {}, "query"), (LEVIS, {"title": " "}, "title"),
        (LEVIS, {"title": "x" * 121}, "title"), (LEVIS, {"note": "x" * 501}, "note"),
        (LEVIS, {"frequency": "hourly"}, "frequency"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_is_said_by_field(vera, query, values, field):
    with pytest.raises(Invalid) as refusal:
        saved(vera, query, **values)

    assert list(refusal.value.fields) == [field]
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("rule", "query", "values"),
    [
        ("search.saved_title_max", LEVIS, {"title": "four"}), ("search.saved_note_max", LEVIS, {"note": "four"}),
        ("search.saved_query_max", Query(text="gingham"), {}),
    ],
)  # fmt: skip
def test_each_length_is_the_rule_books(vera, rule, query, values):
    with override({rule: 3}), pytest.raises(Invalid):
        saved(vera, query, **values)


def test_there_is_a_limit(vera):
    with override({"search.saved_max": 1}):
        saved(vera)
        saved(vera)  # the same one
        with pytest.raises(TooManySaved):
            saved(vera, Query(text="linen"))

    assert SavedSearch.objects.count() == 1


def test_what_is_new_is_counted_until_its_owner_looks(vera, deliver):
    search = saved(vera)
    make.listing()
    make.listing()
    deliver()
    assert services.new_counts([search]) == {search.pk: 2}
    with override({"search.new_shown": 0}):
        assert services.new_counts([search]) == {search.pk: 1}

    search = services.look_at_saved(person=vera, search_id=search.pk)

    assert services.new_counts([search]) == {}


def test_others_can_do_nothing_to_it(vera):
    saved(vera)
    search, other = SavedSearch.objects.get(), make.verified_user("otto")
    for act in (services.change_saved, services.delete_saved, services.look_at_saved):
        with pytest.raises(NotFound):
            act(person=other, search_id=search.pk)

    assert SavedSearch.objects.get().seen_at == search.seen_at


def test_a_deleted_search_and_a_closed_account_leave_nothing(vera, deliver):
    other = make.verified_user("otto")
    saved(vera), saved(other)
    make.listing()
    deliver()
    services.delete_saved(person=other, search_id=SavedSearch.objects.of(other.pk).get().pk)
    assert set(Find.objects.values_list("search__user", flat=True)) == {vera.pk}

    services.forget_saved(person_id=vera.pk)  # the account is open
    assert SavedSearch.objects.count() == 1
    accounts.close_account(actor=vera, user=vera)
    deliver()

    assert (SavedSearch.objects.count(), Find.objects.count()) == (0, 0)


def test_the_seller_learns_how_many_want_a_draft_and_not_who(vera):
    seller = make.verified_user("sam")
    draft = make.draft(seller)
    saved(vera), saved(vera, Query(category=("women-dresses",)))
    saved(make.verified_user(), Query(size=("M",), color=("red", "blue")))
    saved(make.verified_user(), Query(size=("M",), color=("blue",)))
    saved(make.verified_user(), Query(size=("M",), price_max=2000))
    saved(seller, Query(size=("M",)))

    assert services.people_who_want(seller=seller, listing_id=draft.pk) == 2
    with override({"search.wanted_shown": 0}):
        assert services.people_who_want(seller=seller, listing_id=draft.pk) == 1
    with pytest.raises(NotFound):
        services.people_who_want(seller=vera, listing_id=draft.pk)


def test_one_search_of_many_people_is_asked_once(vera, deliver, monkeypatch):
    from search.services import alerts

    asked = []
    find_out = alerts.matching
    monkeypatch.setattr(
        alerts, "matching", lambda queries, ids: asked.append(list(queries)) or find_out(queries, ids)
    )
    people = [vera, make.verified_user(), make.verified_user()]
    for person in people:
        saved(person)
    seller = make.verified_user()
    make.listing(seller), make.listing(seller)
    deliver()

    assert [len(queries) for queries in asked] == [1]
    assert NoticePart.objects.count() == 6


def test_every_read_has_an_index(vera):
    saved(vera)
    saved(make.verified_user(), frequency="daily")
    listing = make.listing()
    with recording() as commands:
        services.people_who_want(seller=listing.seller, listing_id=listing.pk)
        assert services.tell_of_listings(listing_ids=[listing.pk]) == 2
        SavedSearch.objects.update(last_told_at=timezone.now() - timedelta(days=2))
        SavedSearch.objects.filter(frequency="daily").update(due_at=timezone.now())
        assert services.tell_summaries() == 1
        services.new_counts(list(SavedSearch.objects.of(vera.pk)))

    reads = Commands(one for one in commands if next(iter(one)) in {"find", "aggregate"})
    assert len(reads) > 8
    assert reads.plans() == []
