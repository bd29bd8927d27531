"""What became of a text: chips, corrections, and the search that is meant."""

from dataclasses import dataclass, field, replace

from search.query import MULTIPLE, Query
from search.understanding.tokens import Typed

Filter = tuple[str, str | int]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that words of the text stand for: (name, value) pairs of the query, and the words as they were typed."""

    filters: tuple[Filter, ...]
    typed: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that is spelled like no other, and the one it was read as."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A text as it was understood.

    `query` has the chips as filters and the rest as text, and says `exact`: its address shows the same search again
    and nothing in it is read a second time.
    """

    query: Query
    source: Query
    chips: tuple[Chip, ...] = ()
    corrections: tuple[Correction, ...] = ()
    notes: tuple[str, ...] = ()
    _typed: Typed = field(default_factory=lambda: Typed(""), repr=False, compare=False)

    def without(self, chip: Chip) -> Query:
        """The search with the words of a chip as plain text, at their place; the other chips stay."""
        left = self.chips.index(chip)
        kept = tuple(one for one in self.chips if one is not chip)
        return with_chips(replace(self.source, text=self._typed.rest(without=left), exact=True), kept)

    @property
    def in_words(self) -> Query:
        """The search with every word in the text, corrected, and none as a filter: a title may have them all."""
        return replace(self.source, text=self._typed.all_words(), exact=True) if self.chips else self.query

    @property
    def instead(self) -> Query:
        """The search with every word as it was typed, and no chips: for "search instead for addidas"."""
        return replace(self.source, exact=True)


def with_chips(query: Query, chips: tuple[Chip, ...]) -> Query:
    """The query with the filters of these chips beside its own."""
    values: dict[str, object] = {}
    for name, value in (pair for chip in chips for pair in chip.filters):
        if name in MULTIPLE:
            values[name] = (*values.get(name, getattr(query, name)), value)  # type: ignore[misc]
        else:
            values[name] = value
    return replace(query, **values)  # type: ignore[arg-type]
