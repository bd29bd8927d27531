"""What a word that is still being typed may become when it is not spelled like any."""

from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.vocabulary.snapshot import Snapshot

TYPED_MIN: Final = 3  # letters before a mistake is looked for


def completed(typed: str, words: Snapshot) -> str:
    """The beginning of the most frequent word that begins like `typed` but for one mistake; "" for none.

    The first letter must be right.
    """
    if len(typed) < TYPED_MIN:
        return ""
    near = words.words_by_letter.get(typed[0], ())  # the most frequent first
    for length in (len(typed), len(typed) + 1, len(typed) - 1):
        beginnings = list(dict.fromkeys(word[:length] for word in near))
        hits = process.extract(typed, beginnings, scorer=OSA.distance, score_cutoff=1, limit=None)
        if hits:
            return min(hits, key=lambda hit: hit[2])[0]
    return ""
