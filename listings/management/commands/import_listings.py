"""`manage.py import_listings FILE.csv --mapping NAME`: real files into real closets."""

import resource
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from listings.importing import MappingError, Options, Summary, known_mappings, load_mapping, run_import
from listings.models import Category


class Command(BaseCommand):
    help = "Streams a CSV file into listings by the rules of the sell form; run again to go on after a stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV file whose first line names the columns")
        parser.add_argument(
            "--mapping", required=True, help=f"one of {', '.join(known_mappings())}, or a .toml file"
        )
        parser.add_argument(
            "--photos", type=Path, help="a folder of pictures for each kind of garment; else: drafts"
        )
        parser.add_argument(
            "--sellers", type=int, default=200, help="closets to spread the listings over (200)"
        )
        parser.add_argument("--dry-run", action="store_true", help="check every row, write nothing")
        parser.add_argument(
            "--errors", type=Path, help="where to list the refused rows, with line and reason"
        )
        parser.add_argument("--limit", type=int, help="stop after this many rows")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        if options["sellers"] < 1:
            raise CommandError("--sellers must be at least 1.")
        is_dry = options["dry_run"]
        if not is_dry and not Category.objects.exists():
            raise CommandError("There are no categories yet. Run manage.py load_taxonomy first.")
        said = Options(options["photos"], options["sellers"], is_dry, options["limit"])
        with ExitStack() as files:
            errors = None
            if options["errors"]:
                errors = files.enter_context(options["errors"].open("w", encoding="utf-8", newline=""))
            try:
                mapping = load_mapping(options["mapping"])
                out = self.stderr._out  # type: ignore[attr-defined]  # the bar needs the terminal itself
                done = run_import(path=options["file"], mapping=mapping, options=said, out=out, errors=errors)
            except MappingError as problem:
                raise CommandError(str(problem)) from None
        self._report(done, said, options["errors"])

    def _report(self, done: Summary, said: Options, errors: Path | None) -> None:
        verb = "would be imported" if said.is_dry else "imported" if said.photos else "imported as drafts"
        passed = f"{done.present:,} were there already, {done.refused:,} refused"
        self.stdout.write(f"{done.rows:,} rows: {done.imported:,} {verb}, {passed}.")
        for (column, field, code), count in done.kinds.most_common():
            self.stdout.write(f"  {count:>6,}  {code}  {field}" + (f"  (column {column})" if column else ""))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rate = f"{done.seconds:.1f} s, {done.rows / done.seconds:,.0f} rows/s"
        self.stdout.write(f"{rate}, {done.pictures:,} pictures, {peak:.0f} MB at most.")
        if done.refused and errors:
            self.stdout.write(f"Every refused row is in {errors}.")
