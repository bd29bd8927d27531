"""Pages that belong to no app: the rule book, health, media, and what to say when something is not there."""

import mimetypes
import re

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import TooManyFilesSent
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.http import require_safe

from listings.models import CardRow, Listing, Photo, card_rows
from listings.taxonomy import Node, departments
from marketplace.core import health, rules
from marketplace.core.api import is_api, problem_document
from marketplace.core.person_cache import cache_for_people
from marketplace.core.problems import problem_types
from marketplace.core.visitor_cache import cache_for_visitors
from search.quality import RANKING

NEWEST, FRESH, HERO, CLOSETS = 60, 18, 3, 6
COVER_SECONDS = 300
PICTURED = ("title", "photos", "seller_username", "seller_name", "seller_avatar")
RENDITION = re.compile(r"[0-9a-f]{2}/[0-9a-f]{16,64}/[a-z]{1,20}\.webp")
FOR_EVER = "public, max-age=31536000, immutable"


@cache_for_visitors
@cache_for_people
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: what is fresh, where to look, whose closets are lively.

    One query when the parts are in the cache; one more each for the pictures of the hero and of the closets.
    """
    newest = card_rows(Listing.objects.available().newest()[:NEWEST])
    closets: dict[str, list[CardRow]] = {}
    for row in newest:
        if row.has_picture:
            closets.setdefault(row.seller[0], []).append(row)
    lively = sorted(closets.values(), key=len, reverse=True)
    # One of each closet first, so that somebody who lists twenty things at once does not fill the page.
    mixed = [*(own[0] for own in closets.values()), *(one for own in closets.values() for one in own[1:])]
    hero = mixed[:HERO] if len(mixed) > FRESH else []
    shown = [own[:HERO] for own in lively if len(own) >= HERO][:CLOSETS]
    context = {
        # Functions: the template calls them only for a part that is not in the cache under its key.
        "hero": lambda: pictured([hero])[0], "hero_key": hero,
        "closets": lambda: pictured(shown), "closets_key": shown,
        "listings": (mixed[len(hero) :] or newest)[:FRESH], "covers": department_covers(),
    }  # fmt: skip
    return render(request, "home.html", context)


def pictured(groups: list[list[CardRow]]) -> list[list[Listing]]:
    """The listings of each group with their pictures and seller: one query; those that went meanwhile are left out."""
    ids = [row.pk for group in groups for row in group]
    found = Listing.objects.public().only(*PICTURED).in_bulk(ids)
    return [[found[row.pk] for row in group if row.pk in found] for group in groups]


def department_covers() -> list[tuple[Node, Photo | None]]:
    """Each department with the picture of its newest listing."""
    keys = {top.slug: f"home.cover.{top.slug}" for top in departments()}
    known = cache.get_many(keys.values())
    covers = []
    for top in departments():
        if keys[top.slug] not in known:
            newest = Listing.objects.available().in_category(top.slug).newest().only("photos").first()
            known[keys[top.slug]] = newest.cover if newest else None
            cache.set(keys[top.slug], known[keys[top.slug]], COVER_SECONDS)
        covers.append((top, known[keys[top.slug]]))
    return covers


@cache_for_visitors
@cache_for_people
@require_safe
def rule_book(request: HttpRequest) -> HttpResponse:
    """Every fee, limit and timer in words."""
    context = {
        "version": rules.current_version(), "book": rules.book(), "changes": rules.CHANGES, "ranking": RANKING,
    }  # fmt: skip
    return render(request, "rules.html", context)


@cache_for_visitors
@require_safe
def problem_codes(request: HttpRequest) -> HttpResponse:
    """What the `type` of a problem document points to."""
    return render(request, "problems.html", {"problems": problem_types()})


@require_safe
def rule_book_json(request: HttpRequest) -> JsonResponse:
    """The rule book for programs."""
    return JsonResponse(rules.as_json())


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """A public rendition. Names are content hashes, so browsers keep them for ever; production serves them itself."""
    if not RENDITION.fullmatch(name):
        raise Http404
    try:
        file = default_storage.open(name)
    except OSError:
        raise Http404 from None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FileResponse(
        file,
        content_type=kind,
        headers={"Cache-Control": FOR_EVER, "X-Content-Type-Options": "nosniff"},
    )


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers; it asks nobody else."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether pages can be answered, 503 when not; HEALTH_TOKEN lets one read each dependency and its latency."""
    ready, report = health.report()
    if not _may_read_details(request):
        report = {"status": "ok" if ready else "down"}
    return JsonResponse(report, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


def _may_read_details(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.HEALTH_TOKEN) and constant_time_compare(sent, settings.HEALTH_TOKEN)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problem_document(exception, status=400, code="parse_error")
    message = _("This cannot be read. Go back, what you typed is still there.")
    if isinstance(exception, TooManyFilesSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        message = _("At most %(max)d files fit into one form. Go back, what you typed is still there.") % {
            "max": most
        }
    # Without the request: Django's own view reads its body once more, and body or host may be what is bad.
    return HttpResponseBadRequest(render_to_string("400.html", {"message": message}))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problem_document(exception, status=403, code="permission_denied")
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problem_document(exception)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return problem_document(None)
    return render(request, "500.html", status=500)
