"""Sizes in a text: which labels of listings a word names, beside the garments that stand with it."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Final

from listings.taxonomy import SizeSet, size_sets
from listings.taxonomy.data import read
from search.understanding.tokens import Token
from search.vocabulary.data import KIDS, words

SYSTEMS: Final = ("us", "uk", "eu", "au", "jp")
SYSTEM_WORDS: Final = {"usa": "us", "euro": "eu", "eur": "eu", "aus": "au"}
INTRODUCING: Final = frozenset({"size", "sz", "sizes", "size:", "sz:", "taille"})
LETTERS: Final = frozenset({"s", "m", "l"})
LETTER_WORDS: Final = {"small": "s", "medium": "m", "large": "l", "med": "m"}
# After "medium" and the like: not the size of the garment.
NOT_A_SIZE: Final = frozenset(
    {
        "wash",
        "heel",
        "heels",
        "rise",
        "length",
        "support",
        "weight",
        "print",
        "logo",
        "hoop",
        "hoops",
        "stone",
        "size",
    }
)
TWO_WORDS: Final = {("extra", "small"): "xs", ("extra", "large"): "xl", ("x", "large"): "xl", ("x", "small"): "xs",
                    ("one", "size"): "onesize", ("free", "size"): "onesize"}  # fmt: skip
WAIST: Final = re.compile(r"w?(\d{2})w?\s?[x×/]\s?l?(\d{2})l?|w(\d{2})l(\d{2})")
ALONE: Final = re.compile(  # specific enough to be a size without a word for it
    r"x{1,3}[sl]|[2-7]xl|[2-7]xs|x-?(?:small|large)|[sml]/[ml]|l/xl|\d{2}(?:aa?|b|c|d{1,3}|g)|[3-5]\d[srl]|[0-5]x|\d{2}w|[2-4]t|"
    r"\d{1,2}-\d{1,2}m(?:onths?|os?)?|onesize|[1-6]xb|[2-5]?xlt|1?\dc|w\d{2}"
)
MONTHS: Final = re.compile(r"(\d{1,2}-\d{1,2})(?:m|months?|mos?)")
HALF: Final = re.compile(r"\d{1,2}\.5")
UNMISTAKABLE: Final = frozenset({"bras", "men_suits", "women_plus", *KIDS})  # "34B", "40R", "16W", "2T"
WAIST_MIN: Final = 23
NUMBER: Final = re.compile(r"\d{1,2}(?:\.5)?|0{2,3}")
Sets = Collection[str]
Index = Mapping[str, Mapping[tuple[str, str], None]]


@cache
def _index() -> tuple[Index, Index]:
    """(set, label) of every size that a squeezed spelling names, and that it names in another system."""
    own: dict[str, dict[tuple[str, str], None]] = {}
    others: dict[str, dict[tuple[str, str], None]] = {}
    spoken = read("sizes.toml")["words"]
    for key, sizes in size_sets().items():
        for word, label in _spellings(sizes, spoken):
            own.setdefault(_squeeze(word), {})[key, label] = None
        for size in sizes.sizes:
            for system, values in size.equivalents.items():
                for value in values:
                    others.setdefault(_squeeze(f"{system} {value}"), {})[key, size.label] = None
    return own, others


def _spellings(sizes: SizeSet, spoken: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    for size in sizes.sizes:
        yield size.label, size.label
        yield f"{size.system} {size.value}", size.label
        if not NUMBER.fullmatch(size.value):
            yield size.value, size.label
        if size.system == "int":
            yield from ((word, size.label) for word in spoken.get(size.value, ()))


def _squeeze(word: str) -> str:
    return re.sub(r"[\s_]+", "", word.casefold())


def labels(word: str, sets: Sets) -> tuple[str, ...]:
    """The labels that a spelling names in some size sets; those of other systems only when there is no label for it."""
    for index in _index():
        if found := tuple(
            dict.fromkeys(label for key, label in index.get(_squeeze(word), ()) if key in sets)
        ):
            return found
    return ()


def sets_for(kinds: Collection[str], department: str) -> frozenset[str]:
    """The size sets that count beside garments of these kinds (none: clothes and shoes) for a department or anyone."""
    table = words()["sets"]
    named = [kind for kind in kinds if kind in table] or ["tops", "bottoms", "suits", "shoes"]
    sets = {key for kind in named for key in table[kind]}
    if department.startswith("kids"):
        return frozenset(sets & {*KIDS, "one_size"}) or frozenset(KIDS)
    sets -= set(KIDS)
    own = {"women": "men_", "men": ("women_", "maternity")}.get(department)
    return frozenset(key for key in sets if not (own and key.startswith(own)))


def numbered(value: str, sets: Sets) -> tuple[str, ...]:
    """The labels of a bare number: as a US size, else as a waist (from 23 on that first), else in any system."""
    first = (("us",), ("waist",)) if float(value) < WAIST_MIN else (("waist",), ("us",))
    for group in (*first, SYSTEMS):
        found = [label for system in group for label in labels(f"{system}{value}", sets)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def waist(tokens: list[Token], at: int) -> tuple[str, int] | None:
    """(waist, tokens) of "32x34", "W32 L34", "32 x 34" or "waist 32" at a place."""
    forms = [token.size_form for token in tokens[at : at + 3] if token.is_free]
    if not forms:
        return None
    if match := WAIST.fullmatch(forms[0]):
        return match[1] or match[3], 1
    if forms[1:2] and re.fullmatch(r"w\d{2}", forms[0]) and re.fullmatch(r"l\d{2}", forms[1]):
        return forms[0][1:], 2
    if len(forms) == 3 and forms[1] in ("x", "×") and forms[0].isdigit() and forms[2].isdigit():
        return (forms[0], 3) if len(forms[0]) == len(forms[2]) == 2 else None
    if forms[0] == "waist" and forms[1:2] and re.fullmatch(r"\d{2}", forms[1]):
        return forms[1], 2
    if forms[1:2] == ["waist"] and re.fullmatch(r"\d{2}", forms[0]):
        return forms[0], 2
    if forms[1:3] in (["inch", "waist"], ["in", "waist"]) and re.fullmatch(r"\d{2}", forms[0]):
        return forms[0], 3
    return None


def in_system(tokens: list[Token], at: int) -> tuple[str, int] | None:
    """("uk10", tokens) of "UK 10", "uk10" or "10 UK" at a place."""
    forms = [token.size_form for token in tokens[at : at + 2] if token.is_free]
    forms = [SYSTEM_WORDS.get(form, form) for form in forms]
    if not forms:
        return None
    if re.fullmatch(rf"({'|'.join(SYSTEMS)})(\d{{1,3}}(?:\.5)?)", forms[0]):
        return forms[0], 1
    if len(forms) < 2:
        return None
    if forms[0] in SYSTEMS and forms[1] in INTRODUCING and at + 2 < len(tokens) and tokens[at + 2].is_free:
        value = tokens[at + 2].size_form
        return (f"{forms[0]}{value}", 3) if NUMBER.fullmatch(value) else None
    for system, value in (forms, forms[::-1]):
        if system in SYSTEMS and NUMBER.fullmatch(value):
            return f"{system}{value}", 2
    return None


def spelled(form: str) -> str:
    """A spelling as the index has it: months without their word, "xxxl" as "3xl"."""
    if match := MONTHS.fullmatch(form):
        return f"{match[1]}m"
    if form in LETTER_WORDS:
        return LETTER_WORDS[form]
    return {"x-small": "xs", "xsmall": "xs", "x-large": "xl", "xlarge": "xl"}.get(form, form)
