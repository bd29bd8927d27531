"""From what somebody typed to what they see: understood, found, and widened when nothing was found."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from search.query import Query
from search.results import Found
from search.services.finding import find
from search.understanding import Understood, alternatives, understand

# What is let go when nothing is found, in this order and together with what went before: (what is said, filters).
DROPPED = (
    ("price", ("price_min", "price_max")), ("size", ("size",)), ("color", ("color",)), ("condition", ("condition",)),
    ("brand", ("brand",)), ("category", ("category",)),
)  # fmt: skip
QUOTES = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown: `query` is the search that found it, which the next page goes by.

    `relaxed` says what was let go to find anything: "words" (one of them is enough, in any order), "price", "size",
    "color", "condition", "brand", "category", "text" (filters alone). Empty when the search itself found something.
    """

    found: Found
    query: Query
    understood: Understood
    relaxed: tuple[str, ...] = ()


def search(query: Query, after: str = "") -> Answer:
    """One page of what somebody looks for; a first page that would be empty is widened step by step.

    Before that the words that were read as filters are looked for as words: "emerald" may stand in a title only.
    """
    understood = understand(query)
    found = find(understood.query, after=after)
    if found.rows or after:
        return Answer(found, understood.query, understood)
    in_words = understood.in_words
    if in_words != understood.query and (more := find(in_words)).rows:
        return Answer(more, in_words, understood)
    for wider, relaxed in wider_searches(understood.query):
        more = find(wider)
        if more.rows:
            return Answer(more, wider, understood, relaxed)
    return Answer(found, understood.query, understood)


def wider_searches(query: Query) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """Searches that find more, the nearest first, each with what it let go.

    First any of the words, then fewer and fewer filters; at last the filters without the words, and fewer of those
    (the brand stays longest), but never everything.
    """
    wider = query
    relaxed: tuple[str, ...] = ()
    if loose := _loosened(query.text):
        wider, relaxed = replace(query, text=loose, any_word=True), ("words",)
        yield wider, relaxed
    names = bool(query.brand or query.category or query.text)  # who asks for something wants no other thing
    for left, said in _with_fewer_filters(wider, relaxed):
        if _says_something(left) or not names:
            yield left, said
    plain = replace(query, text="", any_word=False)
    if query.text and plain != replace(Query(), exact=query.exact, sort=query.sort):
        yield plain, ("text",)
        for wider, relaxed in _with_fewer_filters(plain, ("text",), (*DROPPED[:-2], *reversed(DROPPED[-2:]))):
            if _says_something(wider):
                yield wider, relaxed


def _says_something(query: Query) -> bool:
    """Whether it is not simply everything."""
    return bool(query.text or query.seller) or any(
        getattr(query, name) for _said, names in DROPPED for name in names
    )


def _with_fewer_filters(
    query: Query, relaxed: tuple[str, ...], order: tuple[tuple[str, tuple[str, ...]], ...] = DROPPED
) -> Iterator[tuple[Query, tuple[str, ...]]]:
    for said, names in order:
        before = query
        for name in names:
            query = query.without(name)
        if query != before:
            relaxed = (*relaxed, said)
            yield query, relaxed


def _loosened(text: str) -> str:
    """The words without quotes and minuses, and what else they are called; "" when that is the same."""
    bare = "".join(" " if char in QUOTES else char for char in text)
    words = [word for word in bare.split() if not word.startswith("-")]
    pairs = [" ".join(pair) for pair in pairwise(words)]
    others = [other for word in (*words, *pairs) for other in alternatives(word)[1:]]
    loose = " ".join(dict.fromkeys([*words, *" ".join(others).split()]))
    return loose if loose != text or " " in loose else ""
