"""Text: which listings have the words, and how well they fit.

The text index (migrations/0001) finds what has the rarest of the words, by its stem; that the others are there too is
looked up in the texts of these few, by patterns that take the same endings. Only where any word is enough the index is
read for all of them. How frequent a word is, is counted (FREQUENT at most) and remembered for an hour.

    score = (textScore of the words that the index was read for + the weight of the best field of each other word)
          x quality x age, as search.quality has them

Weights: title 10, brand 6, category names 4, description 1.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import snowballstemmer
from django.core.cache import cache

from search.engines.mongo.cursors import SCORE
from search.engines.mongo.filters import table
from search.engines.words import words_of
from search.quality import AGE_SHARE, HALF_LIFE_DAYS, LENGTH, LENGTH_SHARE, PHOTOS, PHOTOS_SHARE

WEIGHTS: Final = {"title": 10, "brand_name": 6, "category_names": 4, "description": 1}  # as in the text index
FREQUENT: Final = 20_000  # listings up to which the frequency of a word is counted
REMEMBERED: Final = 3600  # seconds
ENDINGS: Final = (
    r"(?:[yi]?e?'?s?|\p{L}?(?:e?d|ing))"  # of the same stem, with the y or i that stemming changes
)
ACCENTS: Final = {"a": "àáâãäå", "c": "ç", "e": "èéêë", "i": "ìíîï", "n": "ñ", "o": "òóôõöø", "u": "ùúûü", "y": "ýÿ",
                  "'": "’‘"}  # fmt: skip
HALF_LIFE: Final = HALF_LIFE_DAYS * 24 * 3600 * 1000  # milliseconds
_stem = snowballstemmer.stemmer("english").stemWord


@dataclass(frozen=True, slots=True)
class Text:
    """A condition on the text, and the patterns of the words that the index is not read for."""

    where: dict[str, Any]
    others: tuple[str, ...] = ()

    def inputs(self, *, has_text_score: bool) -> dict[str, Any]:
        """What the score is computed from, as fields to project."""
        points: list[Any] = [_points(pattern) for pattern in self.others]
        points.append({"$meta": "textScore"} if has_text_score else 1)
        described = {"$divide": [{"$min": [LENGTH, {"$strLenCP": "$description"}]}, LENGTH]}
        photos = {"$divide": [{"$min": [PHOTOS, "$photo_count"]}, PHOTOS]}
        quality = {
            "$add": [
                1 - PHOTOS_SHARE - LENGTH_SHARE,
                {"$multiply": [PHOTOS_SHARE, photos]},
                {"$multiply": [LENGTH_SHARE, described]},
            ]
        }
        return {SCORE: {"$multiply": [{"$add": points}, quality]}, "title": 1, "published_at": 1}


def text_of(text: str, *, any_word: bool) -> Text | None:
    """What to look for; None when there is no word in the text that could be found."""
    words = words_of(text)
    if not words.sought:
        return None
    wanted = [_bounded(_phrase(phrase)) for phrase in words.phrases]
    sought, others = words.sought, tuple[str, ...]()
    if not any_word:
        sought = (_rarest(words.sought),)
        others = tuple(
            _bounded(_pattern(word)) for word in (*words.sought, *words.beside) if word not in sought
        )
    where: dict[str, Any] = {"$text": {"$search": " ".join(sought)}}
    if wanted or others:
        where["$and"] = [
            {"$or": [{field: {"$regex": one, "$options": "i"}} for field in WEIGHTS]} for one in (*wanted, *others)
        ]  # fmt: skip
    return Text(where, others)


def final_score(since: datetime) -> dict[str, Any]:
    """The score at a moment, of the inputs; rounded so that equal ones are equal."""
    titles = {"$regexFindAll": {"input": {"$toLower": "$title"}, "regex": r"[\p{L}\p{N}]+"}}
    unstuffed = {"$let": {
        "vars": {"words": {"$map": {"input": titles, "in": "$$this.match"}}},
        "in": {"$divide": [{"$max": [1, {"$size": {"$setUnion": ["$$words", []]}}]},
                           {"$max": [1, {"$size": "$$words"}]}]},
    }}  # fmt: skip
    age = {"$max": [0, {"$subtract": [since, {"$ifNull": ["$published_at", since]}]}]}
    share = {"$pow": [0.5, {"$divide": [age, HALF_LIFE]}]}
    fresh = {"$add": [1 - AGE_SHARE, {"$multiply": [AGE_SHARE, share]}]}
    return {SCORE: {"$round": [{"$multiply": [f"${SCORE}", unstuffed, fresh]}, 9]}}


def _rarest(words: tuple[str, ...]) -> str:
    """The word that fewest listings have."""
    if len(words) == 1:
        return words[0]
    keys = {word: f"search.frequency.{word}" for word in words}
    known = cache.get_many(keys.values())
    found = {
        key: table().count_documents({"$text": {"$search": word}}, limit=FREQUENT)
        for word, key in keys.items()
        if key not in known
    }  # fmt: skip
    if found:
        cache.set_many(found, REMEMBERED)
    return min(words, key=lambda word: (known | found)[keys[word]])


def _points(pattern: str) -> dict[str, Any]:
    """The weight of the best field that has a word."""

    def has(field: str) -> dict[str, Any]:
        if field == "category_names":
            return {"$anyElementTrue": {"$map": {"input": "$category_names", "in": {
                "$regexMatch": {"input": "$$this", "regex": pattern, "options": "i"}}}}}  # fmt: skip
        return {"$regexMatch": {"input": f"${field}", "regex": pattern, "options": "i"}}

    *fields, last = WEIGHTS
    branches = [{"case": has(field), "then": WEIGHTS[field]} for field in fields]
    return {"$switch": {"branches": branches, "default": WEIGHTS[last]}}


def _pattern(word: str) -> str:
    """A word with any ending that its stem takes."""
    stem = _stem(word)
    if not word.startswith(stem):  # "parti" of "party"
        stem = stem.removesuffix("i")
    if not word.startswith(stem):
        return _letters(word)
    return _letters(stem.removesuffix("i") if len(stem) > 3 else stem) + ENDINGS


def _phrase(words: tuple[str, ...]) -> str:
    return r"[^\p{L}\p{N}]+".join(map(_letters, words))


def _bounded(pattern: str) -> str:
    """Whole words only."""
    return rf"(?<![\p{{L}}\p{{N}}]){pattern}(?![\p{{L}}\p{{N}}])"


def _letters(word: str) -> str:
    """Each letter with or without its accents. Words are letters and digits, so there is nothing to escape."""
    return "".join(f"[{one}{ACCENTS[one]}]" if one in ACCENTS else one for one in word)
