"""Suggestions while somebody types, and people by name."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from listings.taxonomy import normal_name
from marketplace.core.rules import rule
from search.models import PREFIX_MAX, Term
from search.vocabulary.completing import completed
from search.vocabulary.snapshot import snapshot

Kind = Term.Kind


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What could be meant; `key` is the slug of a brand or category, a username, or the search itself."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """At most `search.suggestions` of each kind, most frequent first; `corrected` is what was read instead, or ""."""

    queries: list[Suggestion] = field(default_factory=list)
    brands: list[Suggestion] = field(default_factory=list)
    categories: list[Suggestion] = field(default_factory=list)
    people: list[Suggestion] = field(default_factory=list)
    corrected: str = ""

    def __bool__(self) -> bool:
        return bool(self.queries or self.brands or self.categories or self.people)


def suggest(text: str) -> Suggestions:
    """What begins like the text: one indexed query, a second one when only another spelling of the last word fits."""
    typed = normal_name(text)
    if not typed:
        return Suggestions()
    found = _suggestions(typed)
    if found:
        return found
    *before, last = typed.split()
    other = completed(last, snapshot())
    return _suggestions(" ".join([*before, other]), corrected=True) if other else found


def people(text: str) -> list[User]:
    """People whose username or name begins like the text, who are here and were within `search.dormant_days`."""
    typed = normal_name(text)
    if not typed:
        return []
    rows = Term.objects.all().suggested(
        [(Kind.PERSON.value, [_prefix(typed)], rule("search.people"), _awake())]
    )
    names = [row["key"] for row in rows if _begins(row["text"], typed) or _begins(row["key"], typed)]
    users = {user.username: user for user in User.objects.active().filter(username__in=names)}
    return [users[name] for name in names if name in users]


def _suggestions(typed: str, *, corrected: bool = False) -> Suggestions:
    number, last = rule("search.suggestions"), typed.split()[-1]
    both = list(dict.fromkeys((_prefix(typed), _prefix(last))))
    rows = Term.objects.all().suggested(
        [
            (Kind.QUERY.value, [_prefix(typed)], number, None), (Kind.WORD.value, [_prefix(last)], number, None),
            (Kind.BRAND.value, both, number, None), (Kind.CATEGORY.value, both, number, None),
            (Kind.PERSON.value, [_prefix(typed)], number, _awake()),
        ]
    )  # fmt: skip
    of: dict[str, list[dict[str, Any]]] = {kind.value: [] for kind in Kind}
    for row in rows:
        of[row["kind"]].append(row)
    queries = [row["text"] for row in of[Kind.QUERY] if _begins(row["text"], typed)]
    queries += [f"{typed[: len(typed) - len(last)]}{row['text']}" for row in of[Kind.WORD]]
    return Suggestions(
        [Suggestion(query, query) for query in dict.fromkeys(queries)][:number],
        [Suggestion(row["text"], row["key"]) for row in of[Kind.BRAND] if row["count"]],
        [Suggestion(row["text"], row["key"]) for row in of[Kind.CATEGORY] if row["count"]],
        [Suggestion(row["text"], row["key"]) for row in of[Kind.PERSON]],
        typed if corrected else "",
    )


def _prefix(typed: str) -> str:
    return typed[:PREFIX_MAX].rstrip()


def _begins(text: str, typed: str) -> bool:
    # The index knows the first characters only; what is longer is compared here.
    return len(typed) <= PREFIX_MAX or f" {typed}" in f" {normal_name(text)}"


def _awake() -> datetime:
    return timezone.now() - timedelta(days=rule("search.dormant_days"))
