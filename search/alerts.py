"""What a listing finds saved searches by: facet numbers and the beginning of a word. Both let through too much, never
too little: what an engine shows under a search is always among its candidates (tests/search/test_contract_matching.py).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from math import prod
from typing import Final
from urllib.parse import urlencode

from listings.models import Listing, facet
from search.beginnings import (
    FOLDED,
    IRREGULAR,
    MARKS,
    beginning,
    synonyms_among,
    synonyms_within,
    words_among,
)
from search.engines.words import plain_of, words_of
from search.models.saved import KEY_BYTES, PRICE_TOP, WORD_MAX
from search.query import Query, Sort

NUMBERED: Final = ("category", "brand", "size", "color")
TOLD_AT_ONCE: Final = 200  # people in one transaction
QUERIES_AT_ONCE: Final = 500  # searches that an engine is asked at once
NAMED: Final = 3  # listings that a summary names
NUMBERS_MAX: Final = 100  # of one search; one with more is looked for by fewer facets


def plain(query: Query) -> Query:
    """The same search in no order of its own: all who look for the same listings share it."""
    return replace(query, sort=Sort.RELEVANCE.value)


def stored(query: Query) -> str:
    """The pairs of a search as one text."""
    return urlencode(list(query.pairs()))


def key_of(query: Query) -> str:
    """What all searches that show the same listings share."""
    return hashlib.blake2b(stored(plain(query)).encode(), digest_size=KEY_BYTES).hexdigest()


def numbers_of(query: Query) -> list[int]:
    """The facet numbers of a search; of too many values the facet with the most is left out."""
    chosen = {name: getattr(query, name) or ("",) for name in NUMBERED}
    while prod(map(len, chosen.values())) > NUMBERS_MAX:
        chosen[max(chosen, key=lambda name: len(chosen[name]))] = ("",)
    return [
        facet(category=c, brand=b, size=s, color=k) for c, b, s, k in product(*(chosen[n] for n in NUMBERED))
    ]


def prices_of(query: Query) -> tuple[int, int]:
    """The lowest and the highest price that a search shows."""
    return query.price_min or 0, PRICE_TOP if query.price_max is None else query.price_max


def word_of(query: Query, counts: Mapping[str, int]) -> str:
    """How each listing that the search shows has a word beginning; "" when that cannot be said.

    Of several words the one that fewest listings have (`counts`). For one that synonyms may replace, what stands for
    their group.
    """
    if query.any_word:
        return ""
    sought = set(words_of(query.text).sought)
    words = [word for token in plain_of(query.text).split() if (word := _whole(token, sought))]
    groups = synonyms_among(set(words_among([query.text])))
    found = [(counts.get(word, 0), word, groups.get(word, beginning(word))) for word in words]
    sure = [one for one in found if one[2]]
    return min(sure)[2] if sure else ""


def words_in(listing: Listing) -> list[str]:
    """Every beginning that a word of the listing has, and "" for searches without one."""
    texts = (listing.title, listing.brand_name, *listing.category_names, listing.description)
    found = {""}
    for word in words_among(texts):
        for form in (word, IRREGULAR.get(word, word)):
            found.update(form[:length] for length in range(1, WORD_MAX + 1))
    return sorted(found | synonyms_within(found))


def _whole(token: str, sought: Iterable[str]) -> str:
    """A token that every engine reads as one word, without its marks; "" for others and those that none looks for."""
    bare = token.strip('".,;:!?()')
    return bare.translate(FOLDED).translate(MARKS) if bare in sought else ""
