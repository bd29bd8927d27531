"""Reads filters out of a text, one kind after the other; a word belongs to the first that takes it."""

from collections.abc import Callable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from listings import taxonomy
from search.query import Query
from search.understanding import sizes
from search.understanding.prices import find_price
from search.understanding.tokens import Token, Typed
from search.understanding.understood import Chip, Filter
from search.vocabulary import data

PHRASE_MAX: Final = 5  # words of the longest name
CONNECTORS: Final = frozenset({"and", "or", "/", "&", "+"})
FOR: Final = frozenset({"for", "in"})
BrandOf = Callable[[str], str]


class Reading:
    """A text on its way to a query. What the query says already is not read out of the text as well."""

    def __init__(self, typed: Typed, source: Query, brand_of: BrandOf, currency: str) -> None:
        self.typed, self.source, self.brand_of, self.currency = typed, source, brand_of, currency
        self.chips: list[Chip] = []
        self.notes: list[str] = []

    def may(self, *names: str) -> bool:
        """Whether none of these filters is chosen already."""
        return not any(getattr(self.source, name) not in ((), None) for name in names)

    def phrases(self) -> Iterator[tuple[int, int, str]]:
        """(place, tokens, words) of free phrases, the longest first at each place."""
        for at in range(len(self.typed.tokens)):
            for length in range(PHRASE_MAX, 0, -1):
                phrase = self.typed.phrase(at, length)
                if phrase:
                    yield at, length, phrase

    def take(self, at: int, length: int, filters: list[Filter]) -> None:
        """Makes a chip of tokens."""
        tokens = self.typed.tokens
        self.typed.take(at, length, len(self.chips))
        part = self.typed.text[tokens[at].start : tokens[at + length - 1].end]
        self.chips.append(Chip(tuple(dict.fromkeys(filters)), part))

    def begin_again(self) -> None:
        """Forgets what was read, because words were corrected."""
        self.chips, self.notes = [], []
        for token in self.typed.tokens:
            token.chip = None

    # -- what stands with it

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of garment that the text names."""
        free = (token for token in self.typed.tokens if token.is_free)
        return frozenset(kind for token in free if (kind := kind_of(token)))

    @property
    def department(self) -> str:
        """The department that is chosen or named, "" when there is none or several."""
        chosen = {value.split("-")[0] for value in self.source.category}
        chosen |= {
            str(value).split("-")[0]
            for chip in self.chips
            for name, value in chip.filters
            if name == "category"
        }
        return chosen.pop() if len(chosen) == 1 else ""

    @property
    def sets(self) -> frozenset[str]:
        """The size sets that count."""
        return sizes.sets_for(self.kinds, self.department)

    def is_all_that_is_left(self, at: int, length: int) -> bool:
        """Whether no other word of the text is free."""
        inside = range(at, at + length)
        return all(
            token.chip is not None or token.is_joined or n in inside
            for n, token in enumerate(self.typed.tokens)
        )

    # -- one kind of filter each

    def prices(self) -> None:
        """Limits of the price, once in a text."""
        if not self.may("price_min", "price_max"):
            return
        text, ends = "", []
        for token in self.typed.tokens:
            word = "\x00" if token.is_literal else token.meant or token.raw
            text += "" if token.is_joined else f"{word} "
            ends.append(len(text) - 1)
        found = find_price(text, self.currency)
        if not found:
            return
        starts = [0, *(end + 1 for end in ends)]
        inside = [
            n for n, token in enumerate(self.typed.tokens)
            if starts[n] < found.end and ends[n] > found.start and token.is_free
        ]  # fmt: skip
        if not inside:
            return
        limits: list[Filter] = []
        limits += [("price_min", found.low)] if found.low is not None else []
        limits += [("price_max", found.high)] if found.high is not None else []
        self.take(inside[0], len(inside), limits)
        if found.currency and found.currency != self.currency:
            self.notes.append(
                _("Prices are compared as they are written, without changing %s.") % found.currency
            )

    def brands(self, *, plain: bool = False, length_min: int = 1) -> None:
        """Brands; those whose name is a plain word only when it is likely that they are meant."""
        if not self.may("brand"):
            return
        for at, length, phrase in self.phrases():
            if length < length_min or not self.typed.phrase(at, length):
                continue
            slug = self.brand_of(phrase)
            shorter = phrase.rpartition(" ")[0]
            if not slug or (
                shorter and data.garment_kind(phrase.split()[-1]) and self.brand_of(shorter) == slug
            ):
                continue  # "hunter boots" is a spelling of Hunter, and boots are meant
            if bool(kind := data.plain_brand(phrase)) != plain:
                continue
            if not plain or self._is_meant(at, length, kind):
                self.take(at, length, [("brand", slug)])

    def _is_meant(self, at: int, length: int, kind: str) -> bool:
        tokens = self.typed.tokens
        whole = f" {' '.join(token.words for token in tokens)} "
        if any(f" {phrase} " in whole for phrase in data.words()["brands"]["except"]):
            return False
        if self.is_all_that_is_left(at, length):
            return True
        others = [token for n, token in enumerate(tokens) if n not in range(at, at + length)]
        capital = all(token.raw[:1].isupper() for token in tokens[at : at + length])
        # A phone writes the first word with a capital by itself.
        if at and capital and not any(token.raw[:1].isupper() for token in others[1:]):
            return True
        return kind == "garment" and any(kind_of(token) for token in others if not token.is_literal)

    def conditions(self) -> None:
        """Conditions, the longest phrase first."""
        if not self.may("condition"):
            return
        for at, length, phrase in self.phrases():
            if self.typed.phrase(at, length) and (codes := data.conditions().get(phrase)):
                self.take(at, length, [("condition", code) for code in codes])

    def departments(self) -> None:
        """Who wears it, with the "for" before it."""
        if not self.may("category"):
            return
        for at, length, phrase in self.phrases():
            if not self.typed.phrase(at, length):
                continue
            slug = data.departments().get(phrase, "") or self._baby(at, phrase)
            if not slug:
                continue
            before = self.typed.tokens[at - 1] if at else None
            start = at - 1 if before and before.is_free and before.words == "for" else at
            self.take(start, at + length - start, [("category", self._child(slug, phrase))])

    def _baby(self, at: int, phrase: str) -> str:
        after = self.typed.phrase(at + 1, 1)
        return "kids" if phrase == "baby" and after in data.words()["baby"]["before"] else ""

    def _child(self, slug: str, phrase: str) -> str:
        # Clothes of girls, boys and babies have a category each; shoes and the rest are shared by all children.
        own = {"girl": "kids-girls", "boy": "kids-boys", "baby": "kids-baby"}
        child = next((node for word, node in own.items() if phrase.startswith(word)), "")
        return child if child and self.kinds and self.kinds <= {"tops", "bottoms", "suits"} else slug

    def colors(self) -> None:
        """Colours with their modifiers; "black and white" is both."""
        if not self.may("color"):
            return
        last: int | None = None
        for at, length, phrase in self.phrases():
            if not self.typed.phrase(at, length) or not (codes := self._codes(phrase)):
                continue
            before = self.typed.tokens[at - 1] if at else None
            if before and before.words == "off":
                continue  # a brand, and a shade that may be any
            modifiers = data.words()["color_rules"]["modifiers"]
            start = at - 1 if before and before.is_free and before.words in modifiers else at
            self.take(start, at + length - start, [("color", code) for code in codes])
            joint = self.typed.tokens[start - 1] if start else None
            if last is not None and start - 1 == last + 1 and joint and joint.raw.lower() in CONNECTORS:
                self.typed.take(start - 1, 1, len(self.chips) - 1)
            last = at + length - 1

    def _codes(self, phrase: str) -> list[str]:
        known = data.color_codes()
        if phrase in known:
            wearable = {"tops", "bottoms", "suits", "shoes", "bras", "letters", "hats", "belts", "other"}
            is_weak = phrase in data.words()["color_rules"]["weak"]
            return [known[phrase]] if not is_weak or self.kinds & wearable else []
        parts = phrase.split()
        return (
            [known[part] for part in parts]
            if len(parts) == 2 and all(part in known for part in parts)
            else []
        )


def kind_of(token: Token) -> str:
    """The kind of garment that a token names, "" for none."""
    words = token.words.split()
    return next(
        (kind for word in (token.squeezed, *reversed(words)) if (kind := data.garment_kind(word))), ""
    )


def taxonomy_brand(phrase: str) -> str:
    """The slug of a brand of the data, by any of its spellings; "" for others."""
    found = taxonomy.brand_for(phrase)
    return found.slug if found and found != taxonomy.unbranded() else ""
