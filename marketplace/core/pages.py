"""Refusals (DomainError) as pages: on a form, as a toast for htmx, as a page with the status of the refusal."""

from collections.abc import Callable

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from marketplace.core.api import is_api, problem_document
from marketplace.core.errors import DomainError, NotFound
from marketplace.core.person_cache import note_write
from marketplace.core.reads import SAFE_METHODS, as_refusal, bounded_reads


def add_refusal(form: BaseForm, refusal: DomainError) -> None:
    """Puts a service's refusal on the form: each field's texts at its field, the rest on top."""
    for name, texts in refusal.fields.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)
    if not refusal.fields:
        form.add_error(None, str(refusal.message))


def back_to(request: HttpRequest, default: str) -> str:
    """The local path a form asked to return to (`next`), or the default: never another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else default


class RefusalMiddleware:
    """Bounds the reads of a request, notes its writes, and renders a refusal that no view has caught.

    As a toast for htmx, as a page in words otherwise.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_read = request.method in SAFE_METHODS
        with bounded_reads(is_read):
            response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            if not is_read:
                note_write(response)
            if not response.has_header("Cache-Control"):
                response.headers["Cache-Control"] = "private"  # no proxy keeps what is one person's
        return response

    def process_exception(self, request: HttpRequest, exc: Exception) -> HttpResponse | None:
        exc = as_refusal(exc)
        if not isinstance(exc, DomainError):
            return None
        if is_api(request):
            return problem_document(exc)
        template = "404.html" if isinstance(exc, NotFound) else "refusal.html"
        if getattr(request, "htmx", False):
            template = "components/toast.html"
        context = {"refusal": exc, "message": exc.text, "level": "error"}
        response = render(request, template, context, status=exc.status)
        if getattr(request, "htmx", False):
            response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#toasts", "beforeend"
        if "retry_after" in exc.extra:
            response.headers["Retry-After"] = str(exc.extra["retry_after"])
        return response
