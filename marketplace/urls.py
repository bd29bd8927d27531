"""Every door of every app."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

import accounts.urls
import listings.urls
import notices.urls
import search.urls
import social.urls
from marketplace import pages
from marketplace.core.admin import closet_site, staff_site
from marketplace.core.schema import CachedSchemaGenerator

# Swagger sets style attributes; its script comes as a file of its own, so scripts stay as strict as everywhere.
api_docs = csp_update({"style-src": [SELF, UNSAFE_INLINE]})(
    # Its renderer has no template for what OPTIONS would answer.
    SpectacularSwaggerSplitView.as_view(url_name="api:schema", http_method_names=["get", "head"])
)
api_urlpatterns = [
    *accounts.urls.api_urlpatterns,
    *notices.urls.api_urlpatterns,
    *listings.urls.api_urlpatterns,
    *social.urls.api_urlpatterns,
    *search.urls.api_urlpatterns,
    path("schema/", SpectacularAPIView.as_view(generator_class=CachedSchemaGenerator), name="schema"),
    path("docs/", api_docs, name="docs"),
    path("problems/", pages.problem_codes, name="problems"),
]
websocket_urlpatterns = [*notices.urls.websocket_urlpatterns, *social.urls.websocket_urlpatterns]

urlpatterns = [
    path("", pages.home, name="home"),
    path("rules/", pages.rule_book, name="rules"),
    path("rules.json", pages.rule_book_json, name="rules-json"),
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
    path("media/<path:name>", pages.media, name="media"),
    path("account/", include(accounts.urls.sign_in_urlpatterns)),
    path("account/", include("allauth.account.urls")),
    path("closet-admin/", closet_site.urls),
    path("staff/", staff_site.urls),
    path("api/v1/", include((api_urlpatterns, "api"))),
    path("", include((accounts.urls.urlpatterns, "accounts"))),
    path("", include((notices.urls.urlpatterns, "notices"))),
    path("", include((search.urls.urlpatterns, "search"))),
    path("", include((social.urls.urlpatterns, "social"))),  # /listings/<id>/like/ is no title of a listing
    path("", include((listings.urls.urlpatterns, "listings"))),
]
handler400 = "marketplace.pages.bad_request"
handler403 = "marketplace.pages.forbidden"
handler404 = "marketplace.pages.not_found"
handler500 = "marketplace.pages.server_error"

if settings.DEBUG:
    from marketplace import design

    urlpatterns.append(path("design/", design.gallery, name="design"))
