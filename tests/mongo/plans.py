"""What MongoDB did to answer a query set, and the two ways to run a test: on our engine and on the stock one."""

import functools
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet

same_on_both = pytest.mark.parametrize("engine", ["ours", "stock"], indirect=True)


def both_engines(
    fault: str, raises: type[BaseException] | tuple[type[BaseException], ...] = AssertionError
) -> Any:
    """The test must pass on our engine and fail on the stock one: once it passes there, our piece can be deleted."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def inner(engine: str, **others: Any) -> None:
            if engine == "ours":
                return test(engine=engine, **others)
            try:
                test(engine=engine, **others)
            except raises:
                return
            pytest.fail(f"The stock engine has mended this: {fault}. Delete our piece.")

        return same_on_both(inner)

    return decorate


class Plan:
    """The work behind one answer."""

    def __init__(self, queryset: QuerySet) -> None:
        explained = json.loads(queryset.explain(verbosity="executionStats"))
        statistics = _first(explained, "executionStats")
        self.keys: int = statistics["totalKeysExamined"]
        self.documents: int = statistics["totalDocsExamined"]
        self.stages = _stages(statistics["executionStages"])
        # A stage that the query engine does not take over runs on what it is handed.
        self.stages |= {name for stage in explained.get("stages", [])[1:] for name in stage}

    @property
    def is_by_index(self) -> bool:
        """An index finds what matches."""
        return "COLLSCAN" not in self.stages and bool({"IXSCAN", "COUNT_SCAN"} & self.stages)

    @property
    def sorts_in_memory(self) -> bool:
        """What matches is collected and sorted."""
        return bool({"SORT", "$sort"} & self.stages)


def _first(found: Any, key: str) -> Any:
    if isinstance(found, dict) and key in found:
        return found[key]
    parts = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return next((hit for part in parts if (hit := _first(part, key)) is not None), None)


def _stages(found: Any) -> set[str]:
    parts = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    own = {found["stage"]} if isinstance(found, dict) and isinstance(found.get("stage"), str) else set()
    return own.union(*(_stages(part) for part in parts))
