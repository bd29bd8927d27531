"""Every door of accounts."""

urlpatterns: list = []
api_urlpatterns: list = []
websocket_urlpatterns: list = []
