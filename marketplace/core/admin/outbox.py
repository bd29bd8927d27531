"""The outbox in the staff admin: pending entries and dead letters, which can be requeued or discarded."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from marketplace.core.admin.service import ServiceAdmin
from marketplace.core.admin.sites import staff_site
from marketplace.core.outbox.delivery import discard, requeue
from marketplace.core.outbox.models import OutboxEntry


@admin.register(OutboxEntry, site=staff_site)
class OutboxAdmin(ServiceAdmin):
    """A read-only list with two actions on dead letters."""

    list_display = ["event", "handler", "state_label", "attempts", "error", "created_at", "request_id"]
    list_filter = [
        "state"
    ]  # handlers and events have no index of their own: each would slow every publish down
    ordering = ["-id"]
    fields = readonly_fields = [
        "event", "handler", "state", "attempts", "due_at", "error", "created_at", "request_id", "pretty_payload",
    ]  # fmt: skip
    actions = ["requeue_dead", "discard_dead"]

    @display(description=_("State"), label={"dead": "danger", "claimed": "warning", "pending": "info"})
    def state_label(self, entry: OutboxEntry) -> tuple[str, str]:
        return entry.state, entry.get_state_display()

    @display(description=_("Content"))
    def pretty_payload(self, entry: OutboxEntry) -> str:
        return format_html("<pre>{}</pre>", json.dumps(entry.payload, default=str, indent=2))

    @admin.action(description=_("Run failed reactions again"), permissions=["view"])
    def requeue_dead(self, request: HttpRequest, queryset: QuerySet[OutboxEntry]) -> None:
        self.for_each(request, queryset, lambda entry: requeue(entry=entry))

    @admin.action(description=_("Discard failed reactions"), permissions=["discard"])
    def discard_dead(self, request: HttpRequest, queryset: QuerySet[OutboxEntry]) -> None:
        self.for_each(request, queryset, lambda entry: discard(entry=entry))

    def has_discard_permission(self, request: HttpRequest) -> bool:
        """Discarding loses what somebody waits for, so seeing the list is not enough."""
        return request.user.has_perm("core.delete_outboxentry")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_delete_permission = has_change_permission
