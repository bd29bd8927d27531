"""Unique indexes, sorting and joining: what reads the whole collection on the stock engine and must not on ours."""

import pytest
from django.db import IntegrityError, connections
from django.db.models import F, Q

from tests.mongo.conftest import ITEMS, NOON
from tests.mongo.plans import Plan, both_engines, same_on_both
from tests.mongo.things import Item, Shop

PAGE = 10
NEWEST = ("-at", "-id")


@both_engines("unique indexes are partial on $type (INTPYTHON-855)")
@pytest.mark.parametrize(
    "wanted",
    [
        {"slug": "thing-77"},
        {"slug__in": ["thing-77", "thing-78"]},
        {"code": "c77"},
        {"code__in": ["c77", "c79"]},
        {"number": 77},
    ],
    ids=str,
)
def test_a_unique_field_is_found_by_its_index(engine, wanted):
    plan = Plan(Item.objects.using(engine).filter(**wanted))

    assert plan.is_by_index
    assert plan.documents <= 2


@both_engines("unique indexes are partial on $type (INTPYTHON-855)")
def test_a_unique_pair_is_found_by_its_index(engine):
    names = connections[engine].database[Item._meta.db_table].index_information()

    assert "partialFilterExpression" not in names["one_slug_per_shop"]


@same_on_both
@pytest.mark.parametrize("twice", [{"slug": "thing-1"}, {"code": "c1"}, {"number": 1}], ids=str)
def test_a_unique_field_refuses_a_second(engine, twice):
    shop = Shop.objects.using(engine).first()

    with pytest.raises(IntegrityError):
        Item.objects.using(engine).create(**{"shop": shop, "slug": "new", "status": "open"} | twice)


@same_on_both
def test_nulls_and_a_condition_keep_unique_fields_apart(engine):
    items = Item.objects.using(engine)
    shop = Shop.objects.using(engine).first()
    taken = items.filter(shop=shop, sku__gt="").first()
    made = [
        items.create(shop=shop, slug=f"free-{i}", status="open", code=None, number=None) for i in range(2)
    ]

    with pytest.raises(IntegrityError):
        items.create(shop=shop, slug="free-3", status="open", sku=taken.sku)

    assert items.filter(pk__in=[row.pk for row in made]).delete()[0] == 2


SORTED = {
    "all fields": lambda items: items,
    "some fields": lambda items: items.only("slug"),
    "values": lambda items: items.values("id", "slug"),
    "a joined shop": lambda items: items.select_related("shop"),
    "two joined shops": lambda items: items.select_related("shop", "second_shop"),
    "values of a joined shop": lambda items: items.values("slug", "shop__name"),
    "an annotation": lambda items: items.annotate(twice=F("price") * 2),
    "one of four statuses": lambda items: items.filter(status__in=["open", "held", "gone", "lost"]),
    "one tag": lambda items: items.filter(tags__contains=["wool"]),
    "one of two tags": lambda items: items.filter(tags__overlap=["wool", "silk"]),
    "since noon": lambda items: items.filter(at__gte=NOON),
    "without a date": lambda items: items.filter(at__isnull=True),
    "with a date": lambda items: items.filter(at__isnull=False),
}


@both_engines("$addFields before $sort hides the index order; $lookup and $project come before $limit")
@pytest.mark.parametrize("shown", SORTED.values(), ids=SORTED)
def test_a_page_is_read_in_the_order_of_its_index(engine, shown):
    items = Item.objects.using(engine).filter(status="open").order_by(*NEWEST)

    plan = Plan(shown(items)[:PAGE])

    assert plan.is_by_index
    assert not plan.sorts_in_memory
    assert plan.documents < 3 * PAGE < ITEMS


@both_engines("$addFields before $sort hides the index order")
@pytest.mark.parametrize("tags", [[], ["wool"]], ids=str)
def test_a_deep_page_by_keyset_costs_what_the_first_costs(engine, tags):
    items = Item.objects.using(engine).filter(status="open", at__isnull=False).order_by(*NEWEST)
    items = items.filter(tags__contains=tags) if tags else items
    last = items[items.count() // 2]
    behind = Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk)

    for form in (behind, Q(at__lte=last.at) & behind):
        plan = Plan(items.filter(form)[:PAGE])

        assert plan.is_by_index
        assert not plan.sorts_in_memory
        assert plan.documents < 3 * PAGE


@both_engines("$exists beside every < and isnull has each document fetched")
@pytest.mark.parametrize("wanted", [{"price__lt": 20}, {"price__lte": 20}, {"price__isnull": False}], ids=str)
def test_a_count_is_answered_by_the_index_alone(engine, wanted):
    pipeline = [{"$match": _match(Item.objects.using(engine).filter(**wanted))}, {"$count": "n"}]

    explained = connections[engine].database.command(
        {"explain": {"aggregate": Item._meta.db_table, "pipeline": pipeline, "cursor": {}}}
    )

    assert "FETCH" not in str(explained["stages"][0]["$cursor"]["queryPlanner"]["winningPlan"])


def _match(queryset):
    compiler = queryset.query.get_compiler(queryset.db)
    compiler.pre_sql_setup()
    return compiler.build_query().match_mql
