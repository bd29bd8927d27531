"""What people may be called, and who gets a name that two want."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts import services
from accounts.models import User
from accounts.services.people import RESERVED
from marketplace.core.errors import Invalid
from marketplace.core.rules import override
from tests import make


@pytest.mark.parametrize("name", ["abc", "a_b", "a23456789012345678_0", "___", "007"])
def test_a_good_name(name):
    assert services.check_username(name) == []


@pytest.mark.parametrize(
    "name", ["", "ab", "a" * 21, "a b c", "a-b", "ädä", "Ada", "ada\n", "ａｄａ", *sorted(RESERVED)[:5]]
)
def test_a_name_that_nobody_can_have(name):
    assert services.check_username(name)


def test_the_lengths_are_the_rule_books():
    with override({"account.username_min": 5, "account.username_max": 6}):
        assert services.check_username("four")
        assert services.check_username("seven77")
        assert services.check_username("five5") == []


@pytest.mark.django_db
def test_everything_wrong_is_said_at_once():
    make.user("ada")

    with pytest.raises(Invalid) as refusal:
        services.register_user(email="ADA@example.org", username="-", password=make.PASSWORD)

    assert {name: len(texts) for name, texts in refusal.value.fields.items()} == {"username": 2, "email": 1}
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_of_ten_who_want_a_name_at_once_one_gets_it():
    def register(number: int) -> str:
        try:
            services.register_user(email=f"ada{number}@example.org", username="Ada", password=make.PASSWORD)
            return "made"
        except Invalid as refusal:
            return "".join(refusal.fields)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        outcomes = sorted(pool.map(register, range(10)))

    assert outcomes == ["made"] + ["username"] * 9
    assert User.objects.filter(username="ada").count() == 1
