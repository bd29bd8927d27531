"""Turning what a seller typed into a brand, and looking after those."""

from typing import Any

from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from listings import taxonomy
from listings.events import BrandRenamed
from listings.models import Brand
from marketplace.core.db import atomic
from marketplace.core.errors import Invalid
from marketplace.core.events import publish
from marketplace.core.rules import rule


def brand_values(text: str) -> dict[str, Any]:
    """The brand fields of a listing for a typed name; an unknown one becomes a Brand that waits for staff."""
    if not text:
        return {"brand_id": None, "brand_name": "", "brand_slug": "", "brand_revision": 0}
    known = taxonomy.brand_for(text)
    if known:
        found = Brand.objects.filter(slug=known.slug).first()
        if found:
            return values_of(found)
    name_ci = taxonomy.normal_name(text)
    slug = slugify(name_ci) or name_ci.encode().hex()
    typed, _made = Brand.objects.get_or_create(
        name_ci=name_ci, defaults={"name": text, "slug": f"{slug}-typed"}
    )
    return values_of(typed)


def values_of(brand: Brand) -> dict[str, Any]:
    """The brand fields of a listing of this brand."""
    return {
        "brand_id": brand.pk, "brand_name": brand.name, "brand_slug": brand.slug, "brand_revision": brand.revision,
    }  # fmt: skip


@atomic
def rename_brand(*, brand: Brand, name: str) -> Brand:
    """Corrects how a brand is written, and soon after on its listings; Invalid when another brand has that name."""
    name, limit = " ".join(name.split()), rule("listing.brand_max")
    if not 1 <= len(name) <= limit:
        raise Invalid(fields={"name": [_("1 to %(max)d characters.") % {"max": limit}]})
    name_ci = taxonomy.normal_name(name)
    if Brand.objects.filter(name_ci=name_ci).exclude(pk=brand.pk).exists():
        raise Invalid(fields={"name": [_("There is a brand with this name.")]})
    Brand.objects.filter(pk=brand.pk).update(name=name, name_ci=name_ci, revision=F("revision") + 1)
    publish(BrandRenamed(brand_id=brand.pk))
    return Brand.objects.get(pk=brand.pk)


@atomic
def review_brand(*, brand: Brand) -> None:
    """Accepts a brand that a seller typed."""
    Brand.objects.filter(pk=brand.pk).update(is_reviewed=True)
