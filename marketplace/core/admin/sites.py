"""The two admin sites, their permissions and their content security policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

# unfold is built with Alpine.js, whose attributes are expressions to evaluate (Alpine's CSP build knows names only, and
# unfold writes whole expressions), and sets style attributes. Only these paths get that; no script may stand inline.
ADMIN_CSP = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}


REMOVED_URLS = {"password_change_done", "autocomplete", "view_on_site"}


class Site(UnfoldAdminSite):
    """An admin site behind the shop's own login, with the content security policy that unfold needs."""

    index_template = "admin/today.html"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated and not self.has_permission(request):
            messages.error(request, _("This part is for staff."))
            return redirect_to_login(reverse("home"), reverse("home"))
        return redirect_to_login(
            request.GET.get("next") or reverse(f"{self.name}:index"), reverse("account_login")
        )

    def get_urls(self) -> list[Any]:
        # Django's own password page, autocomplete and "view on site" pass by our services and our rules of who may see.
        return [url for url in super().get_urls() if getattr(url, "name", None) not in REMOVED_URLS]

    def extra_urls(self) -> list[Any]:
        """URLs that admin templates link to, as redirects to the shop's pages."""
        return [path("password_change/", self.to_password_page, name="password_change")]

    def to_password_page(self, request: HttpRequest) -> HttpResponse:
        """Redirects to the shop's page for changing a password."""
        return redirect("account_change_password")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirects to the shop's log-out; a POST stays a POST (307)."""
        return redirect("account_logout", preserve_request=True)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponse:
        """Redirects to the index, whose menu has the lists."""
        return redirect(f"{self.name}:index")

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def with_admin_csp(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = inner(request, *args, **kwargs)
            response._csp_update = ADMIN_CSP  # read by django-csp
            return response

        return with_admin_csp


class ClosetSite(Site):
    """The sellers' back office, open to everybody who is logged in."""

    settings_name = "UNFOLD_CLOSET"

    site_title = site_header = _("Your closet")
    index_title = _("Your closet")

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_authenticated


class StaffSite(Site):
    """The staff's back office."""

    site_title = site_header = index_title = _("Staff")


closet_site = ClosetSite(name="closet_admin")
staff_site = StaffSite(name="staff")
