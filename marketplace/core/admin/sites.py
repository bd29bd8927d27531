"""The two back offices and who may come in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

# unfold is built with Alpine.js, which evaluates expressions, and sets style attributes. Only these paths get that.
ADMIN_CSP = {"script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}


class Site(UnfoldAdminSite):
    """An admin site behind the shop's own login, with a content policy that unfold can live under."""

    index_template = "admin/today.html"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated and not self.has_permission(request):
            messages.error(request, _("This part is for staff."))
            return redirect_to_login(reverse("home"), reverse("home"))
        return redirect_to_login(
            request.GET.get("next") or reverse(f"{self.name}:index"), reverse("account_login")
        )

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def with_policy(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = inner(request, *args, **kwargs)
            response._csp_update = ADMIN_CSP  # read by django-csp
            return response

        return with_policy


class ClosetSite(Site):
    """Where sellers keep their closet; everybody who is logged in has one."""

    settings_name = "UNFOLD_CLOSET"

    site_title = site_header = _("Your closet")
    index_title = _("Your closet")

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_authenticated


class StaffSite(Site):
    """Where staff look after the marketplace."""

    site_title = site_header = index_title = _("Staff")


closet_site = ClosetSite(name="closet_admin")
staff_site = StaffSite(name="staff")
