"""What a typed text asks for: its words and phrases. Nothing in it is an operator but quotes around a phrase."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

WORDS_MAX: Final = 20  # of a text; the rest is passed over
QUOTES: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\x00": " "}
)
_PHRASE: Final = re.compile(r'"([^"]+)"')
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# Too common to look for: those of Snowball's English list, which text indexes leave out too ...
COMMON: Final = frozenset(
    """i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
    it its itself they them their theirs themselves what which who whom this that these those am is are was were be been
    being have has had having do does did doing would should could ought i'm you're he's she's it's we're they're i've
    you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll isn't aren't wasn't
    weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't shouldn't can't cannot couldn't mustn't
    let's that's who's what's here's there's when's where's why's how's a an the and but if or because as until while of
    at by for with about against between into through during before after above below to from up down in out on off over
    under again further then once here there when where why how all any both each few more most other some such no nor
    not only own same so than too very""".split()
)
# ... and those among them that say something about clothes, so that they are wanted beside another word.
TELLING: Final = frozenset("down off only over under".split())


@dataclass(frozen=True, slots=True)
class Words:
    """Lower case words, without accents: those an index can look for, those wanted only beside them, phrases."""

    sought: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()


def words_of(text: str) -> Words:
    """The words and phrases of a text; without `sought` ones there is nothing that could be found."""
    plain = plain_of(text)
    phrases = [tuple(_WORD.findall(phrase)) for phrase in _PHRASE.findall(plain)]
    every = list(dict.fromkeys(_WORD.findall(plain)))[:WORDS_MAX]
    return Words(
        tuple(word for word in every if word not in COMMON), tuple(word for word in every if word in TELLING),
        tuple(phrase for phrase in phrases if len(phrase) > 1)[:WORDS_MAX],
    )  # fmt: skip


def plain_of(text: str) -> str:
    """Lower case, one kind of quotes, no accents and no half characters."""
    whole = text.encode(errors="ignore").decode()
    parts = unicodedata.normalize("NFKD", whole.translate(QUOTES)).casefold()
    return "".join(character for character in parts if not unicodedata.combining(character))
