"""Turning what a seller typed into a brand."""

from typing import Any

from django.utils.text import slugify

from listings import taxonomy
from listings.models import Brand


def brand_values(text: str) -> dict[str, Any]:
    """The brand fields of a listing for a typed name; an unknown one becomes a Brand that waits for staff."""
    if not text:
        return {"brand_id": None, "brand_name": "", "brand_slug": ""}
    known = taxonomy.brand_for(text)
    if known:
        found = Brand.objects.filter(slug=known.slug).first()
        if found:
            return _values(found)
    name_ci = taxonomy.normal_name(text)
    slug = slugify(name_ci) or name_ci.encode().hex()
    typed, _ = Brand.objects.get_or_create(name_ci=name_ci, defaults={"name": text, "slug": f"{slug}-typed"})
    return _values(typed)


def _values(brand: Brand) -> dict[str, Any]:
    return {"brand_id": brand.pk, "brand_name": brand.name, "brand_slug": brand.slug}
