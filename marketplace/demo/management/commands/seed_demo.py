"""Fills an empty shop with people, things and talk."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from listings.services import load_taxonomy
from marketplace.celery import app
from marketplace.demo import plan, seeding, studio, tasks
from marketplace.demo.people import PEOPLE
from marketplace.demo.plan import Piece

LIVELY = 24  # the first rows have their talk and likes from the start
FEWEST = 72  # listings before people are let in, however slow the machine


class Command(BaseCommand):
    """`manage.py seed_demo`: all of it, or with --background what one needs to look around while the worker goes on."""

    help = "Loads the demo: people, listings with drawn pictures, comments, likes. Deterministic; finishes what was begun."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is other data already"
        )
        parser.add_argument("--people", type=int, default=60)
        parser.add_argument("--listings", type=int, default=600)
        parser.add_argument(
            "--background", action="store_true", help="leave the rest to the worker after --seconds"
        )
        parser.add_argument(
            "--seconds", type=float, default=14.0, help="how long to publish before the worker goes on"
        )
        parser.add_argument("--force", action="store_true", help="also when DEBUG is off")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "The demo has logins that everybody knows; use --force if this is no production."
            )
        if not 4 <= options["people"] <= len(PEOPLE) or options["listings"] < 1:
            raise CommandError(f"--people is 4 to {len(PEOPLE)}, --listings at least 1.")
        self.begun = time.monotonic()
        with studio.Studio() as self.studio:
            self._begin(options)

    def _begin(self, options: dict[str, Any]) -> None:
        if options["if_empty"] and not seeding.is_empty() and not seeding.is_ours():
            return self._say("there is data already; nothing to do")
        self.pieces = plan.pieces(options["people"], options["listings"])
        if seeding.is_ours() and not seeding.unmade(self.pieces) and not seeding.unfinished(self.pieces):
            return self._say(f"{len(self.pieces)} listings are there already; nothing to do")
        self._fill(options)

    def _fill(self, options: dict[str, Any]) -> None:
        load_taxonomy()
        waiting = seeding.unmade(self.pieces)
        covers = self.studio.covers(
            [seeding.shot_of(piece, 0) for piece in waiting]
        )  # drawn while people come
        crew = seeding.people(options["people"])
        self._say(f"{len(crew)} people")
        until = self.begun + options["seconds"] if options["background"] else float("inf")
        made = 0
        for piece, cover in zip(waiting, covers, strict=False):
            seeding.publish(piece, crew, cover)
            made += 1
            if made % 100 == 0:
                self._say(f"{made} of {len(waiting)} listings")
            if time.monotonic() > until and made >= FEWEST:
                break
        self._say(f"{len(self.pieces) - len(waiting) + made} of {len(self.pieces)} listings are up")
        self._enliven(self.pieces[:LIVELY], crew)
        if options["background"]:
            app.set_current()  # a management command has no Celery application of its own
            tasks.go_on.delay(options["people"], options["listings"])
            return self._say("one can look around; the worker adds the rest (its log tells how far it is)")
        self._rest(crew)

    def _enliven(self, pieces: tuple[Piece, ...], crew: list[User]) -> None:
        for piece in pieces:
            seeding.enliven(piece, crew)
        self._say("talk and likes of the newest")

    def _rest(self, crew: list[User]) -> None:
        waiting = seeding.unfinished(self.pieces)
        for number, piece in enumerate(waiting, 1):
            seeding.enliven(piece, crew)
            seeding.finish(piece, crew)
            if number % 100 == 0:
                self._say(f"talk, likes and further pictures of {number} of {len(waiting)}")
        self._say("all there")

    def _say(self, line: str) -> None:
        seconds = time.monotonic() - self.begun
        self.stdout.write(f"{line} ({seconds:.0f} s)")
        self.stdout.flush()
