"""What is asked of Elasticsearch: filters, words and their weight, orders, facets."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

from listings.models import PUBLIC, Status
from search.engines.words import words_of
from search.facets import PRICE_STEPS, VALUES_MAX, Tally
from search.quality import AGE_SHARE, HALF_LIFE_DAYS
from search.query import Availability, Query, Sort

Clause = dict[str, Any]
Vector = Sequence[float]
FIELDS: Final = {
    "category": "category",
    "brand": "brand",
    "size": "size",
    "color": "color",
    "condition": "condition",
}
FACETS: Final = {**FIELDS, "availability": "status"}
STATUSES: Final = {
    Availability.AVAILABLE: [Status.AVAILABLE.value],
    Availability.SOLD: [Status.SOLD.value],
    Availability.ALL: [status.value for status in PUBLIC],
}
PUBLIC_ONLY: Final[Clause] = {"terms": {"status": STATUSES[Availability.ALL]}}
# The id decides between equals, in the same direction.
ORDERS: Final = {
    Sort.RELEVANCE: ("_score", "desc"),
    Sort.NEWEST: ("published_at", "desc"),
    Sort.PRICE_ASC: ("price_cents", "asc"),
    Sort.PRICE_DESC: ("price_cents", "desc"),
    Sort.LIKES: ("like_count", "desc"),
}
WEIGHTS: Final = {"title": 4.0, "brand_name": 3.0, "category_names": 2.0, "description": 0.5}
_MARKS: Final = re.compile(r"[^\w\s'’-]")
PHRASE_WEIGHT, PHRASE_SLOP = 2.0, 3
# With meaning: text = words / (words + SATURATION) + MEANING_WEIGHT x (cosine - UNRELATED), by bench/relevance.py.
SATURATION, MEANING_WEIGHT = 20.0, 4.0
UNRELATED: Final = 0.5  # the cosine of a search and anything: half of all pairs are below it ...
CUT_OFF: Final = 0.68  # ... and 99 of 100 below this, the least that finds a listing without its words
ANY: Final = -1.0  # the cut-off that leaves nothing out
NEAREST: Final = 100  # listings that are found so
_BLENDED: Final = """
double near = doc['vector'].size() == 0 ? params.unknown : dotProduct(params.vector, 'vector');
return _score / (_score + params.saturation) + params.weight * Math.max(0, near - params.unrelated);
"""
CATEGORIES_MAX: Final = 1000  # all of the tree: search.facets picks those that show


def filters_of(query: Query, leave_out: str = "") -> list[Clause]:
    """Every choice but the text; or within one, and across them. `leave_out` names one that does not count."""
    found: list[Clause] = []
    if leave_out != "availability":
        found.append({"terms": {"status": STATUSES[Availability(query.availability)]}})
    else:
        found.append(PUBLIC_ONLY)
    for name, field in FIELDS.items():
        if name != leave_out and (values := getattr(query, name)):
            found.append({"terms": {field: list(values)}})
    bounds = {"gte": query.price_min, "lte": query.price_max}
    if leave_out != "price" and (given := {word: at for word, at in bounds.items() if at is not None}):
        found.append({"range": {"price_cents": given}})
    if query.seller:
        found.append({"term": {"seller": query.seller}})
    return found


def words_clauses(query: Query) -> list[Clause]:
    """What a listing must have to be found by the text: every word somewhere, or (any_word) one of them."""
    if not query.text:
        return []
    words = words_of(query.text)
    if not words.sought:
        return [{"match_none": {}}]
    plain = plain_text(query)
    if query.any_word:
        # Only where one word is enough may it be misspelt, too.
        sought: Clause = {"query": plain, "fuzziness": "AUTO", "prefix_length": 1, "max_expansions": 20,
                          "auto_generate_synonyms_phrase_query": False}  # fmt: skip
        found: list[Clause] = [{"match": {"everything": sought}}]
    else:
        # The words of a synonym, too, may stand apart.
        every = {"query": plain, "operator": "and", "auto_generate_synonyms_phrase_query": False}
        joined = {**every, "analyzer": "words_joined"}  # v-neck as vneck
        either = [{"match": {"everything": every}}, {"match": {"everything": joined}}]
        found = [{"bool": {"should": either}} if "-" in plain else either[0]]
    phrases = [" ".join(phrase) for phrase in words.phrases]
    return found + [
        {"multi_match": {"query": one, "type": "phrase", "fields": list(WEIGHTS), "analyzer": "words_joined"}}
        for one in phrases
    ]


def plain_text(query: Query) -> str:
    """The text without marks: nothing is an operator, and a symbol is no word that could be missing."""
    return _MARKS.sub(" ", query.text)


def matching(query: Query) -> Clause:
    """The query for an order that has nothing to do with the text."""
    return {"bool": {"filter": [*filters_of(query), *words_clauses(query)]}}


def ranking(query: Query, *, now: int, vector: Vector | None = None) -> Clause:
    """The query for the order of relevance: text x quality x age (search/quality.py).

    `now` (ms) is the moment that ages are counted from: the same one for all pages of a search. With a `vector` of the
    text the meaning counts, too.
    """
    plain = plain_text(query)
    # As phrases, every way through the synonyms of several words would be a clause: thousands for "sneakers trainers".
    apart = {"query": plain, "auto_generate_synonyms_phrase_query": False}
    fields = [{"match": {field: {**apart, "boost": weight}}} for field, weight in WEIGHTS.items()]
    near = {"query": plain, "slop": PHRASE_SLOP, "boost": PHRASE_WEIGHT, "analyzer": "words_joined"}
    weights = [*fields, {"match_phrase": {"title": near}}]
    if vector is None:
        text = {"bool": {"filter": filters_of(query), "must": words_clauses(query), "should": weights}}
    else:
        text = _blended(query, weights, vector)
    described = {
        "query": text,
        "field_value_factor": {"field": "quality", "missing": 1},
        "boost_mode": "multiply",
    }
    age = {"published_at": {"origin": now, "scale": f"{HALF_LIFE_DAYS}d", "decay": 0.5}}
    return {
        "function_score": {
            "query": {"function_score": described},
            "functions": [{"weight": 1 - AGE_SHARE}, {"exp": age, "weight": AGE_SHARE}],
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def _blended(query: Query, weights: list[Clause], vector: Vector) -> Clause:
    """What has the words or is near in meaning. How near is computed for all of them, so that it does not depend on
    which of both found a listing.
    """
    words = words_clauses(query)
    found = {"bool": {"should": [{"bool": {"must": words}}, nearest(vector, filters_of(query))]}}
    return {
        "script_score": {
            "query": {"bool": {"filter": [*filters_of(query), found], "should": [*words, *weights]}},
            "script": {
                "source": _BLENDED,
                "params": {
                    "vector": vector, "unknown": CUT_OFF, "unrelated": UNRELATED, "saturation": SATURATION,
                    "weight": MEANING_WEIGHT,
                },
            },
        }
    }  # fmt: skip


def nearest(vector: Vector, filters: list[Clause], cut_off: float = CUT_OFF) -> Clause:
    """The query for the listings that are nearest in meaning of those that pass the filters."""
    return {
        "knn": {
            "field": "vector", "query_vector": vector, "k": NEAREST, "num_candidates": 2 * NEAREST,
            "filter": filters, "similarity": cut_off,
        }
    }  # fmt: skip


def order_of(query: Query) -> list[Clause]:
    """By what it is sorted, and what decides between equals."""
    field, direction = ORDERS[Sort(query.order)]
    return [{field: direction}, {"id": direction}]


def facets_body(query: Query) -> dict[str, Any]:
    """One request for all facets, each counted without its own choice."""
    parts = {}
    for name, field in FACETS.items():
        values: Clause = {"field": field, "size": CATEGORIES_MAX if name == "category" else VALUES_MAX}
        if name == "availability":
            values["include"] = [Status.AVAILABLE.value, Status.SOLD.value]
        parts[name] = _counted(query, name, {"terms": values})
    steps = [{"from": low, "to": high} for low, high in pairwise(PRICE_STEPS)]
    steps.append({"from": PRICE_STEPS[-1]})
    parts["price"] = _counted(query, "price", {"range": {"field": "price_cents", "ranges": steps}})
    return {"query": {"bool": {"filter": [PUBLIC_ONLY, *words_clauses(query)]}}, "aggs": parts, "size": 0}


def _counted(query: Query, name: str, values: Clause) -> Clause:
    return {"filter": {"bool": {"filter": filters_of(query, leave_out=name)}}, "aggs": {"values": values}}


def tally(buckets: Iterable[Clause]) -> Tally:
    """How often each value is there; prices by the lower bound of their step."""
    return Counter({one.get("from", one["key"]): one["doc_count"] for one in buckets if one["doc_count"]})
