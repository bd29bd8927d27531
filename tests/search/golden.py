"""Queries of shoppers, our own work: what each is understood as. Every expectation was looked at by a person."""

from pathlib import Path
from typing import Final, NamedTuple


class Meaning(NamedTuple):
    """What a query is understood as; `fixes` are corrections, "typed>meant"."""

    filters: str
    text: str
    fixes: str


def _read() -> dict[str, Meaning]:
    lines = Path(__file__).with_name("golden.txt").read_text(encoding="utf-8").splitlines()
    rows = [[part.strip() for part in line.split("|")] for line in lines if not line.startswith("#")]
    return {query: Meaning(*parts, *[""] * (3 - len(parts))) for query, *parts in rows}


GOLDEN: Final = _read()
