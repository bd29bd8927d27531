"""Signing up, confirming the address, logging in, and the ways back in."""

import re

import pytest
from django.core import mail

from accounts.models import User
from tests import make

pytestmark = pytest.mark.django_db
GOOD = {"email": "Ada@Example.org", "username": "Ada_L", "password1": make.PASSWORD}


def link_in(message: mail.EmailMessage) -> str:
    found = re.search(r"https?://[^/]+(/account/\S+)", message.body)
    assert found, message.body
    return found[1]


def sign_up(client, **changes):
    return client.post("/account/signup/", GOOD | changes)


def test_a_person_signs_up_confirms_and_logs_in_by_either_name(client):
    answer = sign_up(client)

    assert answer.status_code == 302
    user = User.objects.get(username="ada_l")
    assert (user.email, user.is_email_verified) == ("ada@example.org", False)
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    assert mail.outbox[0].subject == "Gingham: Confirm your address"
    assert mail.outbox[0].alternatives[0].mimetype == "text/html"

    address = link_in(mail.outbox[0])
    assert b"Yes, confirm" in client.get(address).content
    assert not User.objects.get(pk=user.pk).is_email_verified  # looking is not confirming: mail scanners look
    assert client.post(address, follow=True).status_code == 200
    assert User.objects.get(pk=user.pk).is_email_verified

    for name in ("ADA@example.org", "ada_l", "Ada_L"):
        client.logout()
        answer = client.post("/account/login/", {"login": name, "password": make.PASSWORD})
        assert answer.status_code == 302, name
        assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("username", "a", "3 to 20 characters"),
        ("username", "A-very-long-name-with-dashes", "letters a to z"),
        ("username", "A-very-long-name-with-dashes", "3 to 20 characters"),
        ("username", "Admin", "reserved"),
        ("username", "TAKEN", "This username is taken."),
        ("email", "taken@example.org", "There is an account with this address already."),
        ("email", "nonsense", "valid email"),
        ("password1", "12345678", "too common"),
        ("password1", "short", "at least 8 characters"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(client, field, value, says):
    make.user("taken")

    answer = sign_up(client, **{field: value})

    form = answer.context["form"]
    assert says in " ".join(form.errors[field])
    assert set(form.errors) == {field}
    kept = {name: typed for name, typed in (GOOD | {field: value}).items() if name != "password1"}
    for typed in kept.values():
        assert f'value="{typed}"' in answer.content.decode()
    assert User.objects.count() == 1
    assert mail.outbox == []


def test_who_is_slower_by_a_moment_gets_a_refusal_at_the_field(client, monkeypatch):
    make.user("ada_l")
    monkeypatch.setattr(
        "accounts.adapter.AccountAdapter.clean_username", lambda self, name, shallow=False: name.lower()
    )

    answer = sign_up(client)

    assert answer.status_code == 422
    assert answer.context["form"].errors["username"] == ["This username is taken."]
    assert 'value="Ada@Example.org"' in answer.content.decode()


def test_wrong_passwords_say_so_without_saying_who_exists(client):
    make.user("ada")

    known = client.post("/account/login/", {"login": "ada", "password": "wrong"})
    unknown = client.post("/account/login/", {"login": "nobody", "password": "wrong"})

    assert known.context["form"].errors == unknown.context["form"].errors
    assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_come_in(client):
    user = make.verified_user("ada")
    User.objects.filter(pk=user.pk).update(is_active=False)

    answer = client.post("/account/login/", {"login": "ada", "password": make.PASSWORD}, follow=True)

    assert "This account is closed" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client):
    make.verified_user("ada")

    client.post("/account/password/reset/", {"email": "ada@example.org"})
    address = link_in(mail.outbox[0])
    page = client.get(address, follow=True)
    new = {"password1": "a different set of words", "password2": "a different set of words"}
    done = client.post(page.request["PATH_INFO"], new, follow=True)

    assert done.status_code == 200
    assert client.post("/account/login/", {"login": "ada", "password": new["password1"]}).status_code == 302
    client.logout()
    assert "This link has ended" in client.get(address, follow=True).content.decode()
    assert mail.outbox[-1].subject == "Gingham: Your password was changed"


