"""`manage.py search_vocabulary`: counts the words, brands, categories and people of the shop anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from search import services

SECONDS = 1.0


class Command(BaseCommand):
    help = "Counts every search term anew while the shop runs; run again after a stop."

    def handle(self, *args: Any, **options: Any) -> None:
        started = shown = time.monotonic()

        def show(done: int, about: int) -> None:
            nonlocal shown
            now = time.monotonic()
            if now - shown >= SECONDS or done == about:
                shown = now
                share = done / about if about else 1
                self.stdout.write(
                    f"{share:4.0%}  {done:,} listings  {done / max(now - started, 1e-6):,.0f}/s"
                )

        counts = services.rebuild_vocabulary(progress=show)
        self.stdout.write(
            f"{len(counts.words):,} words and {len(counts.queries):,} searches of {counts.listings:,} listings "
            f"in {time.monotonic() - started:.1f} s."
        )
