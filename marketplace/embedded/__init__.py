"""Finds or starts the real servers of development and tests: mongod, Valkey, RabbitMQ. Needs no Django."""

from .errors import EmbeddedError, MissingServer
from .folders import default_var, scratch_var
from .servers import Servers, ensure_servers, running_environ

__all__ = [
    "EmbeddedError",
    "MissingServer",
    "Servers",
    "default_var",
    "ensure_servers",
    "running_environ",
    "scratch_var",
]
