"""Pages that belong to no app: the rule book, health, media, and what to say when something is not there."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.core import health, rules

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def rule_book(request: HttpRequest) -> HttpResponse:
    """Every fee, limit and timer in words."""
    context = {"version": rules.current_version(), "book": rules.book(), "changes": rules.CHANGES}
    return render(request, "rules.html", context)


@require_safe
def rule_book_json(request: HttpRequest) -> JsonResponse:
    """The rule book for programs."""
    return JsonResponse(rules.as_json())


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """A public rendition. Names are content hashes, so browsers keep them for ever; production serves them itself."""
    if not default_storage.exists(name):
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FileResponse(
        default_storage.open(name),
        content_type=kind,
        headers={"Cache-Control": FOR_EVER, "X-Content-Type-Options": "nosniff"},
    )


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers; it asks nobody else."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether pages can be answered: each dependency and its latency; 503 when one that every page needs is away."""
    ready, report = health.report()
    return JsonResponse(report, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
