"""Somebody types wrong passwords for an account; its owner still comes in, on the served site and in a real browser."""

import json
import re

import pytest

from tests import make

WRONG = "not the password"


def sign_in(page, url, password):
    page.goto(f"{url}/account/login/")
    page.fill("[name=login]", "ada")
    page.fill("[name=password]", password)
    page.click("form.form button")


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_an_account_under_attack_comes_in_by_a_mailed_code(site, browser):
    make.verified_user("ada")
    site.environ["RULES"] = json.dumps({"limit.login_account.count": 2})
    url = site.start_web("strict")
    home = browser.new_context().new_page()
    sign_in(home, url, make.PASSWORD)
    home.goto(f"{url}/account/logout/")
    home.click("form.form button")

    owner = browser.new_context().new_page()
    for _ in range(3):
        sign_in(owner, url, WRONG)
    assert "mail you a code" in owner.inner_text("[role=alert]")
    assert owner.input_value("[name=login]") == "ada"

    sign_in(home, url, make.PASSWORD)
    assert home.locator("a[href='/account/login/']").count() == 0

    owner.click("text=Mail me a code instead")
    owner.fill("[name=email]", "ada@example.org")
    owner.click("form.form button")
    mail = max(site.mails.iterdir(), key=lambda path: path.stat().st_mtime).read_text()
    owner.fill("[name=code]", re.search(r"^([A-Z0-9-]{5,})$", mail, re.MULTILINE)[1])
    owner.click("form.form button")
    owner.goto(f"{url}/settings/profile/")
    assert owner.url.endswith("/settings/profile/")
