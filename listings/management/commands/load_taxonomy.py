"""`manage.py load_taxonomy`: categories and brands of listings/data into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from listings.services import load_taxonomy


class Command(BaseCommand):
    help = "Brings categories and brands up to the edition in listings/data; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        done = load_taxonomy()
        self.stdout.write(
            f"Taxonomy edition {done.version}: {done.made} new, {done.changed} changed, {done.unchanged} as they were."
        )
