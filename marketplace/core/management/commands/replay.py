from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.events import HANDLERS
from marketplace.core.outbox.replay import ReplayRefused, replay


class Command(BaseCommand):
    help = "Runs one handler over the past: stores entries from its replay source, which relay and workers then handle."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("handler", help="APP.HANDLER, as docs/events.md names them")
        parser.add_argument("--since", required=True, help="2026-01-31 or 2026-01-31T12:00, in UTC")
        parser.add_argument("--dry-run", action="store_true", help="only say how many events there are")

    def handle(self, *args: Any, **options: Any) -> None:
        handler = HANDLERS.get(options["handler"])
        if handler is None:
            names = ", ".join(sorted(name for name, known in HANDLERS.items() if known.replay)) or "none"
            raise CommandError(
                f"There is no handler {options['handler']}. Those with a replay source: {names}."
            )
        try:
            since = datetime.fromisoformat(options["since"])
        except ValueError:
            raise CommandError(f"--since {options['since']} is not a date like 2026-01-31.") from None
        since = since if since.tzinfo else since.replace(tzinfo=UTC)
        try:
            count = replay(handler=handler, since=since, is_dry_run=options["dry_run"])
        except ReplayRefused as refusal:
            raise CommandError(str(refusal)) from None
        words = "would be stored" if options["dry_run"] else "stored"
        self.stdout.write(f"{count:,} events since {since:%Y-%m-%d %H:%M} UTC {words} for {handler.name}.")
