"""How MongoDB answers searches: by an index each, within bounds, and in part where the whole takes too long."""

from dataclasses import replace

import pytest

from marketplace.core.rules import override
from search.engines.mongo import MongoEngine, engine
from search.engines.words import words_of
from search.query import Query, Sort
from tests import make

BRANDS = ("adidas", "gucci", "levis", "mango", "nike", "prada", "puma", "zara")
QUERIES = [
    {}, {"category": ("women",)}, {"brand": ("levis",)}, {"color": ("red",)}, {"size": ("M",), "condition": ("good",)},
    {"category": ("women", "men"), "brand": BRANDS, "size": ("S", "M", "L"), "color": ("red", "blue")},
    {"price_min": 1000}, {"price_max": 9000, "brand": ("levis",)}, {"seller": "alma"},
    {"seller": "alma", "color": ("red",)}, {"availability": "sold"}, {"availability": "all", "category": ("women",)},
    {"availability": "all", "brand": BRANDS, "color": ("red",)}, {"text": "dress"}, {"text": "red dress"},
    {"text": "red dress", "any_word": True}, {"text": '"summer dress"', "color": ("red",), "price_max": 9000},
]  # fmt: skip


@pytest.fixture
def dresses(db):
    seller = make.verified_user("alma")
    return [make.listing(seller, title=f"Red summer dress {number}") for number in range(3)]


def test_no_search_and_no_facet_scans_the_collection(dresses, record_commands):
    mongo = MongoEngine()

    with record_commands() as commands:
        for fields in QUERIES:
            for sort in Sort:
                query = Query(**fields | {"sort": sort.value})
                cursor = mongo.find(query, size=1).next_cursor
                mongo.find(query, size=1, after=cursor)
            mongo.facets(query)

    assert [plan for plan in commands.plans() if "COLLSCAN" in plan.split(":")[0]] == []


@pytest.mark.parametrize("sort", ["newest", "price_asc", "price_desc"])
def test_what_an_index_orders_is_not_sorted_in_memory(dresses, record_commands, sort):
    narrow = [
        fields
        for fields in QUERIES
        if not {"text", "seller", "availability", "price_min", "price_max"} & set(fields)
    ]
    first = MongoEngine().find(Query(sort=sort), size=1)

    with record_commands() as commands:
        for fields in narrow:
            MongoEngine().find(Query(sort=sort, **fields), size=1, after=first.next_cursor)

    assert commands.plans() == []


def test_the_index_is_read_for_the_rarest_word(dresses, record_commands):
    make.listing(title="Plaid dress", description="-")
    query = Query(text="dress plaid")
    MongoEngine().find(query, size=5)

    with record_commands() as commands:
        found = MongoEngine().find(query, size=5)

    assert [one["pipeline"][0]["$match"]["$text"]["$search"] for one in commands if "aggregate" in one] == [
        "plaid"
    ]
    assert len(found.rows) == 1


@pytest.mark.parametrize("sort", list(Sort))
def test_a_search_that_takes_too_long_is_answered_from_a_part(dresses, monkeypatch, sort):
    monkeypatch.setattr(engine, "CANDIDATES", 2)  # as if there were more
    capped = engine.place_of("", Query(text="dress", sort=sort.value).order)
    wanted = engine.text_of("dress", any_word=False)
    wanted.where["status"] = "available"

    found = engine._ranked(wanted, replace(capped, is_capped=True), size=1, count=True)
    after = MongoEngine().find(Query(text="dress", sort=sort.value), size=1, after=found.next_cursor)

    assert (found.total.value, found.total.is_exact) == (2, False)
    assert (len(after.rows), after.next_cursor) == (1, "")
    assert found.rows[0].id != after.rows[0].id


@pytest.mark.parametrize("order", ["likes", "price_asc"])
def test_an_order_without_an_index_is_of_the_newest(dresses, monkeypatch, order):
    monkeypatch.setattr(engine, "CANDIDATES", 2)

    found = MongoEngine().find(Query(seller="alma", sort=order), size=5)

    assert {row.id for row in found.rows} == {dresses[1].pk, dresses[2].pk}


def test_every_read_of_a_search_has_a_time_limit(dresses, record_commands):
    with override({"search.read_ms": 1500}), record_commands() as commands:
        for fields in QUERIES:
            MongoEngine().find(Query(**fields), size=1)
            MongoEngine().facets(Query(**fields))

    assert len(commands) > len(QUERIES)
    assert [dict(one) for one in commands if not 0 < one.get("maxTimeMS", 0) <= 1500] == []


def test_words_and_phrases_of_a_text():
    words = words_of("The “Little  Black” dréss, Levi’s down-jacket - $* the")

    assert words.sought == ("little", "black", "dress", "levi's", "jacket")
    assert words.beside == ("down",)
    assert words.phrases == (("little", "black"),)
    assert words_of("x " * 5000).sought == ("x",)
