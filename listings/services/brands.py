"""Turning what a seller typed into a brand, and looking after those."""

from hashlib import md5
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
    """The brand fields of a listing for a typed name; without a slug while there is no such brand."""
    found = find_brand(text) if text else None
    if found:
        return values_of(found)
    return {"brand_id": None, "brand_name": text, "brand_slug": "", "brand_revision": 0}


def find_brand(text: str) -> Brand | None:
    """The brand that a text names, by any spelling of a known one or as somebody typed it before."""
    known = taxonomy.brand_for(text)
    found = Brand.objects.filter(slug=known.slug).first() if known else None
    return found or Brand.objects.filter(name_ci=taxonomy.normal_name(text)).first()


@atomic
def make_brand(text: str) -> dict[str, Any]:
    """As brand_values; an unknown name becomes a Brand that waits for staff."""
    values = brand_values(text)
    if not text or values["brand_id"]:
        return values
    name_ci = taxonomy.normal_name(text)
    plain = _plain_slug(name_ci)
    # Looked for first: an IntegrityError would abort the transaction. Who makes the same one meanwhile collides, and
    # the service runs again.
    is_free = plain and not Brand.objects.filter(slug=plain).exists()
    return values_of(
        Brand.objects.create(name_ci=name_ci, name=text, slug=plain if is_free else _exact_slug(name_ci))
    )


def brand_slug(text: str) -> str:
    """The slug of the brand that a text names; one that no listing has when there is no such brand."""
    found = find_brand(text)
    return found.slug if found else _exact_slug(taxonomy.normal_name(text))


def _plain_slug(name_ci: str) -> str:
    """The slug of a typed brand as people would guess it; "" when that loses a part of the name."""
    base = slugify(name_ci)
    return f"{base}-typed" if base.replace("-", " ") == name_ci else ""


def _exact_slug(name_ci: str) -> str:
    # Slugs are ASCII, and "nike 東京" and "nike 大阪" are two brands. No plain one has two hyphens side by side.
    end = f"--{md5(name_ci.encode(), usedforsecurity=False).hexdigest()}-typed"
    return (slugify(name_ci)[: Brand._meta.get_field("slug").max_length - len(end)] or "brand") + end


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
