"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from listings.taxonomy import departments


def site(request: HttpRequest) -> dict[str, object]:
    """The name of the site, its departments for the navigation, and the fragment flag of htmx."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_TAGLINE": settings.SITE_TAGLINE,
        "departments": departments(),
    }
