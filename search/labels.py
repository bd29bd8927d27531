"""What the values of a search are called: in chips, in the filter sheet, in headings."""

from collections.abc import Collection, Mapping
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from listings import taxonomy
from listings.models import Brand
from marketplace.core.money import Money
from search.query import Availability, Query

SEPARATOR = " / "


@cache
def _known_brands() -> Mapping[str, str]:
    return {brand.slug: brand.name for brand in taxonomy.brands()}


def brand_names(slugs: Collection[str]) -> dict[str, str]:
    """The names of brands by slug; one query if there are some that sellers typed. Without a brand the slug's words."""
    found = {slug: name for slug in slugs if (name := _known_brands().get(slug))}
    if typed := [slug for slug in slugs if slug not in found]:
        found |= dict(Brand.objects.filter(slug__in=typed).values_list("slug", "name"))
    return {slug: found.get(slug) or slug.removesuffix("-typed").replace("-", " ") for slug in slugs}


def category_name(slug: str, base: str = "") -> str:
    """A category as it is called on the page of `base`: by itself right below it, with its parent further down."""
    node = taxonomy.category(slug)
    if node is None:
        return slug
    parent = taxonomy.category(node.parent_slug) if node.parent_slug != base else None
    return SEPARATOR.join(part.title for part in (parent, node) if part)


def values(name: str, given: Collection[str], base: str = "") -> dict[str, str]:
    """What each value of a field is called."""
    if name == "brand":
        return brand_names(given)
    if name == "category":
        return {slug: category_name(slug, base) for slug in given}
    words: Mapping[str, taxonomy.Named] = {"color": taxonomy.COLORS, "condition": taxonomy.CONDITIONS}.get(
        name, {}
    )
    return {value: words[value].title if value in words else value for value in given}


def prices(query: Query) -> str:
    """The range of prices in words; "" when there is none."""
    low, high = (
        None if minor is None else str(Money(minor, settings.DEFAULT_CURRENCY))
        for minor in (query.price_min, query.price_max)
    )
    if low and high:
        return f"{low} – {high}"
    if low:
        return _("from %(price)s") % {"price": low}
    return _("up to %(price)s") % {"price": high} if high else ""


def availability(query: Query) -> str:
    """What is looked at, where it is not what is for sale."""
    shown = Availability(query.availability)
    return "" if shown == Availability.AVAILABLE else str(shown.label)
