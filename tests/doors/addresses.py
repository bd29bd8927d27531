"""Every address of the URLconf, with good and with bad values in its places."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import get_resolver
from django.utils.regex_helper import normalize


def templates() -> list[str]:
    """Each pattern once, as `/listings/%(pk)s/`."""
    return list(dict.fromkeys("/" + template for template in _below(get_resolver().url_patterns, "")))


def _below(patterns: Any, prefix: str) -> Iterator[str]:
    for pattern in patterns:
        template, _names = normalize(pattern.pattern.regex.pattern)[0]
        if hasattr(pattern, "url_patterns"):
            yield from _below(pattern.url_patterns, prefix + template)
        else:
            yield prefix + template.removesuffix("\\Z")


class Filler:
    """Puts values into the places of a template; `good` maps a place, or part of the template and place, to a value."""

    def __init__(self, good: Mapping[str, str]) -> None:
        self._good = good

    def __getitem__(self, name: str) -> str:
        return self._good.get(name, "x")

    def good(self, template: str, **bad: str) -> str:
        """The address with a value that exists in each place but those of `bad`."""
        own = {
            key.rpartition(" ")[2]: value
            for key, value in self._good.items()
            if key.split(" ")[0] in template
        }
        return template % Filler({**self._good, **own, **bad})


def places(template: str) -> list[str]:
    """The names of a template's places."""
    seen: list[str] = []

    class Names:
        def __getitem__(self, name: str) -> str:
            seen.append(name)
            return ""

    template % Names()
    return seen
