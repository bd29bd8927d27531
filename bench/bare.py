"""The settings of a Django that has one view and nothing else: what the server itself can do."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "only-for-this-bench"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.bare"


def hello(request: HttpRequest) -> HttpResponse:
    """The least a view can do."""
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), path("healthz", hello)]
