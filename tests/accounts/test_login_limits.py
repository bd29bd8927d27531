"""Guessing passwords and tokens: who is stopped, who still comes in, what is written down."""

import logging
import re

import pytest
from django.core import mail
from django.test import Client

from accounts import api_auth, services
from accounts.models import User
from marketplace.core.rules import override
from tests import make

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
OWNER, ATTACKER, THIRD = "203.0.113.5", "198.51.100.9", "192.0.2.7"


@pytest.fixture(autouse=True)
def _behind_one_proxy(settings):
    settings.TRUSTED_PROXIES = 1
    api_auth._blocked.clear()


def sign_in(login="ada", password=make.PASSWORD, *, at=OWNER, client=None):
    client = client or Client()
    return client.post(LOGIN, {"login": login, "password": password}, headers={"x-forwarded-for": at})


def test_many_wrong_passwords_from_one_address_lock_nobody_else_out():
    make.verified_user("ada"), make.verified_user("bea")

    with override({"limit.login.count": 3}):
        answers = [sign_in(password="wrong", at=ATTACKER).status_code for _ in range(4)]
        right_but_locked = sign_in(at=ATTACKER)

        assert answers == [422, 422, 422, 429]
        assert right_but_locked.status_code == 429
        assert int(right_but_locked["Retry-After"]) > 0
        assert 'value="ada"' in right_but_locked.content.decode()
        assert "mail you a code" in right_but_locked.content.decode()
        assert sign_in("bea", at=ATTACKER).status_code == 302
        assert sign_in(at=OWNER).status_code == 302


def test_what_a_client_writes_into_the_header_itself_buys_no_tries():
    make.verified_user("ada")

    with override({"limit.login.count": 2}):
        answers = [sign_in(password="wrong", at=f"10.1.1.{n}, {ATTACKER}").status_code for n in range(3)]

    assert answers == [422, 422, 429]


def test_both_names_of_an_account_share_its_tries():
    make.verified_user("ada")

    with override({"limit.login.count": 2}):
        answers = [sign_in(name, "wrong").status_code for name in ("ada", "ADA@example.org", "Ada")]

    assert answers == [422, 422, 429]


def test_right_passwords_use_no_tries():
    make.verified_user("ada")

    with override({"limit.login.count": 2, "limit.login_account.count": 2, "limit.login_address.count": 2}):
        assert [sign_in().status_code for _ in range(5)] == [302] * 5


def test_one_address_cannot_try_every_account():
    with override({"limit.login_address.count": 2}):
        answers = [sign_in(f"somebody{n}", "wrong", at=ATTACKER).status_code for n in range(3)]
        assert answers == [422, 422, 429]
        assert sign_in("somebody", "wrong", at=THIRD).status_code == 422


def test_an_account_under_attack_from_everywhere_still_lets_its_owner_in():
    make.verified_user("ada")
    at_home, elsewhere = Client(), Client()
    assert sign_in(client=at_home).status_code == 302
    at_home.post("/account/logout/")

    with override({"limit.login_account.count": 3}):
        for n in range(4):
            attacked = sign_in(password="wrong", at=f"198.51.100.{n}")
        assert attacked.status_code == 429
        assert sign_in(at=THIRD, client=elsewhere).status_code == 429  # right, but from an unknown device

        assert sign_in(client=at_home).status_code == 302
        elsewhere.post("/account/login/code/", {"email": "ada@example.org"})
        code = re.search(r"^([A-Z0-9-]{5,})$", mail.outbox[-1].body, re.MULTILINE)[1]
        wrong = elsewhere.post("/account/login/code/confirm/", {"code": "WRONG1"})
        assert wrong.status_code == 422
        assert "_auth_user_id" not in elsewhere.session
        entered = elsewhere.post("/account/login/code/confirm/", {"code": code})

    assert entered.status_code == 302
    assert elsewhere.session["_auth_user_id"] == str(User.objects.get(username="ada").pk)


def test_a_known_device_has_tries_of_its_own_and_only_for_its_people():
    make.verified_user("ada"), make.verified_user("bea")
    device = Client()
    sign_in(client=device)
    device.post("/account/logout/")

    with override({"limit.login.count": 2, "limit.login_account.count": 1}):
        assert [sign_in(password="wrong", client=device).status_code for _ in range(3)] == [422, 422, 429]
        sign_in("bea", "wrong", at=ATTACKER)
        assert sign_in("bea", client=device).status_code == 429


def test_a_forged_or_old_device_is_an_unknown_one():
    person = make.verified_user("ada")
    device = Client()
    sign_in(client=device)
    device.post("/account/logout/")
    forged = Client()
    forged.cookies["device"] = f"x{device.cookies['device'].value}"

    with override({"limit.login_account.count": 1}):
        sign_in(password="wrong", at=ATTACKER)
        assert sign_in(client=forged).status_code == 429
        with override({"account.device_days": 0, "limit.login_account.count": 1}):
            assert sign_in(client=device).status_code == 429
        assert sign_in(client=device).status_code == 302
    assert person.pk


def test_a_code_by_mail_confirms_the_address_too():
    client = Client()
    client.post(
        "/account/signup/", {"email": "ada@example.org", "username": "ada", "password1": make.PASSWORD}
    )
    client.post("/account/logout/")
    person = User.objects.get(username="ada")

    client.post("/account/login/code/", {"email": person.email})
    code = re.search(r"^([A-Z0-9-]{5,})$", mail.outbox[-1].body, re.MULTILINE)[1]
    client.post("/account/login/code/confirm/", {"code": code})

    person.refresh_from_db()
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.is_email_verified


