"""Django has no types of its own and its stubs want one of its own databases: only what we lean on is typed here."""

from typing import Any

def __getattr__(name: str) -> Any: ...
