"""Dead letters in the staff admin: seen, requeued and discarded by the changelist's actions."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse

from marketplace.core.outbox.models import OutboxEntry
from tests import make
from tests.admin.test_services_only import client_of

pytestmark = pytest.mark.django_db
LIST = "staff:core_outboxentry_changelist"


@pytest.fixture
def desk() -> Client:
    return client_of(make.staff())


def entry(state: str) -> OutboxEntry:
    due = {} if state == "pending" else {"due_at": None}
    return OutboxEntry.objects.create(
        event="CommentPosted", handler="social.count_comments", payload={}, state=state, attempts=8,
        error="ValueError: no", **due,
    )  # fmt: skip


def act(desk: Client, action: str, *entries: OutboxEntry) -> str:
    data = {"action": action, ACTION_CHECKBOX_NAME: [str(row.pk) for row in entries]}
    return desk.post(reverse(LIST), data, follow=True).content.decode()


def test_dead_letters_are_listed_with_the_error(desk):
    dead = entry("dead")

    listed = desk.get(reverse(LIST), {"state__exact": "dead"}).content.decode()
    shown = desk.get(reverse("staff:core_outboxentry_change", args=[dead.pk])).content.decode()

    assert "social.count_comments" in listed and "ValueError: no" in listed
    assert "ValueError: no" in shown


def test_dead_letters_are_requeued_and_others_left(desk):
    dead, pending = entry("dead"), entry("pending")

    said = act(desk, "requeue_dead", dead, pending)

    dead.refresh_from_db()
    pending.refresh_from_db()
    assert (dead.state, dead.attempts, dead.error) == ("pending", 0, "")
    assert dead.due_at is not None
    assert (pending.state, pending.attempts) == ("pending", 8)
    assert "not waiting to be run again" in said


def test_dead_letters_are_discarded_and_others_left(desk):
    dead, pending = entry("dead"), entry("pending")

    act(desk, "discard_dead", dead, pending)

    assert list(OutboxEntry.objects.values_list("pk", flat=True)) == [pending.pk]


def test_the_first_page_counts_the_dead_letters(desk):
    entry("dead")

    assert "1 reaction failed for good" in desk.get(reverse("staff:index")).content.decode()
