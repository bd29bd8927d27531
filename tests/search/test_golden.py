"""The golden set: every query is understood as somebody who reads it would, most of them with a typing error too."""

import pytest

from search.models import Term
from search.query import Query
from search.understanding import understand
from search.vocabulary import snapshot, terms
from search.vocabulary.words import words_of
from tests.search.golden import GOLDEN
from tests.search.typing_errors import with_typing_error

pytestmark = pytest.mark.django_db


def filters_of(query: Query) -> str:
    return ", ".join(f"{name}={value}" for name, value in query.pairs() if name not in ("text", "exact"))


def test_there_are_enough_queries():
    assert len(GOLDEN) >= 300
    assert sum(bool(with_typing_error(query)) for query in GOLDEN) >= 250


@pytest.mark.parametrize("query", GOLDEN)
def test_the_query_is_understood(query):
    found = understand(Query(text=query))

    fixes = ", ".join(f"{one.typed}>{one.meant}" for one in found.corrections)
    assert (filters_of(found.query), found.query.text, fixes) == GOLDEN[query]


@pytest.mark.parametrize("query", GOLDEN)
def test_what_was_understood_is_not_understood_again(query):
    once = understand(Query(text=query)).query

    assert understand(once).query == once


@pytest.mark.parametrize("query", [query for query, expected in GOLDEN.items() if expected.filters])
def test_the_words_of_a_chip_are_text_again_without_it(query):
    found = understand(Query(text=query))
    for chip in found.chips:
        wider = found.without(chip)

        assert wider.exact
        assert [pair for pair in wider.pairs() if pair in chip.filters] == []
        assert set(chip.typed.casefold().split()) & set(wider.text.casefold().split()) or found.corrections
        others = {pair for other in found.chips if other is not chip for pair in other.filters}
        assert others <= {
            (name, int(value) if name in ("price_min", "price_max") else value)
            for name, value in wider.pairs()
        }


@pytest.fixture
def vocabulary() -> None:
    """The words of a shop that sells all of it."""
    right = {text for query, meaning in GOLDEN.items() if not meaning.fixes for text in (query, meaning.text)}
    words = {word for text in right for word in words_of(text)}
    terms.write(terms.counted(Term.Kind.WORD, word, word, 5) for word in sorted(words))
    snapshot.reload()


@pytest.mark.usefixtures("vocabulary")
def test_most_queries_are_understood_with_a_typing_error_too():
    rightly = [query for query, expected in GOLDEN.items() if not expected.fixes]
    tried = [(query, wrong) for query in rightly if (wrong := with_typing_error(query))]
    other = {
        wrong: found.query.text
        for query, wrong in tried
        if (found := understand(Query(text=wrong))).query != understand(Query(text=query)).query
    }
    assert len(tried) > 250
    assert len(other) / len(tried) <= 0.06, other
