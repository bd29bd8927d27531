"""The shop's words, and what people want to hear of."""

from search.models.embeddings import Embedding
from search.models.saved import (
    BY_PERSON,
    BY_QUERY,
    CANDIDATES,
    COPIES,
    DUE,
    Find,
    Frequency,
    SavedSearch,
    query_of,
)
from search.models.terms import PREFIX_MAX, TEXT_MAX, RecentSearches, Term, Vocabulary

__all__ = [
    "BY_PERSON", "BY_QUERY", "CANDIDATES", "COPIES", "DUE", "PREFIX_MAX", "TEXT_MAX", "Embedding", "Find", "Frequency",
    "RecentSearches", "SavedSearch", "Term", "Vocabulary", "query_of",
]  # fmt: skip
