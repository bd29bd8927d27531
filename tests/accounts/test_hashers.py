"""Passwords are compared one at a time, and few wait for it."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client

from accounts import hashers
from accounts.errors import TooManyHashes


def test_a_password_is_still_a_password():
    stored = make_password("a good set of words")

    assert check_password("a good set of words", stored) and not check_password("another", stored)


def test_past_the_bound_the_others_are_told_to_come_again(monkeypatch):
    monkeypatch.setattr(hashers, "_inside", threading.BoundedSemaphore(2))
    stored = make_password("words")
    with hashers._turn(), ThreadPoolExecutor(1) as threads:
        waits = threads.submit(check_password, "words", stored)
        while hashers._inside._value:  # until it waits for its turn
            time.sleep(0.01)
        with pytest.raises(TooManyHashes):
            check_password("words", stored)
        assert not waits.done()
        hashers._running.release()  # ends the turn of this test
        assert waits.result(10)
        hashers._running.acquire()

    assert check_password("words", stored)  # every turn was given back


@pytest.mark.django_db
def test_the_page_says_so(monkeypatch):
    monkeypatch.setattr(hashers, "_inside", threading.BoundedSemaphore(1))
    with hashers._turn():
        answer = Client().post("/account/login/", {"login": "ada", "password": "words"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