def test_asking_for_a_password_does_not_say_whether_there_is_an_account(client):
    make.verified_user("ada")

    known = client.post("/account/password/reset/", {"email": "ada@example.org"}, follow=True)
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"}, follow=True)

    assert known.content == unknown.content
    assert client.get("/account/password/reset/key/zzz-bad/").status_code == 200


def test_changing_the_password_changes_nothing_else(client):
    user = make.verified_user("ada")
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(city="London")  # meanwhile, elsewhere

    answer = client.post("/account/password/change/", {
        "oldpassword": make.PASSWORD, "password1": "a different set of words", "password2": "a different set of words",
    })  # fmt: skip

    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.city == "London"
    assert user.check_password("a different set of words")


def test_the_link_is_sent_again_and_a_mistyped_address_can_be_changed(client):
    user = make.user("ada")
    client.force_login(user)
    client.post("/account/reauthenticate/", {"password": make.PASSWORD})
    client.get("/account/email/")

    client.post("/account/email/", {"email": user.email, "action_send": "1"})
    assert mail.outbox[-1].to == ["ada@example.org"]

    client.post("/account/email/", {"email": "ada@new.example.org", "action_add": "1"})
    assert mail.outbox[-1].to == ["ada@new.example.org"]
    client.post(link_in(mail.outbox[-1]))
    user.refresh_from_db()
    assert (user.email, user.is_email_verified) == ("ada@new.example.org", True)


def test_an_address_of_somebody_else_cannot_be_taken_over(client):
    make.user("bob")
    ada = make.verified_user("ada")
    client.force_login(ada)

    answer = client.post("/account/email/", {"email": "bob@example.org", "action_add": "1"})

    assert answer.context["form"].errors["email"] == ["There is an account with this address already."]
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"


def test_a_mail_server_that_is_away_costs_no_account(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answer = client.post("/account/signup/", GOOD, follow=True)

    assert answer.status_code == 200
    assert "could not send you the mail" in answer.content.decode()
    assert User.objects.filter(username="ada_l").exists()


PAGES = ["login/", "signup/", "logout/", "inactive/", "confirm-email/", "confirm-email/nonsense/", "password/reset/",
         "password/reset/done/", "password/reset/key/done/", "password/reset/key/abc-def/"]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_in_our_own_look(client, page):
    answer = client.get(f"/account/{page}", follow=True)

    assert answer.status_code == 200
    assert 'class="site-head"' in answer.content.decode()


@pytest.mark.parametrize("page", ["email/", "password/change/", "reauthenticate/", "logout/"])
def test_every_page_of_somebody_logged_in_is_in_our_own_look(client, page):
    client.force_login(make.verified_user())

    answer = client.get(f"/account/{page}")

    assert answer.status_code == 200
    assert 'class="site-head"' in answer.content.decode()


def test_no_lookup_of_the_account_pages_scans_everybody(client, record_commands):
    make.verified_user("ada")

    with record_commands() as commands:
        sign_up(client, email="bea@example.org", username="bea")
        client.post(link_in(mail.outbox[0]))
        client.logout()
        client.post("/account/login/", {"login": "bea", "password": make.PASSWORD})
        client.logout()
        client.post("/account/login/", {"login": "ada@example.org", "password": make.PASSWORD})
        client.post("/account/password/reset/", {"email": "ada@example.org"})

    assert [plan for plan in commands.plans() if "COLLSCAN" in plan] == []


def test_an_address_changes_only_after_the_password_was_typed(client):
    user = make.verified_user("ada")
    client.force_login(user)

    asked = client.post("/account/email/", {"email": "ada@new.example.org", "action_add": "1"})
    assert asked["Location"].startswith("/account/reauthenticate/")
    assert mail.outbox == []
    client.post(asked["Location"], {"password": make.PASSWORD})

    assert mail.outbox[-1].to == ["ada@new.example.org"]
