from django.http import HttpRequest, HttpResponse
from django.urls import path

from marketplace.urls import handler404, handler500, urlpatterns as shop_urlpatterns  # noqa: F401


def hello(request: HttpRequest) -> HttpResponse:
    """The least a view can do, behind the same middleware."""
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), *shop_urlpatterns]
