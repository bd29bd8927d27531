"""The verbs of search: the doors ask here, whatever engine answers."""

from search.services.answers import Answer, search
from search.services.finding import facets, find
from search.services.history import (
    clear_recent,
    count_notes,
    note_search,
    recent_searches,
    remembered,
    set_hidden,
    trending,
)
from search.services.prices import sold_prices
from search.services.similar import similar_to
from search.services.suggesting import Suggestion, Suggestions, people, suggest
from search.services.vocabulary import learn_listings, learn_new_people, learn_people, rebuild_vocabulary

__all__ = [
    "Answer", "Suggestion", "Suggestions", "clear_recent", "count_notes", "facets", "find", "learn_listings",
    "learn_new_people", "learn_people", "note_search", "people", "rebuild_vocabulary", "recent_searches", "remembered",
    "search", "set_hidden", "similar_to", "sold_prices", "suggest", "trending",
]  # fmt: skip
