"""Security headers of responses."""

import pytest
from django.test import Client

from tests import make

PATHS = ["/", "/rules/", "/nothing-here/", "/api/v1/categories/", "/healthz", "/account/login/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_forbids_what_the_shop_does_not_use(client: Client, path):
    policy = client.get(path).headers["Permissions-Policy"]

    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()"} <= set(policy.split(", "))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/closet-admin/", "/closet-admin/listings/listing/"])
def test_no_script_may_stand_inline_in_the_back_office(client: Client, path):
    client.force_login(make.user())

    page = client.get(path)

    allowed = page.headers["Content-Security-Policy"].split("script-src ")[1].split(";")[0]
    assert page.status_code == 200
    assert "unsafe-inline" not in allowed
    inline = [tag for tag in page.content.decode().split("<script")[1:] if "src=" not in tag.split(">")[0]]
    assert all("application/json" in tag.split(">")[0] for tag in inline), inline
