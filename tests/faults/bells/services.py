from marketplace.core.db import atomic
from marketplace.core.events import publish
from tests.faults.bells.events import BellRung


@atomic
def ring(*, number: int) -> None:
    """Announces one ring."""
    publish(BellRung(number=number))
