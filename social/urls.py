"""Every door of social."""

urlpatterns: list = []
api_urlpatterns: list = []
websocket_urlpatterns: list = []
