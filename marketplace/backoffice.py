"""How the two back offices look and what they lead to (read by settings; unfold resolves the dotted names later)."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

# The paper, ink and accent of static/css/tokens.css as scales that unfold's utility classes use.
PAPER = {
    "50": "#fbfaf7", "100": "#f4f1ea", "200": "#e6e1d8", "300": "#d3ccbf", "400": "#a79f93", "500": "#6b655c",
    "600": "#575249", "700": "#3d3932", "800": "#1d1b18", "900": "#181613", "950": "#141311",
}  # fmt: skip
TOMATO = {
    "50": "#fdf3f1", "100": "#fbe4e0", "200": "#f6c9c3", "300": "#efa399", "400": "#ff8a75", "500": "#d04a3f",
    "600": "#b3261e", "700": "#951d17", "800": "#7a1914", "900": "#611611", "950": "#380a07",
}  # fmt: skip


def _link(title: Any, icon: str, name: str, query: str = "") -> dict[str, Any]:
    link = reverse_lazy(name) if not query else _Linked(name, query)

    def is_here(request: HttpRequest) -> bool:
        # unfold would light up every link that begins like this address, the shop's "/" among them.
        return request.get_full_path() == str(link)

    return {"title": title, "icon": icon, "link": link, "active": is_here}


class _Linked:
    """An address with a query, made when it is first shown."""

    def __init__(self, name: str, query: str) -> None:
        self.name, self.query = name, query

    def __str__(self) -> str:
        return f"{reverse_lazy(self.name)}?{self.query}"


def look(site_name: str, navigation: list[dict[str, Any]], dashboard: str) -> dict[str, Any]:
    """unfold's settings for one of the two sites."""
    return {
        "SITE_TITLE": site_name, "SITE_HEADER": site_name, "SITE_SYMBOL": "checkroom", "BORDER_RADIUS": "8px",
        "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/mark.svg")}],
        "SHOW_VIEW_ON_SITE": True, "COLORS": {"base": PAPER, "primary": TOMATO}, "DASHBOARD_CALLBACK": dashboard,
        "SIDEBAR": {"navigation": [{"title": "", "items": navigation}]},
    }  # fmt: skip


LISTINGS = "closet_admin:listings_listing_changelist"
CLOSET_NAVIGATION = [
    _link(_("Today"), "today", "closet_admin:index"),
    _link(_("Your listings"), "checkroom", LISTINGS),
    _link(_("Drafts"), "edit_note", LISTINGS, "status__exact=draft"),
    _link(_("Sold"), "sell", LISTINGS, "status__exact=sold"),
    _link(_("Your profile"), "person", "closet_admin:accounts_user_changelist"),
    _link(_("Back to the shop"), "storefront", "home"),
]
STAFF_NAVIGATION = [
    _link(_("Today"), "today", "staff:index"),
    _link(_("People"), "group", "staff:accounts_user_changelist"),
    _link(_("Listings"), "checkroom", "staff:listings_listing_changelist"),
    _link(_("Brands"), "label", "staff:listings_brand_changelist"),
    _link(_("Categories"), "account_tree", "staff:listings_category_changelist"),
    _link(_("Outbox"), "outbox", "staff:core_outboxentry_changelist"),
    _link(_("Back to the shop"), "storefront", "home"),
]
