"""Snapshots: denormalised copies of a name and picture, refreshed in batches when the original changes."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

BATCH = 500


def refresh_snapshots(rows: QuerySet, *, field: str, revision: int, values: Mapping[str, Any]) -> int:
    """Writes `values` onto every row whose `field` is below `revision`, and the revision with them; how many rows.

    Each write asks for the older revision again, so an older name never replaces a newer one. What is left is read by
    an index over (whose, field): a run that was killed is simply begun again.
    """
    stale = rows.filter(**{f"{field}__lt": revision})
    done = 0
    while ids := list(stale.values_list("pk", flat=True)[:BATCH]):
        done += stale.filter(pk__in=ids).update(**values, **{field: revision})
    return done
