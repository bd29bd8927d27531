"""The outbox in the staff admin: what is waiting, what failed for good, and a way to run that again."""

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
from marketplace.core.outbox.delivery import run_again
from marketplace.core.outbox.models import OutboxEvent


@admin.register(OutboxEvent, site=staff_site)
class OutboxAdmin(ServiceAdmin):
    """Events are facts: they are read here, never changed."""

    list_display = ["type", "state_label", "created_at", "waiting", "failed", "request_id"]
    list_filter = ["state", "type"]
    ordering = ["-created_at"]
    fields = readonly_fields = [
        "type", "state", "created_at", "finished_at", "request_id", "pretty_payload", "waiting", "failed",
    ]  # fmt: skip
    actions = ["run_dead_again"]

    @display(description=_("State"), label={"dead": "danger", "owing": "warning", "finished": "success"})
    def state_label(self, event: OutboxEvent) -> tuple[str, str]:
        return event.state, event.get_state_display()

    @display(description=_("Waits for"))
    def waiting(self, event: OutboxEvent) -> str:
        rows = [f"{row['handler']} ({row['attempts']}) {row['error']}".strip() for row in event.owing]
        return "; ".join(rows) or "—"

    @display(description=_("Failed for good"))
    def failed(self, event: OutboxEvent) -> str:
        return "; ".join(f"{row['handler']} ({row['attempts']}): {row['error']}" for row in event.dead) or "—"

    @display(description=_("Content"))
    def pretty_payload(self, event: OutboxEvent) -> str:
        return format_html("<pre>{}</pre>", json.dumps(event.payload, default=str, indent=2))

    @admin.action(description=_("Run the failed reactions again"), permissions=["view"])
    def run_dead_again(self, request: HttpRequest, queryset: QuerySet[OutboxEvent]) -> None:
        self.for_each(request, queryset, self._run)

    def _run(self, event: OutboxEvent) -> None:
        for row in event.dead:
            run_again(event=event, handler=row["handler"])

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_delete_permission = has_change_permission
