"""Keeping the vectors that search by meaning needs."""

from search.index.check import vectors_in_use
from search.index.client import is_configured
from search.index.rebuild import is_current
from search.meaning import forget_unused


def forget_unused_vectors() -> int:
    """Deletes vectors of texts that no listing in the index has any more; how many. EngineAway while it is away."""
    if not is_configured() or not is_current():
        return 0  # an index of before has other vectors, or none
    return forget_unused(vectors_in_use)
