"""One JSON object a line, with the id of the request wherever its work goes."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import structlog

from marketplace.core.logs import bind_request_id, bound_request_ids, mask_paths, request_id

ROOT = Path(__file__).parents[2]
PROGRAM = """
import logging
from marketplace.core import logs
logs.configure({"level": "INFO", "json": %s})
logs.bind_request_id("abc")
log = logging.getLogger("shop")
log.info("sold %%s", "a dress", extra={"price": 2500})
log.debug("too quiet")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("broken")
"""


def lines(json_wanted: bool) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM % json_wanted], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_each_line_is_an_object_with_the_request_and_what_was_said():
    sold, broken = [json.loads(line) for line in lines(json_wanted=True)]

    assert sold["event"] == "sold a dress"
    assert (sold["price"], sold["level"], sold["logger"], sold["request_id"]) == (2500, "info", "shop", "abc")
    assert "ZeroDivisionError" in broken["exception"]


def test_development_gets_lines_for_people():
    first = lines(json_wanted=False)[0]

    assert "sold a dress" in first
    assert not first.startswith("{")


def test_a_request_has_an_id_while_it_runs(client):
    seen = []

    class Watch(logging.Handler):
        def emit(self, record):
            seen.append(request_id())

    watch = Watch()
    logging.getLogger("django_structlog").addHandler(watch)
    level = logging.getLogger("django_structlog").level
    logging.getLogger("django_structlog").setLevel(logging.INFO)
    try:
        client.get("/healthz")
        client.get("/healthz")
    finally:
        logging.getLogger("django_structlog").removeHandler(watch)
        logging.getLogger("django_structlog").setLevel(level)

    assert len(set(seen)) == 2
    assert all(seen)
    assert request_id() == ""


def test_a_batch_names_every_request_it_goes_back_to():
    def context():
        return structlog.contextvars.get_contextvars()

    with bound_request_ids(["a", "", "a"], handler="h"):
        assert context() == {"request_id": "a", "handler": "h"}
    with bound_request_ids(["b", "a"]):
        assert context() == {"request_ids": ["a", "b"]}
    assert context() == {}


def test_a_socket_may_bind_an_id_of_its_own():
    with structlog.contextvars.bound_contextvars():
        structlog.contextvars.clear_contextvars()
        assert bind_request_id() == request_id() != ""
        assert bind_request_id("given") == request_id() == "given"
    structlog.contextvars.clear_contextvars()


def test_what_opens_an_account_is_hidden_in_a_path():
    mask = mask_paths(["/account/password/reset/key/"])
    line = {
        "event": "Not Found: /account/password/reset/key/1-abc-def/",
        "request": "GET /c/women/",
        "code": 404,
    }

    assert mask(None, "", line) == {
        "event": "Not Found: /account/password/reset/key/***/", "request": "GET /c/women/", "code": 404,
    }  # fmt: skip


def test_what_was_asked_for_is_hidden_in_a_refused_request():
    mask = mask_paths(["/news/mail/"])
    line = {"event": "Not Found: /search/", "request": "<WSGIRequest: GET '/search/?q=my+secret'>"}

    assert mask(None, "", line)["request"] == "<WSGIRequest: GET '/search/'>"
