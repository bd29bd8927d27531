"""What shoppers mean: typed text becomes filters (shown as chips) and the words that are left.

Independent of the engine. Nothing is lost by it: a chip can be taken off and its words are text again, a word that may
be anything else stays text, and a filter that the query has already is not read out of the text as well.
"""

from dataclasses import replace

from django.conf import settings

from search.query import Query
from search.understanding.reading import taxonomy_brand
from search.understanding.size_reading import SizeReading
from search.understanding.spelling import correct
from search.understanding.tokens import split
from search.understanding.understood import Chip, Correction, Understood, with_chips
from search.vocabulary.data import synonyms
from search.vocabulary.snapshot import snapshot

__all__ = ["Chip", "Correction", "Understood", "alternatives", "understand"]


def understand(query: Query, *, spelling: bool = True) -> Understood:
    """Reads the text of a query; one that is `exact` comes back as it is. `spelling`: whether words are corrected."""
    if query.exact or not query.text.strip():
        return Understood(query, query)
    typed, words = split(query.text), snapshot()
    reading = SizeReading(
        typed, query, lambda phrase: words.brand(phrase) or taxonomy_brand(phrase), settings.DEFAULT_CURRENCY
    )
    reading.prices()
    reading.brands()
    corrections: tuple[Correction, ...] = ()
    if spelling:
        corrections = correct(typed, words)
        if corrections:
            reading.begin_again()
            reading.prices()
            reading.brands()
    reading.conditions()
    reading.departments()
    reading.sizes()
    reading.brands(plain=True, length_min=2)
    reading.colors()
    reading.brands(plain=True)
    reading.letters()
    meant = replace(query, text=typed.rest(), exact=True)
    chips = tuple(reading.chips)
    return Understood(with_chips(meant, chips), query, chips, corrections, tuple(reading.notes), typed)


def alternatives(words: str) -> tuple[str, ...]:
    """What else finds the same as a word or phrase, itself first: "tee" gives tee, t-shirt, tshirt ..."""
    return synonyms().get(words.casefold(), (words,))
