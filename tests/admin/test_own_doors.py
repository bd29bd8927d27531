"""The admin's built-in doors that would pass by our services lead to the shop's own, or nowhere."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from accounts.models import User
from listings.models import Listing
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["closet-admin", "staff"])
def desk(request):
    person = make.staff()
    client = Client(raise_request_exception=False)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return f"/{request.param}/", client, person


def test_a_password_is_changed_on_the_shops_own_page_only(desk):
    address, client, person = desk
    new = {
        "old_password": make.PASSWORD,
        "new_password1": "another set of words",
        "new_password2": "another set of words",
    }

    answer = client.post(f"{address}password_change/", new)

    assert answer["Location"] == "/account/password/change/"
    assert User.objects.get(pk=person.pk).check_password(make.PASSWORD)
    assert client.get(f"{address}password_change/done/").status_code == 404


def test_logging_out_of_the_back_office_is_the_shops_logging_out(desk):
    address, client, _person = desk

    answer = client.post(f"{address}logout/", follow=True)

    assert answer.redirect_chain[0] == ("/account/logout/", 307)
    assert "_auth_user_id" not in client.session


def test_no_door_tells_the_title_of_anothers_draft(desk):
    address, client, _person = desk
    draft = make.draft(title="A secret dress")
    kind = ContentType.objects.get_for_model(Listing)

    for path in (f"r/{kind.pk}/{draft.pk}/", "r/zz/zz/", "autocomplete/"):
        answer = client.get(f"{address}{path}")
        assert answer.status_code == 404, path
        assert "secret" not in answer.headers.get("Location", "")


def test_the_pages_still_link_to_what_is_there(desk):
    address, client, person = desk
    listing = make.listing(person)

    page = client.get(f"{address}listings/listing/{listing.pk}/change/").content.decode()

    assert listing.get_absolute_url() in page
    assert f"{address}password_change/" in page
    assert client.get(f"{address}listings/")["Location"] == address


@pytest.mark.parametrize(
    "asked",
    [
        "password__startswith=a",
        "title__regex=(",
        "facets__contains=1",
        "title__startswith=%00",
        "seller__password=x",
    ],
)
def test_lists_answer_no_question_that_they_do_not_offer(asked):
    desk = Client()
    desk.force_login(make.staff(), "django.contrib.auth.backends.ModelBackend")

    for address in ("/staff/accounts/user/", "/staff/listings/listing/", "/closet-admin/listings/listing/"):
        assert desk.get(f"{address}?{asked}").status_code in (302, 400), address
