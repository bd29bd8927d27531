"""Celery: the beat schedule, queues of handlers, redelivery of a killed worker's tasks."""

import importlib
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from kombu.transport import redis
from redis.exceptions import ConnectionError as ConnectionLost

from marketplace import celeryconfig
from marketplace.celery import app
from marketplace.core.events import EXTERNAL_QUEUE, HANDLERS, REACTIONS_QUEUE


@pytest.fixture
def config(settings):
    """Celery's settings, read again for another broker."""

    def read(broker: str):
        settings.CELERY_BROKER_URL = broker
        return importlib.reload(celeryconfig)

    before = django_settings.CELERY_BROKER_URL
    yield read
    read(before)


def test_every_task_of_the_beat_schedule_exists():
    app.loader.import_default_modules()

    for entry in celeryconfig.beat_schedule.values():
        assert entry["task"] in app.tasks
    assert "core.deliver" in app.tasks


def test_beat_keeps_its_schedule_file_under_var():
    assert Path(celeryconfig.beat_schedule_filename).is_relative_to(django_settings.VAR)


def test_every_handler_travels_in_a_queue_that_workers_read():
    queues = {queue.name for queue in celeryconfig.task_queues}

    assert {REACTIONS_QUEUE, EXTERNAL_QUEUE, "default"} == queues
    assert {handler.queue for handler in HANDLERS.values()} <= queues


@pytest.mark.parametrize(
    ("broker", "kind", "option"),
    [
        ("amqp://guest@localhost//", {"x-queue-type": "quorum"}, "confirm_publish"),
        ("redis://localhost/0", {}, "visibility_timeout"),
    ],
)
def test_a_task_that_a_killed_worker_had_comes_again(config, broker, kind, option):
    chosen = config(broker)

    assert chosen.task_acks_late
    assert chosen.task_reject_on_worker_lost
    assert all(queue.queue_arguments == kind for queue in chosen.task_queues)
    assert option in chosen.broker_transport_options


def test_a_channel_without_its_connection_is_a_lost_connection():
    channel = redis.Channel.__new__(redis.Channel)
    channel.connection = None

    with pytest.raises(ConnectionLost):
        channel._connparams()
