"""The connection to Elasticsearch gives up within seconds, and says how."""

import socket
import time

import pytest
from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch

from marketplace.search_client import CONNECT_SECONDS, READ_SECONDS, elasticsearch_dsl


def seconds_until_given_up(port: int) -> float:
    client = Elasticsearch(**elasticsearch_dsl([f"http://127.0.0.1:{port}"])["default"])
    begun = time.monotonic()
    with pytest.raises(ConnectionTimeout):
        client.info()
    return time.monotonic() - begun


def test_a_server_that_takes_no_connection_is_given_up_first():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for client in waiting:  # they fill the queue that nobody accepts from
            client.setblocking(False)
            client.connect_ex(listener.getsockname())

        taken = seconds_until_given_up(listener.getsockname()[1])

        for client in waiting:
            client.close()
    assert CONNECT_SECONDS * 0.9 < taken < CONNECT_SECONDS * 2


def test_a_server_that_does_not_answer_is_asked_once():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = seconds_until_given_up(listener.getsockname()[1])

    assert READ_SECONDS * 0.9 < taken < READ_SECONDS * 1.5


def test_without_an_address_there_is_no_connection():
    assert elasticsearch_dsl([]) == {}
