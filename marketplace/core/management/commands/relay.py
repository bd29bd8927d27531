import signal
from typing import Any

from django.core.management.base import BaseCommand

from marketplace.core.outbox.relay import Relay


class Command(BaseCommand):
    # It renders nothing: no need to load every page before the first event.
    requires_system_checks: list[str] = []
    help = "Hands events from the outbox to the workers until it is told to stop. Run one or several."

    def handle(self, *args: Any, **options: Any) -> None:
        relay = Relay()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: relay.stop())
        self.stdout.write("relay ready")
        self.stdout.flush()
        relay.run()
