"""API clients for tests."""

from rest_framework.test import APIClient

from accounts import services
from tests.make import PASSWORD


def as_person(person, *, enforce_csrf=False):
    """Somebody in a browser session."""
    client = APIClient(enforce_csrf_checks=enforce_csrf)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def with_token(person, *scopes):
    """A program with a token."""
    _token, secret = services.make_token(user=person, name="test", scopes=scopes)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def type_password(client):
    """Types the person's password again in the session of `client`, as a page asks for it."""
    assert (
        client.post("/account/reauthenticate/", {"password": PASSWORD}, format="multipart").status_code == 302
    )
