import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import resolve
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import services
from accounts.models import AccessToken, Scope
from marketplace.core.rules import override
from tests import make
from tests.api.clients import as_person, type_password, with_token

pytestmark = pytest.mark.django_db
V1 = "/api/v1/"


def test_categories_and_brands_are_found():
    client = APIClient()

    tree = client.get(f"{V1}categories/").json()
    assert len(tree) > 250
    assert client.get(f"{V1}categories/{make.LEAF}/").json()["level"] == 3
    assert client.get(f"{V1}categories/nowhere/").status_code == 404
    found = client.get(f"{V1}brands/", {"prefix": "lev"}).json()["results"]
    assert "Levi's" in [row["name"] for row in found]
    assert all(row["name"].lower().startswith("lev") for row in found)


def test_a_closet_shows_what_is_public():
    ada = make.verified_user("ada", display_name="Ada", about="Small flat")
    make.listing(ada)
    make.draft(ada)
    client = APIClient()

    assert client.get(f"{V1}closets/ADA/").json()["about"] == "Small flat"
    assert len(client.get(f"{V1}closets/ada/listings/").json()["results"]) == 1
    assert client.get(f"{V1}closets/nobody/").status_code == 404


def test_me_reads_and_changes_the_profile():
    ada = make.verified_user("ada")
    client = as_person(ada)

    assert client.get(f"{V1}me/").json()["username"] == "ada"
    assert client.patch(f"{V1}me/", {"city": "Bristol"}).json()["city"] == "Bristol"
    refused = client.patch(f"{V1}me/", {"city": "x" * 61})
    assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, "city")
    assert client.put(f"{V1}me/avatar/", {"avatar": make.jpeg()}, format="multipart").json()["avatar_pending"]
    assert client.delete(f"{V1}me/avatar/").status_code == 204
    assert APIClient().get(f"{V1}me/").status_code == 401
    assert with_token(ada, "read").patch(f"{V1}me/", {"city": "Rome"}).status_code == 403


def test_tokens_are_made_shown_once_and_revoked():
    ada = make.verified_user()
    client = as_person(ada)

    asked = client.post(f"{V1}me/tokens/", {"name": "script", "scopes": ["read"]})
    assert (asked.status_code, asked.json()["code"]) == (403, "password_needed")
    type_password(client)
    made = client.post(f"{V1}me/tokens/", {"name": "script", "scopes": ["read"]}).json()
    bearer = APIClient()
    bearer.credentials(HTTP_AUTHORIZATION=f"Bearer {made['secret']}")
    assert bearer.get(f"{V1}me/").json()["username"] == ada.username
    assert "secret" not in client.get(f"{V1}me/tokens/").json()["results"][0]
    assert made["secret"] not in str(AccessToken.objects.values().get())
    assert AccessToken.objects.get().last_used_at is not None
    assert client.delete(f"{V1}me/tokens/{made['id']}/").status_code == 204
    assert bearer.get(f"{V1}me/").status_code == 401


def test_a_token_opens_no_more_than_it_may():
    ada, bo = make.verified_user(), make.verified_user()

    assert with_token(ada, "read").get(f"{V1}me/tokens/").status_code == 403
    assert with_token(ada, "social:write").get(f"{V1}listings/").status_code == 403
    token, _secret = services.make_token(user=bo, name="t", scopes=["read"])
    client = as_person(ada)
    type_password(client)
    assert client.delete(f"{V1}me/tokens/{token.pk}/").status_code == 404


def test_no_token_makes_sees_or_ends_tokens():
    ada = make.verified_user()
    client = with_token(ada, *Scope.values)
    token = AccessToken.objects.get()

    assert client.post(f"{V1}me/tokens/", {"name": "child", "scopes": ["read"]}).status_code == 403
    assert client.get(f"{V1}me/tokens/").status_code == 403
    assert client.delete(f"{V1}me/tokens/{token.pk}/").status_code == 403
    assert AccessToken.objects.get().is_revoked is False


def test_a_token_that_ran_out_is_refused():
    ada = make.verified_user()
    token, secret = services.make_token(
        user=ada, name="t", scopes=["read"], expires_at=timezone.now() + timedelta(hours=1)
    )
    AccessToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")

    answer = client.get(f"{V1}me/")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "authentication_failed"


def test_a_client_that_asks_too_much_is_told_until_when():
    with override({"limit.api.count": 2}):
        answers = [APIClient().get(f"{V1}categories/") for _ in range(3)]

    assert [row.status_code for row in answers] == [200, 200, 429]
    assert answers[0].headers["RateLimit-Remaining"] == "1"
    assert int(answers[2].headers["Retry-After"]) >= 1
    assert answers[2].json()["code"] == "too_many"


def test_the_schema_has_no_gaps(tmp_path):
    call_command("spectacular", "--fail-on-warn", "--validate", file=str(tmp_path / "schema.yml"))

    assert "openapi: 3.1.0" in (tmp_path / "schema.yml").read_text()


def test_the_schema_and_its_page_are_served(client):
    page = client.get(f"{V1}docs/")

    assert page.status_code == 200
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"].split("script-src")[1].split(";")[0]
    assert "https://" not in re.sub(r"https?://(www\.)?w3\.org\S*", "", page.content.decode())
    assert client.get(f"{V1}schema/").status_code == 200


def test_the_guide_names_addresses_that_exist():
    from pathlib import Path

    guide = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
    paths = set(re.findall(r"/api/v1/[\w/<>-]*", guide))
    assert len(paths) > 8
    for path in paths:
        concrete = re.sub(r"<(?:id|oid)>", "66f2c0a1b2c3d4e5f6a7b8c9", path).replace("<username>", "ada")
        resolve(re.sub(r"<\w+>", "x", concrete))
