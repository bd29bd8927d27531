"""What was typed, in pieces."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from listings.taxonomy import normal_name

TOKENS_MAX: Final = 40  # words that are looked at; what stands behind them stays text
# Quoted phrases and words with a minus stay as they are; else a word ends at white space.
PIECE: Final = re.compile(r"""-?"[^"]*"|-?“[^”]*”|\S+""")
EDGES: Final = ",;!?()[]{}"
SIZE_MARKS: Final = re.compile(r"[\s_]+")


@dataclass(slots=False)
class Token:
    """A word, quoted phrase or word with a minus, at its place in the text; `chip` is the number of what took it."""

    raw: str
    start: int
    end: int
    is_literal: bool = False
    chip: int | None = None
    meant: str = ""  # the word that was corrected to, else ""
    is_joined: bool = False  # part of the name that the word before was corrected to

    @cached_property
    def words(self) -> str:
        """As names are compared: lower case, no accents or punctuation; may be several words ("t-shirt")."""
        return normal_name(self.meant or self.raw)

    @cached_property
    def squeezed(self) -> str:
        """The same in one piece."""
        return self.words.replace(" ", "")

    @cached_property
    def size_form(self) -> str:
        """As sizes are compared: lower case, points, dashes and slashes kept."""
        return SIZE_MARKS.sub(
            "", (self.meant or self.raw).casefold().replace("½", ".5").replace("–", "-")
        ).strip(".:")

    @property
    def is_free(self) -> bool:
        """Whether it may still become part of a chip."""
        return self.chip is None and not self.is_literal and not self.is_joined

    def correct(self, meant: str) -> None:
        """Reads the word as another one from now on."""
        self.meant = meant
        for name in ("words", "squeezed", "size_form"):
            self.__dict__.pop(name, None)


@dataclass(slots=True)
class Typed:
    """A text in its tokens."""

    text: str
    tokens: list[Token] = field(default_factory=list)

    def phrase(self, start: int, length: int) -> str | None:
        """The compared words of `length` free tokens from `start`; None when there are not so many."""
        part = self.tokens[start : start + length]
        if len(part) < length or not all(token.is_free for token in part):
            return None
        return " ".join(token.words for token in part)

    def take(self, start: int, length: int, chip: int) -> None:
        """Notes what these tokens became."""
        for token in self.tokens[start : start + length]:
            token.chip = chip

    def rest(self, *, without: int | None = None) -> str:
        """What no chip took, in its order, with what was corrected; with the words of chip `without`, as typed."""
        return self._joined(lambda token: token.chip is None or token.chip == without)

    def all_words(self) -> str:
        """Every word in its order, with what was corrected."""
        return self._joined(lambda token: True)

    def _joined(self, wanted: Callable[[Token], bool]) -> str:
        return " ".join(
            token.meant or token.raw for token in self.tokens if not token.is_joined and wanted(token)
        )


def split(text: str) -> Typed:
    """The tokens of a text; commas and the like between words are left out."""
    typed = Typed(" ".join(text.split()))
    for match in PIECE.finditer(typed.text):
        raw, start = match.group(), match.start()
        is_literal = (
            '"' in raw or "“" in raw or (raw.startswith("-") and len(raw) > 1 and not raw[1].isdigit())
        )
        if not is_literal:
            bare = raw.strip(EDGES)
            start += raw.find(bare) if bare else 0
            raw = bare
        if raw:
            is_late = len(typed.tokens) >= TOKENS_MAX
            typed.tokens.append(Token(raw, start, start + len(raw), is_literal or is_late))
    return typed
