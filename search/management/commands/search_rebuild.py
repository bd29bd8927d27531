"""manage.py search_rebuild: makes the index of listings anew, or compares it with the database."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from listings.models import Listing
from search.errors import EngineAway, IndexRefused
from search.index.check import compare, repair
from search.index.client import is_configured
from search.index.rebuild import is_current, rebuild


class Command(BaseCommand):
    """Exit code 1: Elasticsearch is away, or (with --check) index and database differ and were not repaired."""

    help = (
        "Builds a new index of listings beside the one that is searched, while listings go on changing, and switches "
        "to it in one step. Interrupted, run it again: it goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="only when there is no index as this release wants it"
        )
        parser.add_argument(
            "--check", action="store_true", help="compare the index with the database instead"
        )
        parser.add_argument("--repair", action="store_true", help="with --check: write what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_configured():
            if options["if_needed"]:
                return
            raise CommandError("There is no Elasticsearch here: set ELASTICSEARCH_URL.")
        try:
            if options["check"] or options["repair"]:
                self._check(is_repair=options["repair"])
            elif not options["if_needed"] or not is_current():
                self._rebuild()
        except (EngineAway, IndexRefused) as failure:
            raise CommandError(f"{failure}. Run search_rebuild again: it goes on.") from failure

    def _rebuild(self) -> None:
        total, begun = Listing.objects.public().count(), time.monotonic()

        def report(copied: int) -> None:
            rate = copied / (time.monotonic() - begun)
            self.stdout.write(f"{copied:>9,} of about {total:,} listings, {rate:,.0f} a second")

        index = rebuild(report)
        self.stdout.write(f"{index} is searched now ({time.monotonic() - begun:.0f} s)")

    def _check(self, *, is_repair: bool) -> None:
        found = compare()
        said = (
            f"{found.listings:,} public listings; in the index {len(found.missing)} missing, "
            f"{len(found.different)} different, {len(found.extra)} too much"
        )
        if not found.ids:
            self.stdout.write(f"{said}: they are equal")
        elif is_repair:
            repair(found)
            self.stdout.write(f"{said}: repaired")
        else:
            raise CommandError(f"{said}. --repair writes them.")
