"""Makes commands of MongoDB fail, by MongoDB's own means (a server started with enableTestCommands)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

COLLIDES = {"errorCode": 112, "errorLabels": ["TransientTransactionError"]}
# The command is carried out, and then reported as if nobody knew.
LOST_ANSWER = {"writeConcernError": {"code": 64, "errmsg": "waiting for replication timed out"}}


@contextmanager
def failing(alias: str, command: str, *, times: int = 1, **how: Any) -> Iterator[None]:
    """The next `times` calls of a command fail; what is left of it ends with the block."""
    admin = connections[alias].connection.admin
    admin.command(
        "configureFailPoint", "failCommand", mode={"times": times}, data={"failCommands": [command], **how}
    )
    try:
        yield
    finally:
        admin.command("configureFailPoint", "failCommand", mode="off")
