"""What every live connection has in common: who opened it, how much it may send, and when it ends."""

from marketplace.core.sockets.consumer import Act, Socket
from marketplace.core.sockets.gate import Gate, no_such_socket
from marketplace.core.sockets.pool import in_pool

__all__ = ["Act", "Gate", "Socket", "in_pool", "no_such_socket"]
