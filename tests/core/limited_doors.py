"""One request of each scope of limits, through the API, by one person."""

from accounts.models import User
from listings.models import Listing
from social.models import Comment
from tests import make


def asked(client, method, path, data=None, **options):
    """What the API answers to the same person, who logs in once."""
    if "sessionid" not in client.cookies:
        client.force_login(make.verified_user(), "django.contrib.auth.backends.ModelBackend")
    return getattr(client, method)(f"/api/v1/{path}", data, **{"content_type": "application/json", **options})


def own(client, thing):
    """A draft or a comment of the person who asks."""
    asked(client, "get", "me/")
    person = User.objects.get(pk=client.session["_auth_user_id"])
    return thing(person)


def upload(client):
    mine = own(
        client, lambda person: Listing.objects.filter(seller=person).first() or make.draft(person, photos=0)
    )
    return client.post(f"/api/v1/listings/{mine.pk}/photos/", {"photos": [make.jpeg()]})


def edit(client):
    said = own(
        client, lambda person: Comment.objects.filter(author=person).first() or make.comment(author=person)
    )
    return asked(client, "patch", f"comments/{said.pk}/", {"body": f"Words {said.revision}"})


def say(client):
    listing = Listing.objects.first() or make.listing()
    return asked(client, "post", f"listings/{listing.pk}/comments/", {"body": "Hello"})


def like(client):
    listing = Listing.objects.first() or make.listing()
    return asked(client, "put", f"listings/{listing.pk}/like/")


def make_token(client, name="t"):
    asked(client, "get", "me/")
    client.post("/account/reauthenticate/", {"password": make.PASSWORD})
    return asked(client, "post", "me/tokens/", {"name": name, "scopes": ["read"]})


DOORS = {
    "comment": say, "comment_edit": edit, "like": like, "photo": upload, "token": make_token,
    "listing": lambda c: asked(c, "post", "listings/", {}),
    "edit": lambda c: asked(c, "patch", "me/", {"city": "Bremen"}),
}  # fmt: skip
