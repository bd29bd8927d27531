"""Text: which listings have the words, and how well they fit.

The text index (migrations/0001) finds what has any of the words, by their stems. That all of them are there is then
looked up in the texts, by patterns that take the same endings.

    score = textScore (title 10, brand 6, category names 4, description 1)
          x (0.7 + 0.15 photos / 4 + 0.15 completeness)
          x different words of the title / words of the title
          x (0.85 + 0.15 x 2^(-age / 60 days))
"""

from datetime import datetime
from typing import Any, Final

import snowballstemmer

from search.engines.mongo.cursors import SCORE
from search.engines.words import words_of

FIELDS: Final = ("title", "brand_name", "category_names", "description")
ENDINGS: Final = (
    r"(?:[yi]?e?'?s?|\p{L}?(?:e?d|ing))"  # of the same stem, with the y or i that stemming changes
)
ACCENTS: Final = {"a": "àáâãäå", "c": "ç", "e": "èéêë", "i": "ìíîï", "n": "ñ", "o": "òóôõöø", "u": "ùúûü", "y": "ýÿ",
                  "'": "’‘"}  # fmt: skip
HALF_LIFE: Final = 60 * 24 * 3600 * 1000  # milliseconds
PHOTOS: Final = 4  # that are enough
LENGTH: Final = 120  # characters of a description that are enough
_stem = snowballstemmer.stemmer("english").stemWord


def match(text: str, *, any_word: bool) -> dict[str, Any] | None:
    """The condition on the text; None when there is no word in it that could be looked for."""
    words = words_of(text)
    if not words.sought:
        return None
    where: dict[str, Any] = {"$text": {"$search": " ".join(words.sought)}}
    wanted = [_phrase(phrase) for phrase in words.phrases]
    if not any_word and len(words.sought) + len(words.beside) > 1:
        wanted += [_pattern(word) for word in (*words.sought, *words.beside)]
    if wanted:
        where["$and"] = [{"$or": [{field: _regex(one)} for field in FIELDS]} for one in wanted]
    return where


def score(since: datetime, *, has_text_score: bool) -> dict[str, Any]:
    """The score at a moment as an expression, rounded so that equal ones are equal; a missing text score is 1."""
    titles = {"$regexFindAll": {"input": {"$toLower": "$title"}, "regex": r"[\p{L}\p{N}]+"}}
    age = {"$max": [0, {"$subtract": [since, {"$ifNull": ["$published_at", since]}]}]}
    factors = [
        {"$meta": "textScore"} if has_text_score else 1, _quality(),
        {"$let": {
            "vars": {"words": {"$map": {"input": titles, "in": "$$this.match"}}},
            "in": {"$divide": [{"$max": [1, {"$size": {"$setUnion": ["$$words", []]}}]},
                               {"$max": [1, {"$size": "$$words"}]}]},
        }},
        {"$add": [0.85, {"$multiply": [0.15, {"$pow": [0.5, {"$divide": [age, HALF_LIFE]}]}]}]},
    ]  # fmt: skip
    return {SCORE: {"$round": [{"$multiply": factors}, 9]}}


def _quality() -> dict[str, Any]:
    photos = {"$divide": [{"$min": [PHOTOS, "$photo_count"]}, PHOTOS]}
    described = {"$divide": [{"$min": [LENGTH, {"$strLenCP": "$description"}]}, LENGTH]}
    return {"$add": [0.7, {"$multiply": [0.15, photos]}, {"$multiply": [0.15, described]}]}


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


def _regex(pattern: str) -> dict[str, str]:
    return {"$regex": rf"(?<![\p{{L}}\p{{N}}]){pattern}(?![\p{{L}}\p{{N}}])", "$options": "i"}


def _letters(word: str) -> str:
    """Each letter with or without its accents. Words are letters and digits, so there is nothing to escape."""
    return "".join(f"[{one}{ACCENTS[one]}]" if one in ACCENTS else one for one in word)
