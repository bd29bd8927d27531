"""The contract of the engines with search by meaning on: no filter, no order and no page is any different."""

import pytest

from search.engines.elastic import ElasticEngine
from tests.search.test_contract import *  # noqa: F403

pytestmark = pytest.mark.needs("elasticsearch", "embeddings")


@pytest.fixture
def engine(db, meaning) -> ElasticEngine:
    return ElasticEngine()
