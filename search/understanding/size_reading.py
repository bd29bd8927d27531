"""Reads sizes out of a text."""

import re

from django.utils.translation import gettext as _

from search.understanding import sizes
from search.understanding.reading import Reading, kind_of
from search.vocabulary import data

Found = tuple[tuple[str, ...], int]  # labels, and how many tokens say so


class SizeReading(Reading):
    """A reading that knows sizes too."""

    def sizes(self) -> None:
        """Sizes that say that they are: "size 8", "UK 10", "32x34", "XL", "34B"."""
        if not self.may("size"):
            return
        for at, token in enumerate(self.typed.tokens):
            if not token.is_free:
                continue
            for read in (self._named, self._waist, self._system, self._two_words, self._alone):
                found, length = read(at)
                if found:
                    self.take(at, length, [("size", label) for label in found])
                    break

    def _named(self, at: int) -> Found:
        if self.typed.tokens[at].size_form not in sizes.INTRODUCING or not self.typed.phrase(at, 2):
            return (), 0
        if at and self.typed.tokens[at - 1].words == "plus":
            return (), 0
        if (found := sizes.in_system(self.typed.tokens, at + 1)) and (
            names := sizes.labels(found[0], self.sets)
        ):
            return names, 1 + found[1]
        if (two := self._two_words(at + 1))[0]:
            return two[0], 1 + two[1]
        form = sizes.spelled(self.typed.tokens[at + 1].size_form)
        names = sizes.labels(form, self.sets) or self._number(form)
        return names, 2

    def _waist(self, at: int) -> Found:
        found = sizes.waist(self.typed.tokens, at)
        if not found:
            return (), 0
        names = sizes.labels(f"waist{found[0]}", self.sets)
        if names and re.search(
            r"[xl/×]", "".join(token.size_form for token in self.typed.tokens[at : at + found[1]])
        ):
            self.notes.append(_("Waists are filtered, lengths are not: see the descriptions."))
        return names, found[1]

    def _system(self, at: int) -> Found:
        found = sizes.in_system(self.typed.tokens, at)
        return (sizes.labels(found[0], self.sets), found[1]) if found else ((), 0)

    def _two_words(self, at: int) -> Found:
        phrase = self.typed.phrase(at, 2)
        form = sizes.TWO_WORDS.get(tuple(phrase.split())) if phrase else None  # type: ignore[arg-type]
        return (sizes.labels(form, self.sets | {"one_size"}), 2) if form else ((), 0)

    def _alone(self, at: int) -> Found:
        form = self.typed.tokens[at].size_form
        after = self.typed.tokens[at + 1].size_form if at + 1 < len(self.typed.tokens) else ""
        if after in ("months", "mos", "mo", "month") and re.fullmatch(r"\d{1,2}-\d{1,2}", form):
            return sizes.labels(f"{form}m", sizes.KIDS), 2
        if sizes.ALONE.fullmatch(form):
            word = sizes.spelled(form)
            # A letter size must fit what stands with it; the others ("34B", "2T") name their garment themselves.
            fitting = sizes.labels(word, self.sets)
            return fitting or (sizes.labels(word, sizes.UNMISTAKABLE) if form[0].isdigit() else ()), 1
        # The word before, past what became a filter already: "jeans mens 34".
        before = next((token for token in reversed(self.typed.tokens[:at]) if token.chip is None), None)
        is_after = before is not None and kind_of(before) in ("shoes", "bottoms")
        if sizes.HALF.fullmatch(form) or (is_after and sizes.NUMBER.fullmatch(form)):
            kinds = self.kinds & {"shoes", "rings", "bottoms"} or (set() if self.kinds else {"shoes"})
            return sizes.numbered(form, sizes.sets_for(kinds, self.department)) if kinds else (), 1
        return (), 0

    def _number(self, form: str) -> tuple[str, ...]:
        return sizes.numbered(form, self.sets) if sizes.NUMBER.fullmatch(form) else ()

    def letters(self) -> None:
        """S, M and L, and their words, where they are likely to be a size (docs/search.md)."""
        if not self.may("size"):
            return
        tokens = self.typed.tokens
        sentence = set(data.words()["sentence"]["words"])
        is_sentence = any(token.words in sentence for token in tokens)
        for at, token in enumerate(tokens):
            form = token.size_form
            letter = form if form in sizes.LETTERS else sizes.LETTER_WORDS.get(form, "")
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if not token.is_free or not letter or (after and after.words in sizes.NOT_A_SIZE):
                continue
            near = [tokens[n] for n in (at - 1, at + 1) if 0 <= n < len(tokens)]
            is_last = at == len(tokens) - 1 and bool(self.kinds)
            is_near = is_last or any(one.chip is not None or kind_of(one) for one in near)
            alone = len(tokens) == 1 and form in sizes.LETTERS
            if alone or (is_near and (not is_sentence or token.raw.isupper())):
                if self.kinds or form in sizes.LETTERS or self.chips:
                    if found := sizes.labels(letter, self.sets):
                        self.take(at, 1, [("size", label) for label in found])
                        return