def test_a_failed_login_is_logged_without_what_was_typed(caplog):
    make.verified_user("ada")

    with caplog.at_level(logging.WARNING, "accounts.services.sign_in"):
        sign_in(password="secret words", at=ATTACKER)
        sign_in("my password in the wrong field", "x", at=ATTACKER)

    first, second = [record for record in caplog.records if record.getMessage() == "login failed"]
    assert (first.account, first.address) == ("ada", ATTACKER)
    assert second.account.startswith("unknown-")
    assert "secret words" not in str([vars(first), vars(second)])
    assert "wrong field" not in str(vars(second))


MAILED = [
    ("/account/password/reset/", {"email": "ada@example.org"}),
    ("/account/login/code/", {"email": "ada@example.org"}),
]


@pytest.mark.parametrize(("page", "typed"), MAILED)
def test_nobody_is_flooded_with_mails(page, typed):
    make.verified_user("ada")

    with override({"limit.account_mail.count": 2}):
        answers = [Client().post(page, typed, headers={"x-forwarded-for": f"10.0.0.{n}"}) for n in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert 'value="ada@example.org"' in answers[-1].content.decode()
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("page", ["signup/", "password/reset/", "login/code/"])
def test_one_address_cannot_send_these_forms_for_ever(page):
    def send(at):
        typed = {"email": "nonsense", "username": "x", "password1": "x"}
        return Client().post(f"/account/{page}", typed, headers={"x-forwarded-for": at}).status_code

    with override({"limit.entrance.count": 2}):
        assert [send(ATTACKER) for _ in range(3)] == [422, 422, 429]
        assert send(OWNER) == 422


def test_one_person_cannot_guess_the_present_password_for_ever(client):
    client.force_login(make.verified_user())
    typed = {
        "oldpassword": "guess",
        "password1": "a different set of words",
        "password2": "a different set of words",
    }

    with override({"limit.password.count": 2}):
        answers = [client.post("/account/password/change/", typed).status_code for _ in range(3)]

    assert answers == [422, 422, 429]


WINDOWS = [
    "limit.login.seconds", "limit.login_account.seconds", "limit.login_address.seconds", "limit.entrance.seconds",
    "limit.account_mail.seconds", "limit.password.seconds", "limit.bearer.seconds",
]  # fmt: skip


@pytest.mark.parametrize("window", WINDOWS)
def test_the_window_of_each_limit_is_in_the_book(window, client):
    scope = window.split(".")[1]
    make.verified_user("ada")
    client.force_login(make.verified_user())
    doors = {
        "entrance": lambda: Client().post("/account/signup/", {}),
        "account_mail": lambda: Client().post("/account/password/reset/", {"email": "ada@example.org"}),
        "password": lambda: client.post("/account/password/change/", {}),
        "bearer": lambda: Client().get("/api/v1/me/", headers={"Authorization": "Bearer gng_guess"}),
    }
    door = doors.get(scope, lambda: sign_in(password="wrong", at=ATTACKER))

    with override({f"limit.{scope}.count": 1, window: 90_000}):
        door()
        answer = door()

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 80_000


def test_a_password_has_the_length_of_the_book(client):
    with override({"account.password_min": 30}):
        page = client.get("/account/signup/").content.decode()
        typed = {"email": "ada@example.org", "username": "ada", "password1": make.PASSWORD}
        answer = client.post("/account/signup/", typed)

    assert "At least 30 characters" in page
    assert answer.status_code == 422
    assert "at least 30 characters" in " ".join(answer.context["form"].errors["password1"])


def test_wrong_tokens_are_counted_by_address_before_they_are_looked_up(record_commands):
    person = make.verified_user()
    _token, good = services.make_token(user=person, name="t", scopes=["read"])

    def ask(secret, at=ATTACKER):
        headers = {"Authorization": f"Bearer {secret}", "x-forwarded-for": at}
        return Client().get("/api/v1/me/", headers=headers).status_code

    with override({"limit.bearer.count": 2}):
        assert [ask("gng_guess") for _ in range(3)] == [401, 401, 429]
        with record_commands() as asked:
            assert ask(good) == 429
        assert [name for name in asked.names() if "accesstoken" in name] == []
        assert ask(good, at=OWNER) == 200


WRONG = [
    ("login/", {"login": "ada", "password": "wrong"}),
    ("signup/", {"email": "x", "username": "x", "password1": "x"}),
    ("password/reset/", {"email": "x"}),
    ("login/code/", {"email": "x"}),
]
WRONG_INSIDE = [
    ("reauthenticate/", {"password": "wrong"}),
    ("password/change/", {"oldpassword": "wrong", "password1": "x", "password2": "y"}),
    ("email/", {"email": "x", "action_add": "1"}),
]


@pytest.mark.parametrize(("page", "typed"), WRONG + WRONG_INSIDE)
def test_a_refused_form_says_so_in_its_status(client, page, typed):
    make.verified_user("ada")
    if (page, typed) in WRONG_INSIDE:
        client.force_login(make.verified_user())

    answer = client.post(f"/account/{page}", typed)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
