"""The verbs of search: the doors ask here, whatever engine answers."""

from search.services.alerts import tell_of_listings, tell_summaries
from search.services.answers import Answer, search
from search.services.finding import facets, find, matching
from search.services.history import (
    clear_recent,
    count_notes,
    note_search,
    recent_searches,
    remembered,
    set_hidden,
    trending,
)
from search.services.meaning import forget_unused_vectors
from search.services.prices import sold_prices
from search.services.saving import (
    change_saved,
    delete_saved,
    forget_saved,
    look_at_saved,
    new_counts,
    people_who_want,
    save_search,
)
from search.services.similar import similar_to
from search.services.suggesting import Suggestion, Suggestions, people, suggest
from search.services.vocabulary import learn_listings, learn_new_people, learn_people, rebuild_vocabulary

__all__ = [
    "Answer",
    "Suggestion",
    "Suggestions",
    "change_saved",
    "clear_recent",
    "count_notes",
    "delete_saved",
    "facets",
    "find",
    "forget_saved",
    "forget_unused_vectors",
    "learn_listings",
    "learn_new_people",
    "learn_people",
    "look_at_saved",
    "matching",
    "new_counts",
    "note_search",
    "people",
    "people_who_want",
    "rebuild_vocabulary",
    "recent_searches",
    "remembered",
    "save_search",
    "search",
    "set_hidden",
    "similar_to",
    "sold_prices",
    "suggest",
    "tell_of_listings",
    "tell_summaries",
    "trending",
]  # fmt: skip
