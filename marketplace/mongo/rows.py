"""Reads documents without the ORM's query building, which is most of the cost of a lookup.

A lookup by an index takes the driver 0.2 ms of processor time, the ORM 0.8 to 1.4 ms. Used where that is paid in every
request: who is asking, and what is asked for. The conditions are MongoDB's own.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from marketplace.mongo.hints import hint_of

M = TypeVar("M", bound=models.Model)
Convert = Callable[[Any, Any, Any], Any]
RELATED = "_related"


def find_one(model: type[M], where: Mapping[str, Any], only: Collection[str] = ()) -> M | None:
    """The first document that matches, as the ORM would have made it; None when none does.

    With `only`, the columns that are read; the other fields are deferred.
    """
    table = connection.database[model._meta.db_table]
    document = table.find_one(dict(where), dict.fromkeys(only, 1) or None, session=connection.session)
    return None if document is None else instance_of(model, document, only)


def find_one_with(model: type[M], where: Mapping[str, Any], name: str) -> M | None:
    """As find_one, with what the foreign key `name` leads to, in one round trip; None also when that is missing."""
    key = model._meta.get_field(name)
    pipeline: list[dict[str, Any]] = [
        {"$match": dict(where)}, {"$limit": 1},
        {"$lookup": {"from": key.related_model._meta.db_table, "localField": key.column, "foreignField": "_id",
                     "as": RELATED}},
    ]  # fmt: skip
    table = connection.database[model._meta.db_table]
    document = next(iter(table.aggregate(pipeline, session=connection.session)), None)
    if document is None or not document[RELATED]:
        return None
    found = instance_of(model, document)
    setattr(found, name, instance_of(key.related_model, document[RELATED][0]))
    return found


def instance_of(model: type[M], document: Mapping[str, Any], only: Collection[str] = ()) -> M:
    """The instance of a document; a field that it lacks is None, as the ORM reads it."""
    names, values = [], []
    for name, column, field, converters in _fields(model):  # type: ignore[arg-type]  # models are hashable
        if only and column not in only and column != "_id":
            continue
        value = document.get(column)
        for convert in converters:
            value = convert(value, field, connection)
        names.append(name)
        values.append(value)
    return model.from_db(connection.alias, names, values)


def documents(queryset: models.QuerySet, *fields: str) -> list[dict[str, Any]]:
    """The rows of a query as the driver reads them, only `fields` (document paths such as "photos.is_ready") and _id.

    Filter, order, limit and index are the queryset's own, so a rule like `.public()` holds here too; what it would
    load is left to `fields`. One query. Not for querysets with joins, annotations or values().
    """
    compiler = queryset.query.get_compiler(using=queryset.db)
    compiler.pre_sql_setup()
    try:
        pipeline = compiler.build_query(compiler.columns).get_pipeline()
    except EmptyResultSet:
        return []
    stages = [stage for stage in pipeline if "$project" not in stage]
    stages.append({"$project": dict.fromkeys(fields, 1)})
    table = connection.database[queryset.model._meta.db_table]
    return list(table.aggregate(stages, session=connection.session, **hint_of(queryset.query)))


@cache
def _fields(model: type[models.Model]) -> list[tuple[str, str, Any, list[Convert]]]:
    found = []
    for field in model._meta.concrete_fields:
        column = field.get_col(model._meta.db_table)
        converters = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
        found.append((field.attname, field.column, column, converters))
    return found
