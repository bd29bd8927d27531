"""News for tests, as an app would tell them."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from notices.models import Notice
from notices.services import KINDS, News

_ORDER = count()  # two things never happen in the same millisecond, so that their order is known


def news(person, actor, *, kind="like", group="dress", key="", **more):
    """Something that happened to a thing called Linen dress."""
    assert kind in KINDS
    values = {
        "person_id": person.pk, "kind": kind, "group": group, "key": key or f"{kind}:{group}:{actor.pk}",
        "actor_id": actor.pk, "title": "Linen dress",
        "at": timezone.now() + timedelta(milliseconds=next(_ORDER)), "url": "/listings/1/linen-dress/",
    }  # fmt: skip
    return News(**values | more)


def state():
    """What is stored of the only entry, without its times."""
    entry = Notice.objects.get()
    actors = [recent.actor for recent in entry.recent]
    return entry.count, entry.fresh, actors, entry.parts.count()
