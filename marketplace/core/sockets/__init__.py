"""What every WebSocket has in common: authentication, limits of connections and frames, the end with its session."""

from marketplace.core.sockets.consumer import FrameHandler, Socket
from marketplace.core.sockets.middleware import SocketMiddleware, no_such_socket
from marketplace.core.sockets.origin import same_origin
from marketplace.core.sockets.pool import in_pool

__all__ = ["FrameHandler", "Socket", "SocketMiddleware", "in_pool", "no_such_socket", "same_origin"]
