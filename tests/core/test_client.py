"""The client's IP address behind trusted proxies: forged headers, limits, logs, allauth."""

import json
import logging
import urllib.error
import urllib.request

import pytest
from allauth.core.internal.ratelimit import get_ip
from django.test import RequestFactory

from marketplace.core.client import client_address, client_network
from marketplace.core.rules import override

PEER = "10.0.0.9"


def both(header: str, peer: str = PEER):
    """The same client as a request and as the scope of a socket."""
    headers = [(b"x-forwarded-for", header.encode())] if header else []
    forwarded = {"HTTP_X_FORWARDED_FOR": header} if header else {}
    yield RequestFactory().get("/", REMOTE_ADDR=peer, **forwarded)
    yield {"type": "websocket", "headers": headers, "client": [peer, 1234]}


@pytest.mark.parametrize(
    ("proxies", "header", "found"),
    [
        (0, "", PEER),
        (0, "203.0.113.5", PEER),
        (1, "", PEER),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.66, 203.0.113.5", "203.0.113.5"),
        (1, "203.0.113.5, nonsense", PEER),
        (1, "203.0.113.5,", PEER),
        (2, "198.51.100.66, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (2, "203.0.113.5", PEER),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"),
        (1, "::ffff:203.0.113.5", "203.0.113.5"),
    ],
)
def test_the_client_is_what_the_last_trusted_proxy_saw(settings, proxies, header, found):
    settings.TRUSTED_PROXIES = proxies

    assert [client_address(source) for source in both(header)] == [found, found]


def test_several_headers_count_as_one_in_their_order(settings):
    settings.TRUSTED_PROXIES = 1
    scope = {
        "headers": [(b"x-forwarded-for", b"6.6.6.6"), (b"x-forwarded-for", b"203.0.113.5")],
        "client": None,
    }

    assert client_address(scope) == "203.0.113.5"


def test_a_peer_without_an_address_is_no_accident():
    assert [client_network(source) for source in both("", peer="")] == ["unknown", "unknown"]


def test_addresses_of_one_ipv6_subscriber_count_together(settings):
    settings.TRUSTED_PROXIES = 1
    one, other, third = (
        client_network(next(both(address)))
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )

    assert one == other == "2001:db8:1:2::/64"
    assert third != one


@pytest.mark.django_db
def test_behind_a_proxy_the_api_limit_of_one_visitor_is_not_that_of_all(client, settings):
    settings.TRUSTED_PROXIES = 1

    def ask(forwarded):
        return client.get("/api/v1/categories/", headers={"x-forwarded-for": forwarded}).status_code

    with override({"limit.api.count": 2}):
        assert [ask("203.0.113.5") for _ in range(3)] == [200, 200, 429]
        assert ask("203.0.113.6") == 200
        assert ask("198.51.100.1, 203.0.113.5") == 429  # whatever it writes in front


@pytest.mark.django_db
def test_without_a_proxy_a_header_buys_no_more_requests(client):
    with override({"limit.api.count": 2}):
        answers = [
            client.get("/api/v1/categories/", headers={"x-forwarded-for": f"203.0.113.{n}"}) for n in range(3)
        ]

    assert [answer.status_code for answer in answers] == [200, 200, 429]


def test_allauth_counts_the_same_address(settings):
    settings.TRUSTED_PROXIES = 1

    assert get_ip(next(both("6.6.6.6, 203.0.113.5"))) == "203.0.113.5"


@pytest.mark.django_db
def test_the_log_says_the_same_address_and_no_query(client, settings):
    settings.TRUSTED_PROXIES = 1
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(record.msg)

    keep, logger = Keep(), logging.getLogger("django_structlog")
    logger.addHandler(keep)
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        client.get("/c/women/?size=ada@example.org", headers={"x-forwarded-for": "6.6.6.6, 203.0.113.5"})
    finally:
        logger.removeHandler(keep)
        logger.setLevel(level)

    finished = next(line for line in lines if line["event"] == "request_finished")
    assert finished["ip"] == "203.0.113.5"
    assert finished["request"] == "GET /c/women/"


@pytest.mark.django_db
def test_a_served_site_without_proxies_believes_no_forwarded_address(site):
    url = site.start_web("strict", RULES=json.dumps({"limit.api.count": 2}))

    def ask(forwarded):
        request = urllib.request.Request(f"{url}/api/v1/categories/", headers={"X-Forwarded-For": forwarded})
        try:
            return urllib.request.urlopen(request, timeout=5).status
        except urllib.error.HTTPError as error:
            return error.code

    assert [ask(f"203.0.113.{n}") for n in range(3)] == [200, 200, 429]
