"""What clients send: its shape. The services know the rules."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from listings.models import Status


class Strict(serializers.Serializer):
    """Refuses fields that it does not know by their names, so that a slip of the pen is not silently ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := data.keys() - self.fields.keys()):
            raise serializers.ValidationError(
                {name: [_("There is no such field.")] for name in sorted(unknown)}
            )
        return super().to_internal_value(data)


class SizeInput(Strict):
    """A size by key, label or what another system calls it, and how many free units there shall be."""

    size = serializers.CharField()
    quantity = serializers.IntegerField(required=False, default=1)
    shown = serializers.CharField(
        required=False, allow_blank=True,
        help_text="What the stock said under `shown` when you read it: the quantity is then a change against that.",
    )  # fmt: skip


class FlawInput(Strict):
    """A flaw in structured words."""

    kind = serializers.CharField()
    place = serializers.CharField(required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True)
    photo_no = serializers.IntegerField(required=False, default=0)


class ListingInput(Strict):
    """Any part of a listing. Amounts are integers in minor units (cents) of `currency`."""

    title = serializers.CharField(required=False, allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True)
    category = serializers.CharField(
        required=False, allow_blank=True, help_text="A category slug, best a leaf."
    )
    brand = serializers.CharField(required=False, allow_blank=True)
    condition = serializers.CharField(required=False, allow_blank=True)
    colors = serializers.ListField(child=serializers.CharField(), required=False)
    flaws = FlawInput(many=True, required=False)
    price_cents = serializers.IntegerField(required=False, allow_null=True)
    original_price_cents = serializers.IntegerField(required=False, allow_null=True)
    cost_cents = serializers.IntegerField(required=False, allow_null=True)
    currency = serializers.CharField(required=False)
    sku = serializers.CharField(required=False, allow_blank=True)
    sizes = SizeInput(many=True, required=False)


class StatusInput(Strict):
    """Where the listing should go."""

    status = serializers.ChoiceField(choices=[Status.AVAILABLE, Status.NOT_FOR_SALE, Status.REMOVED])


class PhotosInput(serializers.Serializer):
    """Files of a multipart form, all under the name `photos`."""

    photos = serializers.ListField(child=serializers.FileField(allow_empty_file=True))


class OrderInput(Strict):
    """Every key of the listing's photos once, the cover first."""

    keys = serializers.ListField(child=serializers.CharField())
