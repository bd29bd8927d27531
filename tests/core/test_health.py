"""/healthz and /readyz."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from celery import Celery
from django.test import Client
from elasticsearch.dsl import connections

from marketplace.core import health
from marketplace.core.events import on
from marketplace.search_client import elasticsearch_dsl
from tests.core.planted import Planted, count

TOKEN = "a-token-of-whoever-watches"
WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def _token(settings) -> None:
    settings.HEALTH_TOKEN = TOKEN
    health._reports.clear()


def test_healthz_asks_nobody(client: Client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_readyz_names_each_dependency_and_its_latency(client: Client):
    answer = client.get("/readyz", headers=WITH_TOKEN)

    report = answer.json()
    assert (answer.status_code, report["status"]) == (200, "ok"), report
    assert set(report["checks"]) == {"mongodb", "media", "valkey", "broker", "outbox"}
    assert all(check["ok"] and 0 <= check["latency_ms"] < 2000 for check in report["checks"].values())
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_without_valkey_and_broker_pages_go_on(client: Client, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setenv("CELERY_BROKER_URL", settings.REDIS_URL)  # which Celery prefers to its own settings
    stranded = Celery("stranded", broker=settings.REDIS_URL, set_as_current=False)
    monkeypatch.setattr(health, "celery_app", lambda: stranded)

    answer = client.get("/readyz", headers=WITH_TOKEN)

    report = answer.json()
    assert (answer.status_code, report["status"]) == (200, "degraded")
    assert report["checks"]["valkey"]["error"] == "ConnectionError"
    assert not report["checks"]["broker"]["ok"]
    assert "127.0.0.1" not in answer.content.decode()


@pytest.mark.django_db
def test_elasticsearch_is_named_where_there_is_one(client: Client, elasticsearch):
    report = client.get("/readyz", headers=WITH_TOKEN).json()

    assert report["status"] == "ok"
    assert report["checks"]["elasticsearch"]["ok"] and not report["checks"]["elasticsearch"]["required"]


@pytest.mark.django_db
def test_without_its_elasticsearch_pages_go_on(client: Client, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    connections.configure(**elasticsearch_dsl([settings.ELASTICSEARCH_URL]))

    answer = client.get("/readyz", headers=WITH_TOKEN)

    connections.configure()
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["checks"]["elasticsearch"]["error"] == "ConnectionError"


@pytest.mark.django_db
def test_without_a_place_for_pictures_pages_go_on(client: Client, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"

    answer = client.get("/readyz", headers=WITH_TOKEN)

    report = answer.json()
    assert (answer.status_code, report["status"]) == (200, "degraded")
    assert not report["checks"]["media"]["ok"]


@pytest.mark.django_db
def test_many_who_ask_at_once_cost_one_look_at_each_server(client: Client, monkeypatch):
    asked = []

    def slow():
        asked.append(1)
        time.sleep(0.2)
        return {}

    monkeypatch.setattr(health, "DEPENDENCIES", {"mongodb": (True, slow)})
    with ThreadPoolExecutor(8) as threads:
        codes = list(threads.map(lambda _: Client().get("/readyz").status_code, range(8)))

    assert codes == [200] * 8
    assert len(asked) == 1


def test_a_check_that_breaks_in_any_way_is_a_refusal_and_not_a_crash(monkeypatch):
    def broken():
        raise RuntimeError("with a secret in it")

    monkeypatch.setattr(health, "DEPENDENCIES", {"mongodb": (True, broken)})

    ready, report = health.report()

    assert not ready
    assert report["checks"]["mongodb"]["error"] == "RuntimeError"
    assert "secret" not in str(report)


def test_reactions_that_wait_long_show(db, handlers, plant, monkeypatch):
    on(Planted)(count)
    plant(1)
    monkeypatch.setattr(health, "MAX_LAG_SECONDS", -1)

    (outbox,) = [check for check in health.checks() if check.name == "outbox"]

    assert not outbox.ok
    assert not outbox.required
    assert outbox.detail["lag_seconds"] >= 0


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}])
def test_others_learn_whether_it_is_ready_and_nothing_else(client: Client, settings, sent):
    assert client.get("/readyz", headers=sent).json() == {"status": "ok"}

    settings.HEALTH_TOKEN = ""
    assert client.get("/readyz", headers=sent).json() == {"status": "ok"}
