"""What every template may use."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from listings.taxonomy import departments
from marketplace.core.person_cache import TOKEN, rendering_of

BAR = ("home", "listings:category-list", "listings:sell", "social:my-likes", "listings:my-closet")


def site(request: HttpRequest) -> dict[str, object]:
    """The name of the site, its departments, and what the cached navigation depends on.

    `nav_path` and `bar_path` are the path of the request where the navigation at the top or the bar at the foot of a
    phone's page links to it, "" for all other pages: those share one rendered part.
    """
    shared = {"csrf_token": TOKEN} if rendering_of(request) else {}
    return shared | {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_TAGLINE": settings.SITE_TAGLINE,
        "departments": departments(),
        "nav_path": request.path if request.path in _nav_paths() else "",
        "bar_path": request.path if request.path in _bar_paths() else "",
    }


@cache
def _bar_paths() -> frozenset[str]:
    return frozenset(reverse(name) for name in BAR)


@cache
def _nav_paths() -> frozenset[str]:
    slugs = [department.slug for department in departments()]
    return frozenset(
        [
            reverse("listings:brand-list"),
            *(reverse("search:category-detail", args=[slug]) for slug in slugs),
        ]
    )
