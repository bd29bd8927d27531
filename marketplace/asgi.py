"""Sockets by Channels under /ws/; everything else by the WSGI application in threads (docs/adr/0003)."""

import os

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import CookieMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

from marketplace.wsgi import application as wsgi_application

# isort: split
# Needs the apps that wsgi has loaded.
from django.urls import re_path

from marketplace.core.sockets import SocketMiddleware, no_such_socket, same_origin
from marketplace.urls import websocket_urlpatterns

THREADS = int(os.environ.get("WEB_THREADS", "8"))

sockets = [*websocket_urlpatterns, re_path(r"", no_such_socket)]
application = ProtocolTypeRouter(
    {
        "http": WSGIMiddleware(wsgi_application, workers=THREADS),
        "websocket": same_origin(CookieMiddleware(SocketMiddleware(URLRouter(sockets)))),
    }
)
