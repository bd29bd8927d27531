"""How tasks travel and run (Celery's own setting names)."""

import os
from typing import Any

from celery.schedules import crontab
from django.conf import settings
from kombu import Queue

from marketplace.core.events import EXTERNAL_QUEUE, REACTIONS_QUEUE

broker_url = settings.CELERY_BROKER_URL
broker_connection_retry_on_startup = True
broker_connection_max_retries = None
task_ignore_result = True
task_serializer = "json"
accept_content = ["json"]
timezone = "UTC"

# A task is struck off the queue when it is done, so one that a killed worker had comes again.
task_acks_late = True
task_reject_on_worker_lost = True
task_time_limit, task_soft_time_limit = 300, 240  # for prefork pools; threads cannot be interrupted

_on_amqp = broker_url.startswith(("amqp", "pyamqp"))
_arguments: dict[str, Any] = {"x-queue-type": "quorum"} if _on_amqp else {}
task_default_queue = "default"
task_default_queue_type = "quorum" if _on_amqp else "classic"
task_queues = [
    Queue(name, queue_arguments=_arguments) for name in (task_default_queue, REACTIONS_QUEUE, EXTERNAL_QUEUE)
]
task_create_missing_queues = False
broker_transport_options: dict[str, Any] = (
    {"confirm_publish": True}
    if _on_amqp
    # Valkey gives a task that nobody acknowledged to another worker after the visibility timeout (seconds).
    else {
        "visibility_timeout": 60,
        "socket_connect_timeout": 3,
        "socket_timeout": 15,
        "socket_keepalive": True,
        "health_check_interval": 10,
    }
)

worker_pool = (
    "threads"  # tasks wait for the database most of the time; photos leave the interpreter lock in libvips
)
worker_concurrency = int(os.environ.get("CELERY_CONCURRENCY", "8"))
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False
worker_send_task_events = False

beat_schedule = {
    "release expired holds": {"task": "listings.release_expired_holds", "schedule": 30.0},
    "release photos of removed listings": {"task": "listings.release_removed_photos", "schedule": 3600.0},
    "release pictures of closed accounts": {"task": "accounts.release_closed_avatars", "schedule": 3600.0},
    "remove unused pictures": {"task": "core.remove_unused_pictures", "schedule": 300.0},
    "forget old sessions": {"task": "accounts.forget_old_sessions", "schedule": 3600.0},
    "rebuild the vocabulary": {
        "task": "search.rebuild_vocabulary",
        "schedule": crontab(hour="4", minute="10"),
    },
    "forget unused vectors": {
        "task": "search.forget_unused_vectors",
        "schedule": crontab(day_of_week="sunday", hour="4", minute="40"),
    },
    "learn new people": {"task": "search.learn_new_people", "schedule": 60.0},
    "count what is searched": {"task": "search.count_notes", "schedule": 5.0},
    "sum up what saved searches found": {"task": "search.tell_summaries", "schedule": 60.0},
}
_clock = settings.VAR / "beat"
_clock.mkdir(parents=True, exist_ok=True)
beat_schedule_filename = str(_clock / "schedule")
