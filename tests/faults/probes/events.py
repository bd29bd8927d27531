"""An event of an app that exists for the fault tests only: real worker processes load it."""

from dataclasses import dataclass

from marketplace.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ProbeSent(Event):
    """A probe of the fault tests."""

    number: int
