"""The vector of what somebody looks for, in time or not at all."""

from concurrent.futures import CancelledError, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from typing import Final

from django.core.cache import cache

from marketplace.core.rules import rule
from search.meaning.model import Vector, is_on, key_of, load

KEEP_SECONDS: Final = 24 * 60 * 60
PATIENCE_SECONDS: Final = 2.0  # of a further page, which needs the vector of the page before
# One thread: what it computes holds a processor anyway. It loads the model, too, at the first search.
_THREAD: Final = ThreadPoolExecutor(1, thread_name_prefix="meaning")


def query_vector(text: str, *, is_needed: bool = False) -> Vector | None:
    """The vector of a search; None where the layer is off, or (unless it is needed) after `search.meaning_ms`.

    What came too late is there for the next one who asks.
    """
    if not is_on():
        return None
    key = f"meaning:{key_of(text)}"
    if (known := cache.get(key)) is not None:
        return list(known)
    computed = _THREAD.submit(_compute, key, text)
    try:
        return computed.result(PATIENCE_SECONDS if is_needed else rule("search.meaning_ms") / 1000)
    except (Late, CancelledError):
        computed.cancel()  # if it waits for others
        return None


def _compute(key: str, text: str) -> Vector | None:
    model = load()
    if model is None:
        return None
    [vector] = model.vectors([text])
    cache.set(key, vector, KEEP_SECONDS)
    return vector
