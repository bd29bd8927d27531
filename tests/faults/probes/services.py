from marketplace.core.db import atomic
from marketplace.core.events import publish
from tests.faults.probes.events import ProbeSent


@atomic
def send_probe(*, number: int) -> None:
    """Announces one probe."""
    publish(ProbeSent(number=number))
