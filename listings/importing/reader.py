"""Streams the records of a CSV file, each with its line number."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Self

from django.utils.translation import gettext as _

NOT_UTF8 = re.compile("[\udc80-\udcff]")  # what the decoder puts in the place of bytes that are not UTF-8


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One record: the line it starts on, its number from 1, its cells by column; `problem` is (code, sentence)."""

    line: int
    number: int
    cells: dict[str, str]
    problem: tuple[str, str] | None


class CsvFile:
    """Iterates the records of a file, never holding more than one; `columns` are those of its first line."""

    def __init__(self, path: Path) -> None:
        self.name, self.size = path.name, max(path.stat().st_size, 1)
        self._bytes = path.open("rb")
        self._text = TextIOWrapper(self._bytes, encoding="utf-8-sig", errors="surrogateescape", newline="")
        self._reader = csv.reader(self._text)
        self.columns = [name.strip() for name in next(self._reader, [])]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._text.close()

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return min(self._bytes.tell() / self.size, 1.0)

    def __iter__(self) -> Iterator[CsvRow]:
        number, line = 0, self._reader.line_num + 1
        while True:
            problem, cells = None, []
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                problem = ("unreadable", str(error))
            if cells or problem:  # an empty line is no record
                number += 1
                yield CsvRow(line, number, self._named(cells), problem or self._problem_in(cells))
            line = self._reader.line_num + 1

    def _named(self, cells: list[str]) -> dict[str, str]:
        return dict(zip(self.columns, cells, strict=False))

    def _problem_in(self, cells: list[str]) -> tuple[str, str] | None:
        if len(cells) != len(self.columns):
            words = {"n": len(cells), "all": len(self.columns)}
            return "wrong_cell_count", _("The row has %(n)d cells, the first line %(all)d.") % words
        if any(NOT_UTF8.search(cell) for cell in cells):
            return "not_utf8", _("The row is not UTF-8 text.")
        return None
