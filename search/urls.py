"""Every door of search."""

from typing import Any

urlpatterns: list[Any] = []
api_urlpatterns: list[Any] = []
