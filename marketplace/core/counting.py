"""Bounded counts: exact up to a limit, "1,000+" beyond it, so that no count reads a whole collection."""

from django.db.models import QuerySet

MOST = 1000


def count_up_to(rows: QuerySet, most: int = MOST) -> int:
    """How many rows there are, at most one more than `most`."""
    return rows.order_by()[: most + 1].count()


def shown(number: int, most: int = MOST) -> str:
    """A bounded count as text: "999", "1,000+"."""
    return f"{most:,}+" if number > most else f"{number:,}"
