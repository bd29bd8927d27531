import pytest

from marketplace.core import ratelimit
from marketplace.core.errors import TooMany
from marketplace.core.ratelimit import spend
from marketplace.core.rules import override


def test_a_limit_opens_again_and_says_when():
    with override({"limit.comment.count": 2, "limit.comment.seconds": 60}):
        assert spend("comment", "ada").remaining == 1
        assert spend("comment", "ada").headers()["RateLimit-Remaining"] == "0"
        with pytest.raises(TooMany) as refused:
            spend("comment", "ada")

    assert 1 <= refused.value.retry_after <= 61
    assert refused.value.extra["limit"] == 2


def test_one_persons_limit_is_not_anothers():
    with override({"limit.comment.count": 1, "limit.comment.seconds": 60}):
        spend("comment", "ada")
        assert spend("comment", "bo").remaining == 0


def test_without_valkey_the_action_goes_through(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    ratelimit._spend_script.cache_clear()
    try:
        with override({"limit.comment.count": 1}):
            assert spend("comment", "ada") is None
            assert spend("comment", "ada") is None
    finally:
        ratelimit._spend_script.cache_clear()
