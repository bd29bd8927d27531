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
    near = [word for length in words.words_by_length if length >= len(typed) - 1
            for word in words.words_by_length[length] if word[0] == typed[0]]  # fmt: skip
    best, best_count = "", -1
    for length in (len(typed), len(typed) + 1, len(typed) - 1):
        beginnings = {word[:length]: 0 for word in near}
        hits = process.extract(typed, list(beginnings), scorer=OSA.distance, score_cutoff=1, limit=None)
        right = {beginning for beginning, _distance, _at in hits}
        for word in near:
            if word[:length] in right and words.words[word] > best_count:
                best, best_count = word[:length], words.words[word]
        if best:
            return best
    return best
