"""API tokens: made, shown once, used, ended."""

import re
from datetime import timedelta

import pytest
from allauth.account import app_settings
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.errors import TooManyTokens
from accounts.models import AccessToken, Scope, User
from marketplace.core.errors import Invalid, NotFound, TooMany
from marketplace.core.rules import override
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/settings/tokens/"


@pytest.fixture
def ada(client) -> User:
    user = make.verified_user("ada")
    client.post("/account/login/", {"login": "ada", "password": make.PASSWORD})
    return user


def token_of(user: User, **fields):
    return services.make_token(user=user, **({"name": "script", "scopes": ["read"]} | fields))


def test_a_secret_opens_the_door_and_is_stored_nowhere():
    user = make.user()

    token, secret = token_of(user)

    assert services.token_for(secret).user == user
    assert secret.startswith("gng_")
    stored = AccessToken.objects.values().get(pk=token.pk)
    assert all(secret not in str(value) for value in stored.values())
    assert services.token_for(secret + "x") is None
    assert services.token_for("") is None


def test_the_use_of_a_token_is_noted_but_not_at_each_call(record_commands):
    token, secret = token_of(make.user())
    services.token_for(secret)
    token.refresh_from_db()

    assert timezone.now() - token.last_used_at < timedelta(seconds=10)
    with record_commands() as commands:
        services.token_for(secret)
    assert commands.names() == ["aggregate:accounts_accesstoken"]
    assert commands.plans() == []


def test_a_token_ends_with_its_day(client, ada):
    with pytest.raises(Invalid) as refusal:
        token_of(ada, expires_at=timezone.now() - timedelta(days=1))
    assert list(refusal.value.fields) == ["expires_at"]

    token, secret = token_of(ada, expires_at=timezone.now() + timedelta(minutes=1))
    assert services.token_for(secret)
    AccessToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    assert services.token_for(secret) is None
    assert "Ended" in client.get(ADDRESS).content.decode()


def test_a_closed_account_takes_its_tokens_with_it():
    user = make.user()
    _token, secret = token_of(user)

    services.close_account(actor=make.staff(), user=user)

    assert services.token_for(secret) is None


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "x" * 41}, {"scopes": []}, {"scopes": ["all"]}])
def test_a_token_that_breaks_a_rule_is_refused_at_the_field(fields):
    with pytest.raises(Invalid) as refusal:
        token_of(make.user(), **fields)

    assert list(refusal.value.fields) == list(fields)
    assert not AccessToken.objects.exists()


def test_there_is_a_most_and_a_rate():
    user = make.user()
    with override({"account.tokens_max": 1}):
        token_of(user)
        with pytest.raises(TooManyTokens):
            token_of(user)
    with override({"limit.token.count": 2}):
        token_of(user)
        token_of(user)
        with pytest.raises(TooMany):
            token_of(user)


def test_the_page_shows_the_secret_once(client, ada):
    answer = client.post(
        ADDRESS, {"name": "my script", "scopes": [Scope.READ, Scope.SOCIAL_WRITE], "expires_at": ""}
    )

    secret = re.search(r'value="(gng_[^"]+)"', answer.content.decode())[1]
    token = services.token_for(secret)
    assert (token.user, token.name, token.scopes) == (ada, "my script", ["read", "social:write"])
    assert "no-store" in answer["Cache-Control"]
    again = client.get(ADDRESS).content.decode()
    assert secret not in again
    assert token.prefix in again
    assert "my script" in again


def test_the_page_keeps_what_was_typed_when_it_refuses(client, ada):
    typed = {"name": "n" * 41, "scopes": ["listings:write"], "expires_at": "2099-12-31"}

    answer = client.post(ADDRESS, typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "1 to 40 characters" in page
    assert f'value="{typed["name"]}"' in page
    assert 'value="2099-12-31"' in page
    assert re.search(r'value="listings:write"[^>]* checked', page)
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "soon"])
def test_odd_days_are_no_accident(client, ada, day):
    answer = client.post(ADDRESS, {"name": "script", "scopes": ["read"], "expires_at": day})

    assert answer.status_code in {200, 422}


def test_a_token_is_revoked_after_asking(client, ada):
    token, secret = token_of(ada)
    page = client.get(ADDRESS).content.decode()
    assert "Revoke this token?" in page
    assert f'action="/settings/tokens/{token.pk}/revoke/"' in page

    client.post(f"/settings/tokens/{token.pk}/revoke/")

    assert services.token_for(secret) is None
    assert token.prefix not in client.get(ADDRESS).content.decode()


def test_nobody_ends_or_sees_the_tokens_of_another(client, ada):
    token, secret = token_of(make.user())

    assert client.post(f"/settings/tokens/{token.pk}/revoke/").status_code == 404
    assert client.get(f"/settings/tokens/{token.pk}/revoke/").status_code == 405
    assert token.prefix not in client.get(ADDRESS).content.decode()
    assert services.token_for(secret)
    with pytest.raises(NotFound):
        services.revoke_token(user=ada, token_id=token.pk)


def test_who_is_not_logged_in_is_asked_to(client):
    assert client.get(ADDRESS)["Location"] == f"/account/login/?next={ADDRESS}"


def test_a_session_that_is_not_fresh_is_asked_for_the_password_and_loses_nothing(client, ada):
    client.force_login(ada)
    typed = {"name": "my script", "scopes": ["read"], "expires_at": ""}

    with override({"account.password_again_seconds": 0}):
        asked = client.post(ADDRESS, typed)
        assert asked["Location"].startswith("/account/reauthenticate/")
        assert not AccessToken.objects.exists()
    wrong = client.post(asked["Location"], {"password": "guess"})
    assert not AccessToken.objects.exists()
    assert "That is not your password." in wrong.content.decode()
    made = client.post(asked["Location"], {"password": make.PASSWORD})

    assert AccessToken.objects.get().name == "my script"
    assert 'value="gng_' in made.content.decode()


@pytest.mark.parametrize("how", ["changed", "reset"])
def test_another_password_ends_every_token_and_every_other_session(client, ada, how):
    _token, secret = token_of(ada)
    other = Client()
    other.post("/account/login/", {"login": "ada", "password": make.PASSWORD})
    assert other.get(ADDRESS).status_code == 200
    new = {"password1": "a different set of words", "password2": "a different set of words"}
    thief = EmailAddress.objects.create(user=ada, email="thief@example.org")
    key = signing.dumps(str(thief.pk), salt=app_settings.SALT)

    if how == "changed":
        client.post("/account/password/change/", new | {"oldpassword": make.PASSWORD})
        assert client.get(ADDRESS).status_code == 200  # this session stays
    else:
        client.post("/account/password/reset/", {"email": ada.email}, headers={"Host": "localhost:1337"})
        link = re.search(rf"{settings.SITE_URL}(/account/password/reset/key/\S+)", mail.outbox[-1].body)[1]
        person = Client()
        page = person.get(link, follow=True)
        person.post(page.request["PATH_INFO"], new)

    assert services.token_for(secret) is None
    assert Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert other.get(ADDRESS).status_code == 302
    Client().post(
        f"/account/confirm-email/{key}/"
    )  # a change of address that was asked for with the old password
    ada.refresh_from_db()
    assert ada.email != "thief@example.org"
