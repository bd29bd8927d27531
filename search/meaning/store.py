"""The vectors of texts, kept by what they were made from, so that indexing anew computes nothing twice."""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import Final

from django.utils import timezone

from listings.models import Listing
from search.meaning.model import Vector, is_on, key_of, load, text_of
from search.models import Embedding

BATCH: Final = 1000
YOUNG: Final = timedelta(days=1)  # may be of a listing that is not in the index yet


def vectors_of(texts: Collection[str]) -> Mapping[str, Vector]:
    """The vectors of these texts, those that nobody has asked for before computed and kept; there is a model."""
    keys = {key_of(text): text for text in texts}
    found = {keys[key]: vector for key, vector in Embedding.objects.all().vectors(list(keys)).items()}
    missing = [text for text in keys.values() if text not in found]
    if missing:
        model = load()
        assert model is not None
        new = dict(zip(missing, model.vectors(missing), strict=True))
        Embedding.objects.all().keep({key_of(text): vector for text, vector in new.items()})
        found |= new
    return found


def known_vector(listing: Listing) -> Vector:
    """The vector that a listing was indexed with; empty when there is none, or the layer is off."""
    if not is_on():
        return []
    key = key_of(text_of(listing))
    return Embedding.objects.all().vectors([key]).get(key, [])


def forget_unused(is_used: Callable[[list[str]], set[str]]) -> int:
    """Deletes the vectors that no listing has any more; how many. `is_used` gives those of some keys that one has."""
    after, deleted = "", 0
    old = Embedding.objects.filter(created_at__lt=timezone.now() - YOUNG).order_by("key")
    while keys := list(old.filter(key__gt=after).values_list("key", flat=True)[:BATCH]):
        unused = set(keys) - is_used(keys)
        deleted += old.filter(key__in=unused).delete()[0] if unused else 0
        after = keys[-1]
    return deleted
