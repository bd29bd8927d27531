"""Search by meaning, with the real model: what it finds, and what happens when it is wrong, late or off."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from listings import services as listings
from listings.models import Status
from marketplace.core.rules import override
from search import services
from search.engines.elastic import ElasticEngine
from search.index import sync
from search.index.check import compare
from search.index.names import read_alias
from search.index.rebuild import is_current, rebuild
from search.meaning import load, model_name, query_vector
from search.models import Embedding
from search.query import Query
from tests import make
from tests.search.conftest import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.needs("embeddings", "elasticsearch")]
NECK = "something warm for the neck"


@pytest.fixture
def shop(meaning, index) -> Shop:
    shop = Shop(ElasticEngine(), index, make.verified_user("alma"))
    shop.add(
        "scarf",
        title="Knitted wool scarf",
        description="A long chunky scarf in soft lambswool",
        price_cents=2000,
    )
    shop.add("dress", title="Gingham dress", description="Worn twice, cotton")
    return shop


def test_what_shares_no_word_is_found_by_its_meaning(shop):
    assert shop.found(text=NECK) == {"scarf"}
    assert [row.pk for row in services.search(Query(text=NECK)).found.rows] == [shop.made["scarf"].pk]


def test_nothing_is_found_outside_the_filters(shop):
    assert shop.found(text=NECK, price_max=2000, color=("red",)) == {"scarf"}
    for filters in ({"price_max": 1999}, {"color": ("blue",)}, {"seller": "berta"}, {"availability": "sold"}):
        assert shop.found(text=NECK, **filters) == set()
    listings.remove_listing(actor=shop.seller, listing=shop.made["scarf"])
    assert shop.found(text=NECK) == set()


def test_a_phrase_in_quotes_is_meant_word_by_word(shop):
    assert shop.found(text=f'"{NECK}"') == set()


def test_off_means_words_alone(shop, settings):
    shop.engine_ready()
    settings.EMBEDDINGS_MODEL = ""

    assert shop.found(text=NECK) == set()
    assert shop.found(text="wool scarf") == {"scarf"}
    assert query_vector(NECK) is None


def test_another_file_than_the_pinned_one_is_refused_with_one_line(shop, settings, caplog):
    settings.EMBEDDINGS_SHA256 = ["0" * 64, settings.EMBEDDINGS_SHA256[1]]

    with caplog.at_level(logging.WARNING, "search"):
        assert [query_vector(NECK, is_needed=True) for _ in range(3)] == [None] * 3
    [line] = caplog.records
    assert "SHA-256" in line.reason
    assert model_name() == ""
    assert shop.found(text="wool scarf") == {"scarf"}
    assert shop.found(text=NECK) == set()


def test_without_its_files_it_is_off(meaning, settings, tmp_path: Path, caplog):
    settings.EMBEDDINGS_MODEL = str(tmp_path)

    with caplog.at_level(logging.WARNING, "search"):
        assert query_vector(NECK) is query_vector(NECK) is None
    [line] = caplog.records
    assert line.missing == [str(tmp_path / "model.onnx"), str(tmp_path / "tokenizer.json")]


def test_a_page_waits_no_longer_than_its_budget_and_the_next_has_it(shop):
    with override({"search.meaning_ms": 0}):
        assert query_vector("nobody has asked for this") is None
        vector = query_vector("nobody has asked for this", is_needed=True)
        assert vector is not None
        assert query_vector("nobody has asked for this") == vector  # kept


def test_pages_are_in_the_order_of_the_first_one(shop):
    for number in range(4):
        shop.add(f"neck {number}", title=f"Warm thing {number} for the neck", description="-")
        shop.add(f"scarf {number}", title=f"Scarf, number {number}", description="Chunky, of soft lambswool")
    text = "warm scarf neck"
    whole = shop.ordered(text=text)
    assert len(whole) >= 9

    pages = list(shop.pages(text=text))
    with override({"search.meaning_ms": 0}):
        slow = list(shop.pages(text=text))  # kept from before
        first = shop.find(text="warm for a neck", page=3)  # by words
        query_vector("warm for a neck", is_needed=True)
        second = shop.find(text="warm for a neck", page=3, after=first.next_cursor)

    assert [name for page in pages for name in page] == [name for page in slow for name in page] == whole
    assert shop.names(first) + shop.names(second) == [f"neck {number}" for number in (3, 2, 1, 0)]


def test_indexing_again_computes_nothing_twice(shop, monkeypatch):
    shop.engine_ready()
    before = set(Embedding.objects.values_list("key", flat=True))
    assert len(before) == 2
    monkeypatch.setattr("search.index.rebuild.GRACE_SECONDS", 0)
    monkeypatch.setattr(type(load()), "vectors", lambda self, texts: pytest.fail(f"computed again: {texts}"))

    sync.index_listings([one.pk for one in shop.made.values()])
    rebuild()

    assert set(Embedding.objects.values_list("key", flat=True)) == before
    assert compare().ids == []


def test_similar_things_are_the_nearest_in_meaning_of_those_that_are_for_sale(shop, settings):
    near = shop.add("near", title="Chunky lambswool scarf", description="Long and soft, knitted")
    for number in range(3):
        shop.add(f"far {number}", title=f"Leather sandals {number}", description="Worn once")
    shop.add("sold", title="Knitted wool scarf", seller=make.verified_user(), status=Status.SOLD)
    shop.engine_ready()

    similar = [row.pk for row in services.similar_to(shop.made["scarf"])]
    settings.EMBEDDINGS_MODEL = ""
    newest = [row.pk for row in services.similar_to(shop.made["scarf"])]

    assert similar[0] == near.pk
    assert newest[0] == shop.made["far 2"].pk
    assert len(similar) == len(newest) == 3  # of one closet
    assert shop.made["sold"].pk not in similar


def test_vectors_that_no_listing_has_are_forgotten(shop):
    shop.engine_ready()
    listings.edit_listing(actor=shop.seller, listing=shop.made["dress"], title="Another dress")
    shop.engine_ready()
    assert Embedding.objects.count() == 3
    assert services.forget_unused_vectors() == 0  # too young

    Embedding.objects.update(created_at=timezone.now() - timedelta(days=2))

    assert services.forget_unused_vectors() == 1
    assert Embedding.objects.count() == 2


def test_turning_it_on_asks_for_a_rebuild_and_searches_go_on_until_then(
    shop, elasticsearch, settings, monkeypatch
):
    monkeypatch.setattr("search.index.rebuild.GRACE_SECONDS", 0)
    shop.engine_ready()
    on, settings.EMBEDDINGS_MODEL = settings.EMBEDDINGS_MODEL, ""
    assert not is_current()
    rebuild()
    assert "vector_key" not in elasticsearch.get(index=read_alias(), id=str(shop.made["scarf"].pk))["_source"]

    settings.EMBEDDINGS_MODEL = on

    assert shop.found(text="wool scarf") == {"scarf"}
    assert not is_current()
    assert set(compare().different) == {str(one.pk) for one in shop.made.values()}
    rebuild()
    assert shop.found(text=NECK) == {"scarf"}
