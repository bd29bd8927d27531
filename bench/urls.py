from django.http import HttpRequest, HttpResponse
from django.urls import path

from marketplace.urls import handler404, handler500  # noqa: F401
from marketplace.urls import urlpatterns as shop_urlpatterns


def hello(request: HttpRequest) -> HttpResponse:
    """The least a view can do, behind the same middleware."""
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), *shop_urlpatterns]
