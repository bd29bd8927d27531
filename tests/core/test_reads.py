"""A read that takes too long is cut off by the server and refused in words, by every door."""

import time
from collections.abc import Iterator

import pymongo
import pytest
from django.db import connection
from rest_framework.test import APIClient

from marketplace.core.rules import override
from tests import make
from tests.fixtures.queries import recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def slow_database(db) -> Iterator[None]:
    """Every command that has a limit runs into it."""
    admin = connection.connection.admin
    admin.command("configureFailPoint", "maxTimeAlwaysTimeOut", mode="alwaysOn")
    yield
    admin.command("configureFailPoint", "maxTimeAlwaysTimeOut", mode="off")


@pytest.fixture
def lost_primary(db) -> Iterator[None]:
    """Every read of this process's client is refused as by a server that is just shutting down."""
    client = connection.connection
    fails = {"failCommands": ["find", "aggregate"], "errorCode": 11600}
    # Switched by a client of its own: this one's takes the server for gone after each refusal.
    with pymongo.MongoClient(*client.address, directConnection=True) as switch:
        switch.admin.command("configureFailPoint", "failCommand", mode="alwaysOn", data=fails)
        try:
            yield
        finally:
            switch.admin.command("configureFailPoint", "failCommand", mode="off")
    for _ in range(100):
        try:
            client.admin.command("ping")
            return
        except pymongo.errors.ConnectionFailure:
            time.sleep(0.1)


def test_while_no_server_answers_pages_and_api_say_when_to_come_again(client, lost_primary):
    page, answer = client.get("/c/women/"), APIClient().get("/api/v1/listings/")

    assert (page.status_code, page.headers["Retry-After"]) == (503, "10")
    assert "cannot look anything up" in page.content.decode()
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (
        503, "database_away", "10",
    )  # fmt: skip


@pytest.mark.parametrize("page", ["/", "/c/women/", "/c/women/?color=red&sort=price_asc", "/brands/nike/"])
def test_a_page_that_takes_too_long_says_so(page, client, slow_database):
    answer = client.get(page)

    assert answer.status_code == 503
    assert "Narrow it down" in answer.content.decode()


def test_the_api_says_so_in_a_problem_document(slow_database):
    answer = APIClient().get("/api/v1/listings/?color=red")

    assert (answer.status_code, answer.json()["code"]) == (503, "too_broad")


def test_every_read_of_a_page_has_a_limit(client):
    listing = make.listing()
    client.force_login(make.staff(), "django.contrib.auth.backends.ModelBackend")

    for page in ("/", "/c/women/", listing.get_absolute_url(), "/my/closet/", "/staff/", "/staff/listings/listing/",
                 "/closet-admin/", "/api/v1/listings/"):  # fmt: skip
        with recording() as commands, override({"page.read_ms": 20_000, "search.read_ms": 20_000}):
            assert client.get(page).status_code == 200

        reads = [command for command in commands if next(iter(command)) in {"find", "aggregate"}]
        assert reads, page
        assert all(10_000 < command["maxTimeMS"] <= 20_000 for command in reads), page


def test_a_write_has_no_such_limit(slow_database):
    assert make.listing().pk
