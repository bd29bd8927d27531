import pytest
from django.test import Client
from django.utils import timezone

from listings.models import Status
from marketplace.core.rules import override
from social import services
from social.models import Comment
from tests import make
from tests.admin.test_services_only import client_of

pytestmark = pytest.mark.django_db


def comments_url(listing):
    return f"/listings/{listing.pk}/comments/"


def test_a_comment_is_posted_without_scripts():
    listing, ada = make.listing(), make.verified_user()

    answer = client_of(ada).post(comments_url(listing), {"body": "Any stains?"})

    comment = Comment.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{listing.get_absolute_url()}#comment-{comment.pk}")
    assert "Any stains?" in Client().get(listing.get_absolute_url()).content.decode()


@pytest.mark.parametrize("body", ["x" * 501, " "])
def test_a_refusal_keeps_what_was_typed(body):
    listing = make.listing()

    answer = client_of(make.verified_user()).post(comments_url(listing), {"body": body})

    assert answer.status_code == 422
    assert body in answer.content.decode()
    assert Comment.objects.count() == 0


def test_a_key_too_long_is_refused_and_keeps_what_was_typed():
    listing = make.listing()

    answer = client_of(make.verified_user()).post(
        comments_url(listing), {"body": "My words", "request_key": "k" * 61}
    )

    assert answer.status_code == 422
    assert "My words" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_a_person_without_a_confirmed_address_keeps_their_words():
    listing = make.listing()

    answer = client_of(make.user()).post(comments_url(listing), {"body": "My words"})

    assert answer.status_code == 403
    assert "My words" in answer.content.decode()


def test_what_people_write_is_shown_as_text():
    make.user("bobby")
    comment = make.comment(body="<script>alert(1)</script> @bobby & <b>")

    page = Client().get(comment.listing.get_absolute_url()).content.decode()

    assert "<script>alert(1)" not in page
    assert '<a href="/closet/bobby/">@bobby</a>' in page


def test_visitors_write_nothing():
    listing = make.listing()

    assert Client().post(comments_url(listing), {"body": "Hi"}).url.startswith("/account/login/")
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUSPENDED])
def test_the_thread_of_a_hidden_listing_is_not_found(status):
    listing = make.listing(status=status)
    other = client_of(make.verified_user())

    assert other.get(f"{comments_url(listing)}earlier/").status_code == 404
    assert other.post(comments_url(listing), {"body": "Hi"}).status_code == 404


def test_earlier_comments_are_a_page_and_a_fragment():
    listing = make.listing()
    for n in range(3):
        make.comment(listing, body=f"Number {n}")
    with override({"thread.page_size": 2, "page.cache_seconds": 0}):
        page = Client().get(listing.get_absolute_url()).content.decode()
        assert "Number 0" not in page
        link = page.split("/comments/earlier/?before=")[1].split('"')[0]
        url = f"{comments_url(listing)}earlier/?before={link}"
        assert "Number 0" in Client().get(url).content.decode()
        rows = Client().get(url, headers={"HX-Request": "true"}).content.decode()

    assert "Number 0" in rows
    assert "<html" not in rows


def test_edit_and_remove_by_the_right_and_the_wrong_person():
    comment = make.comment()
    edit, remove = f"/comments/{comment.pk}/edit/", f"/comments/{comment.pk}/remove/"
    other, author = client_of(make.verified_user()), client_of(comment.author)

    assert other.post(edit, {"body": "Mine"}).status_code == 403
    assert other.post(remove).status_code == 403
    assert author.get(edit).status_code == 200
    assert author.post(edit, {"body": "Better"}).status_code == 302
    assert Comment.objects.get().body == "Better"
    assert author.get(remove).status_code == 405
    assert author.post(remove).status_code == 302
    assert Comment.objects.get().is_removed


def test_only_the_seller_closes_the_conversation():
    listing = make.listing()
    url = f"{comments_url(listing)}lock/"

    assert client_of(make.verified_user()).post(url).status_code == 403
    assert client_of(listing.seller).post(url, {"lock": "1"}).status_code == 302
    page = client_of(make.verified_user()).get(listing.get_absolute_url()).content.decode()

    assert "closed this conversation" in page
    refused = client_of(make.verified_user()).post(comments_url(listing), {"body": "But I must"})
    assert (refused.status_code, "But I must" in refused.content.decode()) == (409, True)


def test_the_page_knows_the_rules_of_the_thread():
    listing = make.listing()
    with override({"thread.typing_seconds": 9, "comment.max": 77, "page.cache_seconds": 0}):
        page = client_of(make.verified_user()).get(listing.get_absolute_url()).content.decode()

    assert 'data-typing-seconds="9"' in page
    assert 'maxlength="77"' in page


def test_the_api_says_the_same():
    from rest_framework.test import APIClient

    from tests.api.clients import as_person, with_token

    listing, ada = make.listing(), make.verified_user("ada")
    url = f"/api/v1/listings/{listing.pk}/comments/"
    program = with_token(ada, "read", "social:write")

    made = program.post(url, {"body": "Hello", "request_key": "k"})
    assert (made.status_code, made.json()["author"]) == (201, "ada")
    assert program.post(url, {"body": "Hello", "request_key": "k"}).json()["id"] == made.json()["id"]
    assert program.post(url, {"body": ""}).json()["code"] == "comment_invalid"
    assert APIClient().post(url, {"body": "Hi"}).status_code == 401
    assert with_token(ada, "read").post(url, {"body": "Hi"}).status_code == 403
    one = f"/api/v1/comments/{made.json()['id']}/"
    assert program.patch(one, {"body": "Hello!"}).json()["revision"] == 2
    assert as_person(make.verified_user()).delete(one).status_code == 403
    assert program.delete(one).status_code == 204
    assert APIClient().get(url).json()["results"][0]["removed_by"] == "author"
    like = f"/api/v1/listings/{listing.pk}/like/"
    assert [program.put(like).status_code for _ in range(2)] == [204, 204]
    assert len(program.get("/api/v1/me/likes/").json()["results"]) == 1
    assert program.delete(like).status_code == 204
    assert services.liked_among(user=ada, listing_ids=[listing.pk]) == set()


def test_an_empty_thread_says_from_when_on_it_has_to_be_told():
    before = int(timezone.now().timestamp() * 1000)

    page = Client().get(make.listing().get_absolute_url()).content.decode()

    since = int(page.split('data-since="')[1].split('"')[0])
    assert before <= since <= timezone.now().timestamp() * 1000
