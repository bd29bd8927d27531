"""The index of listings in Elasticsearch: what is in it, in which order writes win, and what happens without it."""

import logging

import pytest
from django.core.management import CommandError, call_command

from accounts import services as accounts
from listings import services as listings
from listings.models import Brand, Listing, Status
from marketplace.core.events import HANDLERS
from marketplace.core.health import checks
from marketplace.core.outbox import delivery
from marketplace.core.outbox.models import OutboxEntry
from search import services
from search.documents import ListingDocument
from search.engines.elastic import BREAKER, ElasticEngine
from search.errors import EngineAway, IndexRefused
from search.index import sync
from search.index.check import compare
from search.index.names import behind, read_alias, write_alias
from search.query import Query
from social import services as social
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.needs("elasticsearch")]
NOWHERE = "http://127.0.0.1:9"


def found(**query) -> list[str]:
    """The titles of what the engine finds."""
    rows = ElasticEngine().find(Query(**query), size=48).rows
    titles = dict(Listing.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "title"))
    return [titles[row.pk] for row in rows]


def source(elasticsearch, pk) -> dict:
    return elasticsearch.get(index=read_alias(), id=str(pk))["_source"]


def differences() -> list[str]:
    return compare().ids


def test_a_document_has_everything_that_is_searched(elasticsearch, index):
    listing = make.listing(make.verified_user("ada"), title="Gingham dress", price_cents=2500)
    index()

    stored = source(elasticsearch, listing.pk)

    assert stored == ListingDocument().prepare(Listing.objects.get(pk=listing.pk))
    assert {name for name, value in stored.items() if value in (None, "", [])} == set()
    assert (stored["title"], stored["brand"], stored["seller"]) == ("Gingham dress", "levis", "ada")
    mapped = elasticsearch.indices.get_mapping(index=read_alias())[behind(read_alias())[0]]["mappings"]
    assert mapped["dynamic"] == "strict"
    assert set(stored) == set(mapped["properties"]) - {"everything", "vector", "vector_key"}


def test_everything_that_changes_a_document_reaches_the_index(index):
    seller = make.verified_user()
    rows = [make.listing(seller, brand="Nobody Knows It") for _ in range(3)]
    sold = make.listing(make.verified_user(), status=Status.SOLD)
    index()
    listings.edit_listing(actor=seller, listing=rows[0], title="Corduroy", price_cents=900)
    listings.add_photos(actor=seller, listing=rows[1], uploads=[make.jpeg()])
    social.like_listing(user=make.verified_user(), listing_id=rows[1].pk)
    listings.rename_brand(brand=Brand.objects.get(name="Nobody Knows It"), name="Known Now")
    listings.remove_listing(actor=seller, listing=rows[2])
    other = make.verified_user()
    make.listing(other)
    accounts.close_account(actor=other, user=other)
    index()

    assert differences() == []
    assert set(found(sort="likes")) == {"Corduroy", "Gingham summer dress"}
    assert found(text="known now", sort="price_asc")[0] == "Corduroy"
    assert found(availability="sold") == [sold.title]
    accounts.reopen_account(actor=make.staff(), user=other)
    index()
    assert differences() == []
    assert len(found()) == 3


def test_an_older_write_never_replaces_a_newer_one(elasticsearch, index):
    seller = make.verified_user()
    listing, liked = make.listing(seller), make.listing(seller)
    index()
    before = sync.documents_of([listing.pk, liked.pk])
    listings.remove_listing(actor=seller, listing=listing)
    social.like_listing(user=make.verified_user(), listing_id=liked.pk)  # not a new revision
    index()

    sync.write(before, behind(write_alias()))
    elasticsearch.indices.refresh(index=read_alias())

    assert "status" not in source(elasticsearch, listing.pk)
    assert source(elasticsearch, liked.pk)["like_count"] == 1
    assert differences() == []


def test_what_was_hidden_a_moment_ago_does_not_show(index):
    seller = make.verified_user()
    listing = make.listing(seller)
    index()
    assert len(found()) == 1

    listings.remove_listing(actor=seller, listing=listing)

    assert found() == []


def test_a_document_that_is_not_understood_is_our_fault_and_no_reason_to_wait(index):
    wrong = [{"_id": "1", "version": 1, "_source": {"no_such_field": 1}}]

    with pytest.raises(IndexRefused, match="strict_dynamic_mapping_exception"):
        sync.write(wrong, behind(write_alias()))


# --- away


@pytest.fixture
def away(index):
    """Nobody listens where Elasticsearch should be."""
    from elasticsearch.dsl import connections

    from marketplace.search_client import elasticsearch_dsl

    there = connections.get_connection()
    connections.configure(**elasticsearch_dsl([NOWHERE]))
    yield lambda: connections.add_connection("default", there)
    connections.add_connection("default", there)
    BREAKER.reset()


def test_while_it_is_away_mongodb_answers_and_it_is_not_asked_by_every_page(away, caplog, monkeypatch):
    listing = make.listing(title="Gingham coat")

    with caplog.at_level(logging.WARNING, "search"):
        first = services.find(Query(text="gingham"))
    monkeypatch.setattr("search.engines.elastic.page_client", lambda: pytest.fail("asked again at once"))
    again = services.find(Query(text="gingham"))

    assert [row.pk for row in first.rows] == [row.pk for row in again.rows] == [listing.pk]
    assert services.facets(Query()).values["brand"][0].value == "levis"
    assert "search engine away" in caplog.text
    health = next(check for check in checks() if check.name == "elasticsearch")
    assert (health.ok, health.required, health.detail["fallbacks"]) == (False, False, 3)


def test_what_changes_while_it_is_away_waits_and_is_caught_up(away, index):
    seller = make.verified_user()
    rows = [make.listing(seller) for _ in range(3)]
    for _ in range(2):
        claim = delivery.claim_due(HANDLERS["search.index_changed"])
        assert claim is not None and delivery.deliver(claim) == 0
        waiting = OutboxEntry.objects.filter(handler="search.index_changed")
        assert {(one.state, one.attempts) for one in waiting} == {("pending", 0)}
        assert waiting.count() >= len(rows)
        waiting.update(due_at=rows[0].created_at)

    away()
    BREAKER.reset()
    index()

    assert differences() == []
    assert len(found()) == 3


def test_without_an_index_it_counts_as_away(elasticsearch, index):
    elasticsearch.indices.delete(index=behind(read_alias()))

    with pytest.raises(EngineAway):
        ElasticEngine().find(Query(), size=3)
    with pytest.raises(EngineAway, match="search_rebuild"):
        sync.index_listings([make.listing().pk])
    BREAKER.reset()


def test_without_elasticsearch_nothing_is_stored_for_it(db, settings):
    assert settings.ELASTICSEARCH_URL == ""
    make.listing()

    assert not OutboxEntry.objects.filter(handler="search.index_changed").exists()
    call_command("search_rebuild", "--if-needed")
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        call_command("search_rebuild")


# --- words


@pytest.mark.parametrize(
    ("title", "texts"),
    [
        ("V-neck jumper", ("v-neck", "v neck", "vneck", "vneck sweater", "V-Neck pullover")),
        ("Plain tshirt", ("t-shirt", "t shirt", "tee", "plain tees")),
        ("Off the shoulder top", ("off shoulder top", "off the shoulder")),
    ],
)
def test_words_that_mean_the_same_find_each_other(index, title, texts):
    make.listing(title=title, brand=None, category="men-shirts-polo", description="-")
    index()

    for text in texts:
        assert found(text=text) == [title], text
