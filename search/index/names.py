"""Names of indexes: one that is searched through an alias, and during a rebuild another one that is written to as well.

The state of a rebuild is in Elasticsearch alone, so that every process sees the same: the alias `…-listings` leads to
the index that is searched, `…-listings-write` to every index that changes are written to.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from elasticsearch import NotFoundError

from search.documents import ListingDocument
from search.errors import EngineAway
from search.index.client import answering, write_client
from search.meaning import model_name


def read_alias() -> str:
    """The name that is searched; of this database, for several may share a cluster."""
    return f"{connection.settings_dict['NAME'].lower()}-listings"


def write_alias() -> str:
    """The name of all indexes that changes are written to."""
    return f"{read_alias()}-write"


def new_name() -> str:
    """A name for an index that is built now."""
    return f"{read_alias()}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"


def behind(alias: str) -> list[str]:
    """The indexes that an alias leads to, in the order of their age."""
    try:
        with answering():
            return sorted(write_client().indices.get_alias(name=alias))
    except EngineAway as away:
        if isinstance(away.__cause__, NotFoundError):
            return []
        raise


def targets() -> list[str]:
    """Where changes are written; EngineAway while there is no index at all."""
    if found := behind(write_alias()):
        return found
    raise EngineAway("there is no index of listings: manage.py search_rebuild makes one")


def body() -> dict[str, Any]:
    """Settings and mappings of an index as this release wants it, and a digest of both and the model to know it by."""
    wanted = ListingDocument._index.to_dict()
    known_by = json.dumps([wanted, model_name()], sort_keys=True, default=str)
    digest = hashlib.sha256(known_by.encode()).hexdigest()
    wanted["mappings"]["_meta"] = {"digest": digest, "copied_to": ""}
    return wanted


def meta_of(index: str) -> dict[str, Any]:
    """Its digest, and the id up to which a rebuild has copied into it."""
    with answering():
        mappings = write_client().indices.get_mapping(index=index)
    return dict(mappings[index]["mappings"].get("_meta") or {"digest": "", "copied_to": ""})
