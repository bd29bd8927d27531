"""Passwords are compared one at a time, and few wait for it."""

import threading
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
    stored, gate = make_password("words"), threading.Barrier(8)

    def attempt(_number):
        gate.wait()
        try:
            return check_password("wrong", stored)
        except TooManyHashes:
            return None

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(attempt, range(8)))

    assert answers.count(None) >= 1 and False in answers
    assert check_password("words", stored)  # every turn was given back


@pytest.mark.django_db
def test_the_page_says_so(monkeypatch):
    monkeypatch.setattr(hashers, "_inside", threading.BoundedSemaphore(1))
    with hashers._turn():
        answer = Client().post("/account/login/", {"login": "ada", "password": "words"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
