"""Snapshots: denormalised copies of a name and picture, refreshed in batches when the original changes."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet

BATCH = 500
Write = Callable[[QuerySet, dict[str, Any]], int]


def _update(rows: QuerySet, values: dict[str, Any]) -> int:
    return rows.update(**values)


def refresh_snapshots(
    rows: QuerySet, *, field: str, revision: int, values: Mapping[str, Any], write: Write = _update
) -> int:
    """Writes `values` onto every row whose `field` is below `revision`, and the revision with them; how many rows.

    Each write asks for the older revision again, so an older name never replaces a newer one. What is left is read by
    an index over (whose, field): a run that was killed is simply begun again.
    `write` writes one batch, when there is more to it than an update.
    """
    stale = rows.filter(**{f"{field}__lt": revision})
    done = 0
    while ids := list(stale.values_list("pk", flat=True)[:BATCH]):
        done += write(stale.filter(pk__in=ids), {**values, field: revision})
    return done
