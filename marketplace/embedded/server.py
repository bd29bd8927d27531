"""The interface of a kind of server: command, address, readiness, time-outs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol


@dataclass(frozen=True)
class Command:
    """A program with its arguments, what it needs in the environment, and the folder that it starts in."""

    argv: tuple[str, ...]
    environ: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None


class NotReady(Exception):
    """The server does not answer yet."""


class Server(Protocol):
    """One kind of server."""

    name: ClassVar[str]
    variable: ClassVar[str]  # the address in the environment that makes starting one needless
    grace: ClassVar[float]  # seconds it may take to end in order
    start_timeout: ClassVar[float]  # seconds it may take to be ready

    def command(self, data: Path, port: int) -> Command:
        """How to start it; raises MissingServer."""

    def make_ready(self, port: int) -> None:
        """Raise NotReady until the server can be used."""

    def url(self, port: int) -> str:
        """Its address for clients."""
