"""Query sets made at random from what the marketplace's code uses: filters, order, joins, columns, pages."""

import datetime
import random
from collections.abc import Callable
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from tests.mongo.conftest import NOON
from tests.mongo.things import Item, Note

STATUSES, TAGS = ["open", "held", "gone", "lost"], ["red", "wool", "new", "silk", "long"]

Luck = random.Random
CONDITIONS: list[Callable[[Luck], Q]] = [
    lambda luck: Q(status=luck.choice(STATUSES)),
    lambda luck: Q(status__in=luck.sample(STATUSES, luck.randint(1, 3))),
    lambda luck: Q(tags__contains=luck.sample(TAGS, luck.randint(1, 2))),
    lambda luck: Q(tags__overlap=luck.sample(TAGS, luck.randint(1, 3))),
    lambda luck: Q(price=luck.randrange(40)),
    lambda luck: Q(**{f"price__{luck.choice(['lt', 'lte', 'gt', 'gte'])}": luck.randrange(40)}),
    lambda luck: Q(price__isnull=luck.random() < 0.5),
    lambda luck: Q(price__range=(luck.randrange(20), 20 + luck.randrange(20))),
    lambda luck: Q(**{f"at__{luck.choice(['lt', 'lte', 'gt', 'gte'])}": _time(luck)}),
    lambda luck: Q(at__isnull=luck.random() < 0.5),
    lambda luck: Q(at__lte=(moment := _time(luck))) & (Q(at__lt=moment) | Q(at=moment, slug__lt="thing-3")),
    lambda luck: Q(slug=f"thing-{luck.randrange(700)}"),
    lambda luck: Q(code__in=[f"c{luck.randrange(700)}" for _ in range(20)]),
    lambda luck: Q(code__isnull=luck.random() < 0.5),
    lambda luck: Q(number__lt=luck.randrange(700)),
    lambda luck: Q(number=None),
    lambda luck: Q(is_open=luck.random() < 0.5),
    lambda luck: Q(slug__startswith=f"thing-{luck.randrange(9)}"),
    lambda luck: Q(price__gt=F("number")),
    lambda luck: Q(sku__gt=""),
]
JOINED: list[Callable[[Luck], Q]] = [
    lambda luck: Q(shop__city=luck.choice(["Rome", "Oslo"])),
    lambda luck: Q(shop__city__isnull=luck.random() < 0.5),
    lambda luck: Q(second_shop__name__gt="shop 1"),
    lambda luck: Q(second_shop__isnull=luck.random() < 0.5),
    lambda luck: Q(notes__stars__gte=luck.randrange(6)),
    lambda luck: Q(Exists(Note.objects.filter(item=OuterRef("pk"), stars__gt=luck.randrange(5)))),
]
# Each ends in the key, so that every engine has but one right order.
ORDERS: list[list[Any]] = [
    ["-at", "-id"], ["at", "id"], ["-at", "id"], ["price", "id"], ["-price", "-id"], ["status", "-at", "id"],
    ["id"], ["-id"], ["slug"], ["is_open", "status", "id"], ["shop", "-at", "id"], ["shop__name", "id"],
    ["-second_shop__city", "id"], [F("at").desc(nulls_last=True), "id"], [F("price").asc(nulls_first=True), "id"],
    [F("price") + F("number"), "id"], [Case(When(is_open=True, then=Value(0)), default=Value(1)), "id"],
]  # fmt: skip
SHAPES: list[Callable[[QuerySet], QuerySet]] = [
    lambda items: items,
    lambda items: items.only("slug", "price"),
    lambda items: items.defer("tags"),
    lambda items: items.select_related("shop"),
    lambda items: items.select_related("shop", "second_shop"),
    lambda items: items.select_related("shop").only("slug", "shop__name"),
    lambda items: items.values("id", "slug", "at"),
    lambda items: items.values_list("slug", "shop__name", "second_shop__name"),
    lambda items: items.values_list("id", flat=True),
    lambda items: items.annotate(twice=F("price") * 2),
    lambda items: items.annotate(twice=F("price") * 2, where=F("shop__city")).values("id", "twice", "where"),
    lambda items: items.annotate(noted=Count("notes")),
    lambda items: items.annotate(is_noted=Exists(Note.objects.filter(item=OuterRef("pk")))),
]
UNORDERED: list[Callable[[QuerySet], Any]] = [
    lambda items: items.count(),
    lambda items: items.exists(),
    lambda items: items.distinct().values("status", "is_open"),
    lambda items: items.values("status").annotate(many=Count("id")),
    lambda items: items.order_by("-at", "id")[:20].count(),
    lambda items: items.filter(pk__in=items.order_by("at", "id").values("pk")).values("slug"),
    lambda items: items.filter(price=3).values("slug").union(items.filter(price=4).values("slug")),
]


def ask(seed: int, alias: str) -> Any:
    """The answer to random question number `seed` from one database, in a form that can be compared."""
    luck = Luck(seed)
    items = Item.objects.using(alias).filter(_condition(luck, depth=luck.randrange(3)))
    if luck.random() < 0.15:
        items = items.filter(luck.choice(JOINED)(luck))
    if luck.random() < 0.2:
        answer = luck.choice(UNORDERED)(items)
        return answer if isinstance(answer, int) else sorted(map(repr, answer))
    rows = luck.choice(SHAPES)(items).order_by(*luck.choice(ORDERS))
    if luck.random() < 0.7:
        start = luck.choice([0, 0, 0, 3, 50])
        rows = rows[start : start + luck.choice([1, 10, 48])]
    return [_plain(row) for row in rows]


def _condition(luck: Luck, depth: int) -> Q:
    if depth == 0:
        return luck.choice(CONDITIONS)(luck)
    left, right = _condition(luck, depth - 1), _condition(luck, depth - 1)
    both = left & right if luck.random() < 0.6 else left | right
    return ~both if luck.random() < 0.2 else both


def _time(luck: Luck) -> datetime.datetime:
    return NOON + datetime.timedelta(minutes=luck.randrange(300))


def _plain(row: Any) -> Any:
    if not isinstance(row, Item):
        return row
    joined = {
        name: _plain_shop(row, name) for name in ("shop", "second_shop") if name in row._state.fields_cache
    }
    return {name: value for name, value in vars(row).items() if name != "_state"} | joined


def _plain_shop(row: Item, name: str) -> Any:
    shop = getattr(row, name)
    return shop and {key: value for key, value in vars(shop).items() if key != "_state"}
