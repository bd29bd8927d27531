"""{% keep %}: parts of a page that are the same for everybody, rendered once in each process."""

from collections.abc import Hashable
from threading import Lock
from typing import Final

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


class Shelf:
    """A bounded store of rendered pieces. Keys hold all that a piece depends on, so nothing in it is ever stale."""

    def __init__(self, most: int) -> None:
        self.most, self.pieces, self.lock = most, {}, Lock()  # type: ignore[var-annotated]

    def get(self, key: Hashable) -> str | None:
        return self.pieces.get(key)

    def put(self, key: Hashable, piece: str) -> None:
        with self.lock:
            if len(self.pieces) >= self.most:
                # Emptying it now and then is cheaper than keeping account of every use.
                self.pieces.clear()
            self.pieces[key] = piece


PARTS: Final = Shelf(2_000)


@register.tag
def keep(parser: Parser, token: Token) -> "KeepNode":
    """{% keep "foot" arg … %} … {% endkeep %}: kept by name, language and the values of the arguments."""
    _tag, *bits = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(nodelist, [parser.compile_filter(bit) for bit in bits])


class KeepNode(template.Node):
    def __init__(self, nodelist: NodeList, key: list[FilterExpression]) -> None:
        self.nodelist, self.key = nodelist, key

    def render(self, context: template.Context) -> SafeString:
        if settings.DEBUG:  # templates change while one works on them
            return self.nodelist.render(context)
        key = (get_language(), *(part.resolve(context) for part in self.key))
        kept = PARTS.get(key)
        if kept is None:
            kept = self.nodelist.render(context)
            PARTS.put(key, kept)
        return mark_safe(kept)  # noqa: S308 (what a template has rendered)


@register.filter
def in_bar(path: str) -> str:
    """The same for the bar under the thumb."""
    return path if path in {"/", "/c/", "/sell/", "/my/likes/", "/my/closet/"} else ""


@register.filter
def in_nav(path: str) -> str:
    """The path when the navigation may lead there, "" for all others: they share one kept navigation."""
    return path if path.startswith(("/c/", "/brands/")) and len(path.split("/")) <= 4 else ""
