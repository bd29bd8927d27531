"""The import, batch by batch: constant memory, and a kill loses one batch at most.

The database is the checkpoint: a row whose key is on a listing already is passed over. That needs no file that could
disagree with the database after a restore, and costs one indexed query for each batch.
"""

import csv
import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from django.db import reset_queries

from listings import services
from listings.importing.derive import Derived, Problem, derive, key_of
from listings.importing.mapping import Mapping
from listings.importing.photos import PhotoFolder
from listings.importing.progress import Progress
from listings.importing.reader import CsvFile, CsvRow
from listings.importing.sellers import Sellers
from listings.models import Listing
from marketplace.core.errors import DomainError

BATCH = 500
HEADER = ["line", "row", "column", "field", "code", "message"]
Fresh = dict[str, tuple[CsvRow, services.ImportRow]]
OUR_FIELD = {"price_cents": "price", "original_price_cents": "original_price"}


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: where pictures are, in how many closets, whether to write at all, and how far to read."""

    photos: Path | None = None
    sellers: int = 200
    is_dry: bool = False
    limit: int | None = None


@dataclass(slots=True)
class Summary:
    """What became of the rows; `kinds` counts refusals by column, field and code."""

    rows: int = 0
    imported: int = 0
    present: int = 0
    refused: int = 0
    pictures: int = 0
    seconds: float = 0.0
    kinds: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def run_import(
    *, path: Path, mapping: Mapping, options: Options, out: TextIO, errors: TextIO | None = None
) -> Summary:
    """Imports a file; MappingError when the file or the mapping cannot be used, rows that break a rule are reported."""
    with CsvFile(path) as file:
        mapping.check_columns(file.columns, file.name)
        run = _Run(mapping, options, errors)
        progress = Progress(out)
        rows = itertools.islice(file, options.limit)
        while batch := list(itertools.islice(rows, BATCH)):
            run.import_batch(batch)
            reset_queries()  # with DEBUG=1 Django would keep every query
            share = file.share if options.limit is None else min(run.summary.rows / options.limit, 1.0)
            summary = run.summary
            progress.show(share=share, rows=summary.rows, imported=summary.imported, refused=summary.refused)
        summary = run.summary
        progress.show(
            share=1.0, rows=summary.rows, imported=summary.imported, refused=summary.refused, is_last=True
        )
        summary.seconds = progress.seconds
        summary.pictures = run.photos.used if run.photos else 0
        return summary


class _Run:
    """The state of one import."""

    def __init__(self, mapping: Mapping, options: Options, errors: TextIO | None) -> None:
        self.mapping, self.options, self.summary = mapping, options, Summary()
        self.sellers = Sellers(mapping.name, options.sellers, is_dry=options.is_dry)
        self.photos = PhotoFolder(options.photos, is_dry=options.is_dry) if options.photos else None
        self._errors_file, self._errors = errors, csv.writer(errors) if errors else None
        if self._errors:
            self._errors.writerow(HEADER)

    def import_batch(self, batch: list[CsvRow]) -> None:
        """Imports what is not there yet of one batch."""
        keys = {row.number: key_of(row, self.mapping) for row in batch}
        there = Listing.objects.filter(imported_from__in=list(keys.values()))
        present = set(there.values_list("imported_from", flat=True))
        fresh: Fresh = {}
        for row in batch:
            self.summary.rows += 1
            if keys[row.number] in present:
                self.summary.present += 1
                continue
            present.add(keys[row.number])  # a second row with the same id is passed over as well
            derived = derive(row, self.mapping)
            problems = derived.problems or self._add(fresh, row, derived)
            if problems:
                self._refuse(row, keys[row.number], problems)
        self._store(fresh)
        if self._errors_file:
            self._errors_file.flush()

    def _add(self, fresh: Fresh, row: CsvRow, derived: Derived) -> list[Problem]:
        try:
            photo = self.photos.photo_for(derived.key, derived.path) if self.photos else None
        except DomainError as refusal:
            return list(self._problems(refusal))
        seller = self.sellers.of(derived.key, derived.seller)
        wanted = services.ImportRow(derived.key, seller, derived.fields, photo, derived.is_sold)
        fresh[derived.key] = (row, wanted)
        return []

    def _store(self, fresh: Fresh) -> None:
        rows = [wanted for _row, wanted in fresh.values()]
        refusals = services.import_listings(rows=rows, is_dry=self.options.is_dry)
        for key, (row, _wanted) in fresh.items():
            if key in refusals:
                self._refuse(row, key, list(self._problems(refusals[key])))
            else:
                self.summary.imported += 1

    def _problems(self, refusal: DomainError) -> Iterable[Problem]:
        for name, texts in (refusal.fields or {"": [str(refusal.message)]}).items():
            field_name = OUR_FIELD.get(name, name)
            column = self.mapping.column_of(field_name) if field_name else ""
            yield Problem(column, field_name, refusal.code, " ".join(texts))

    def _refuse(self, row: CsvRow, key: str, problems: list[Problem]) -> None:
        self.summary.refused += 1
        for problem in problems:
            self.summary.kinds[problem.column, problem.field, problem.code] += 1
            if self._errors:
                cells = [problem.column, problem.field, problem.code, problem.message]
                self._errors.writerow([row.line, key.partition(":")[2], *cells])
