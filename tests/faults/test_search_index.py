"""Elasticsearch is killed in the middle of edits while worker and relay run; in the end the index is the database."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.backend import Backend

# The suite's number; 2,000 are a matter of minutes: SEARCH_EDITS=2000.
EDITS = int(os.environ.get("SEARCH_EDITS", "300"))
HANDLER = "search.index_changed"


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    backend = Backend(tmp_path / "var", "elasticsearch")
    try:
        yield backend
    finally:
        backend.close()


@pytest.mark.slow
@pytest.mark.needs("elasticsearch")
def test_killing_elasticsearch_in_the_middle_of_edits_loses_none(backend: Backend) -> None:
    backend.open("-m", "marketplace.embedded.prepare")

    backend.publish("edits", EDITS, 0.02, {EDITS // 3: "elasticsearch"})
    deferred = backend.entries(handler=HANDLER, attempts=0, error={"$ne": ""})
    done = backend.wait_until(lambda: not backend.entries(), seconds=120)

    assert done, backend.log_lines("worker")[-5:]
    assert deferred or any("reaction deferred" in line for line in backend.log_lines("worker"))
    assert not backend.entries(state="dead")
    said = list(backend.run("manage.py", "search_rebuild", "--check"))
    assert "0 missing, 0 different, 0 too much: they are equal" in said[-1]
