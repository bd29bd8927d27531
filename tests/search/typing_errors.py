"""One typing error for a query, the same one each time."""

import re
import zlib
from typing import Final

WORD: Final = re.compile(r"[a-z]{5,}")
KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def with_typing_error(query: str) -> str | None:
    """The query with its longest word mistyped behind the first letter; None when no word is long enough."""
    plain = re.sub(r'"[^"]*"|-\S+', lambda match: "#" * len(match.group()), query.lower())
    words = sorted(WORD.finditer(plain), key=lambda match: len(match.group()))
    if not words:
        return None
    match, dice = words[-1], zlib.crc32(query.encode())
    word = match.group()
    at = 1 + dice % (len(word) - 2)
    wrong = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + beside(word[at]) + word[at + 1 :],
    )[dice // 97 % 4]
    if wrong == word:  # two equal letters were swapped
        wrong = word[:at] + word[at + 1 :]
    return query[: match.start()] + wrong + query[match.end() :]


def beside(letter: str) -> str:
    """The key beside a key."""
    row = next(row for row in KEYS if letter in row)
    at = row.index(letter)
    return row[at + 1] if at + 1 < len(row) else row[at - 1]
