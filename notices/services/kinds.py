"""The kinds of news. Each is registered by the app that tells it: what is said belongs to the caller."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one kind of news is said.

    `one` has the places {who} and {what}. `many` has {count} too and says an entry of several parts; without it `who`
    says how many people there are, for kinds of which each person has one part at most.
    """

    name: str
    label: Any  # "Likes of your listings"
    icon: str
    one: Any
    many: Any = ""
    is_mailed: bool = False  # unless the person has chosen otherwise


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    """Makes a kind known; ValueError when another one has its name."""
    if KINDS.setdefault(kind.name, kind) != kind:
        raise ValueError(f"two kinds of news are called {kind.name}")
    return kind


def sentence(kind: Kind, *, names: list[str], count: int, what: str) -> str:
    """An entry in words, as plain text. `names` are those of its newest people, the newest first."""
    return _pattern(kind, count).format(**_places(kind, names, count), what=what)


def sentence_html(kind: Kind, *, names: list[str], count: int, what: str) -> str:
    """The same as HTML, with people and thing emphasised."""
    places = {
        name: format_html("<strong>{}</strong>", text) for name, text in _places(kind, names, count).items()
    }
    return format_html(_pattern(kind, count), **places, what=format_html("<strong>{}</strong>", what))


def _pattern(kind: Kind, count: int) -> str:
    return str(kind.many if kind.many and count > 1 else kind.one)


def _places(kind: Kind, names: list[str], count: int) -> dict[str, str]:
    if kind.many:
        return {"who": names[0], "count": str(count)}
    return {"who": _people(names, count)}


def _people(names: list[str], count: int) -> str:
    """ "Ada", "Ada and Ben", "Ada, Ben and Cleo", "Ada, Ben and 10 others"."""
    if count > len(names):
        head = names[:2]
        left = count - len(head)
        others = ngettext("%(n)d other", "%(n)d others", left) % {"n": left}
        return _("%(names)s and %(last)s") % {"names": ", ".join(head), "last": others}
    if len(names) < 2:
        return names[0]
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
