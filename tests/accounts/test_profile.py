"""A person's profile page, with and without a picture."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import services
from accounts.models import User
from marketplace.core.errors import Invalid
from marketplace.core.rules import override
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "/settings/profile/"
TYPED = {"display_name": "Ada L.", "about": "Ginghams & pleats", "city": "London", "currency": "GBP"}


@pytest.fixture
def ada(client) -> User:
    user = make.verified_user("ada")
    client.force_login(user)
    return user


def test_a_person_says_who_they_are(client, ada, deliver):
    answer = client.post(ADDRESS, TYPED | {"avatar": make.jpeg(orientation=6, gps=True)})

    assert answer.status_code == 302
    assert "is being prepared" in client.get(ADDRESS).content.decode()
    deliver()
    ada.refresh_from_db()
    assert {name: getattr(ada, name) for name in TYPED} == TYPED
    with default_storage.open(ada.avatar_url.removeprefix("/media/")) as file:
        stored = file.read()
    assert stored[:4] == b"RIFF"
    assert b"Exif" not in stored and b"EXIF" not in stored
    page = client.get(ADDRESS).content.decode()
    assert 'value="Ada L."' in page
    assert ada.avatar_url in page


def test_a_refused_text_keeps_everything_that_was_typed_and_the_picture(client, ada):
    typed = TYPED | {"about": "x" * 501}

    answer = client.post(ADDRESS, typed | {"avatar": make.jpeg()})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"about": ["At most 500 characters."]}
    page = answer.content.decode()
    for text in ("Ada L.", "London", "x" * 501):
        assert text in page
    ada.refresh_from_db()
    assert ada.city == ""
    assert ada.avatar_next


def test_a_refused_picture_says_why_and_does_not_cost_the_texts(client, ada):
    answer = client.post(ADDRESS, TYPED | {"avatar": SimpleUploadedFile("cat.jpg", b"no picture at all")})

    assert answer.status_code == 422
    assert "cat.jpg is not a photo" in answer.context["form"].errors["avatar"][0]
    ada.refresh_from_db()
    assert (ada.display_name, ada.avatar) == ("Ada L.", "")


def test_a_picture_is_taken_off_without_losing_what_was_typed(client, ada):
    services.set_avatar(user=ada, upload=make.jpeg())

    client.post(ADDRESS, TYPED | {"remove_avatar": "1"})

    ada.refresh_from_db()
    assert (ada.avatar, ada.avatar_next, ada.display_name) == ("", "", "Ada L.")


def test_a_currency_that_we_do_not_know_is_refused(client, ada):
    answer = client.post(ADDRESS, TYPED | {"currency": "XXX"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["currency"]
    with pytest.raises(Invalid):
        services.edit_profile(user=ada, currency="XXX")


def test_too_many_changes_stand_on_the_form_with_what_was_typed(client, ada):
    with override({"limit.edit.count": 1}):
        client.post(ADDRESS, TYPED)
        answer = client.post(ADDRESS, TYPED | {"city": "Paris"})

    assert answer.status_code == 422
    assert "a lot in a short time" in answer.context["form"].non_field_errors()[0]
    assert 'value="Paris"' in answer.content.decode()


def test_who_is_not_logged_in_is_asked_to(client):
    answer = client.get(ADDRESS)

    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next={ADDRESS}"


def test_a_form_without_its_csrf_token_changes_nothing(ada):
    from django.test import Client

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(ada)

    assert careful.post(ADDRESS, TYPED).status_code == 403
    ada.refresh_from_db()
    assert ada.city == ""


def test_the_page_needs_few_queries(client, ada, record_commands):
    client.get(ADDRESS)

    with record_commands() as commands:
        client.get(ADDRESS)

    assert len(commands) <= 2, commands.names()
    assert commands.plans() == []
