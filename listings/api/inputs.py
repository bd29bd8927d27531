"""What clients send: its shape and bounds. The services know the rules."""

from django.conf import settings
from rest_framework import serializers

from listings import taxonomy
from listings.models import Status
from marketplace.core.fields import Rows, Strict, Text, Whole
from marketplace.core.money import CURRENCIES


class SizeInput(Strict):
    """A size by key, label or what another system calls it, and how many free units there shall be."""

    size = Text(longest="listing.size_label_max")
    quantity = Whole(most="listing.quantity_max", required=False, default=1)
    shown = Text(
        required=False, allow_blank=True,
        help_text="What the stock said under `shown` when you read it: the quantity is then a change against that.",
    )  # fmt: skip


class FlawInput(Strict):
    """A flaw in structured words."""

    kind = Text(choices=tuple(taxonomy.FLAW_KINDS))
    place = Text(choices=tuple(taxonomy.FLAW_PLACES), required=False, allow_blank=True)
    note = Text(longest="listing.flaw_note_max", required=False, allow_blank=True)
    photo_no = Whole(most="listing.photos_max", required=False, default=0)


class ListingInput(Strict):
    """Any part of a listing. Amounts are integers in minor units (cents) of `currency`."""

    title = Text(longest="listing.title_max", required=False, allow_blank=True)
    description = Text(longest="listing.desc_max", required=False, allow_blank=True)
    category = Text(required=False, allow_blank=True, help_text="A category slug, best a leaf.")
    brand = Text(longest="listing.brand_max", required=False, allow_blank=True)
    condition = Text(choices=tuple(taxonomy.CONDITIONS), required=False, allow_blank=True)
    colors = Rows(child=Text(choices=tuple(taxonomy.COLORS)), most="listing.colors_max", required=False)
    flaws = FlawInput(many=True, required=False)
    price_cents = Whole(least="listing.price_min", most="listing.price_max", required=False, allow_null=True)
    original_price_cents = Whole(most="listing.price_max", required=False, allow_null=True)
    cost_cents = Whole(most="listing.price_max", required=False, allow_null=True)
    currency = Text(choices=tuple(CURRENCIES), required=False)
    sku = Text(longest="listing.sku_max", required=False, allow_blank=True)
    sizes = SizeInput(many=True, required=False)


class StatusInput(Strict):
    """Where the listing should go."""

    status = serializers.ChoiceField(choices=[Status.AVAILABLE, Status.NOT_FOR_SALE, Status.REMOVED])


class PhotosInput(Strict):
    """Files of a multipart form, all under the name `photos`."""

    photos = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), allow_empty=False,
        max_length=settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    )  # fmt: skip


class OrderInput(Strict):
    """Every key of the listing's photos once, the cover first."""

    keys = Rows(child=Text(), most="listing.photos_max")
