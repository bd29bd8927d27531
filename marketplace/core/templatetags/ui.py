"""The smallest pieces of a page, made once and remembered: icons, avatars, the ground under a picture."""

import re
import zlib
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from marketplace.core.pictures import picture_url

register = template.Library()
COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}")


class Cloth(NamedTuple):
    """Ground, stripe and thread of an avatar."""

    ground: str
    stripe: str
    thread: str


# Chosen side by side as one family; the thread has 4.5:1 on the crossing of two stripes (tested).
CLOTHS: Final = (
    Cloth("#F1E4D3", "#D9A441", "#3B2A0C"),
    Cloth("#F4DDD6", "#D9826B", "#4A1710"),
    Cloth("#E3E8DC", "#9BB08A", "#22301A"),
    Cloth("#DDE6EC", "#8FB0C4", "#12303F"),
    Cloth("#EADFEA", "#B694B8", "#38183B"),
    Cloth("#EFE9DF", "#B9A88F", "#33291A"),
    Cloth("#DCE8E4", "#86B5A6", "#103429"),
    Cloth("#F3E2E5", "#D491A0", "#471523"),
    Cloth("#E4E2EE", "#9D99C9", "#211E47"),
    Cloth("#F5E7C9", "#E0B24F", "#43300A"),
    Cloth("#E6E4E0", "#A7A29A", "#26231E"),
    Cloth("#F6DFCB", "#DE955A", "#46220A"),
)
# Where the two stripes run, as (x of the upright one, y of the lying one).
WEAVES: Final = ((4, 4), (30, 4), (4, 30), (30, 30))
SIZES: Final = {"s": " avatar-s", "m": "", "l": " avatar-l", "xl": " avatar-xl"}


@lru_cache(maxsize=512)
def _icon(name: str, extra: str) -> str:
    return lucide(
        name, size=24, **{"class": f"icon {extra}".strip(), "aria-hidden": "true", "focusable": "false"}
    )


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """{% icon "heart" %}: an icon of the lucide package, inline and hidden from screen readers."""
    return mark_safe(_icon(str(name), str(extra)))


@register.simple_tag
def tint(color: str) -> SafeString:
    """The dominant colour of a picture as its ground; an SVG attribute, because the policy forbids inline styles."""
    if not COLOR.fullmatch(color or ""):
        return mark_safe("")
    return format_html('<svg class="tint" color="{}" aria-hidden="true"></svg>', color)


@register.simple_tag
def avatar(username: str, name: str = "", key: str = "", size: str = "m") -> SafeString:
    """{% avatar username name key size %}: the person's picture, or their initials on two crossing stripes.

    `key` is the content key of the uploaded avatar ("" without one), `size` one of s, m, l, xl. The name stands
    beside it on every page, so it is empty for screen readers.
    """
    css = f"avatar{SIZES[size]}"
    if key:
        return format_html('<img class="{}" src="{}" alt="" width="96" height="96" loading="lazy">',
                           css, picture_url(key, "avatar"))  # fmt: skip
    return _initials(str(username), initials(str(name or username)), css)


def initials(name: str) -> str:
    """One or two letters for a name: "Ada Lovelace" gives AL, "x" gives X."""
    parts = [part for part in re.split(r"[\s_.-]+", name) if part]
    letters = [part[0] for part in parts[:1] + parts[1:][-1:]]
    return "".join(letters).upper() or "?"


@lru_cache(maxsize=2048)
def _initials(username: str, letters: str, css: str) -> SafeString:
    # A stable hash of the name: a person keeps their cloth for ever, on every machine.
    seed = zlib.crc32(username.encode())
    cloth, (x, y) = CLOTHS[seed % len(CLOTHS)], WEAVES[seed // len(CLOTHS) % len(WEAVES)]
    return format_html(
        '<svg class="{css}" viewBox="0 0 48 48" aria-hidden="true"><path fill="{ground}" d="M0 0h48v48H0z"/>'
        '<g fill="{stripe}" fill-opacity=".6"><path d="M{x} 0h14v48h-14z"/><path d="M0 {y}h48v14H0z"/></g>'
        '<text x="24" y="24.5" fill="{thread}">{letters}</text></svg>',
        css=css, ground=cloth.ground, stripe=cloth.stripe, thread=cloth.thread, x=x, y=y, letters=letters,
    )  # fmt: skip


@register.filter
def short(count: int) -> str:
    """A count that fits on a picture: 980, 1.2k, 99k, 3m."""
    for size, sign in ((1_000_000, "m"), (1_000, "k")):
        if count >= size:
            tenths = count * 10 // size
            rest = "" if tenths >= 100 or not tenths % 10 else f".{tenths % 10}"
            return f"{tenths // 10}{rest}{sign}"
    return str(count)


@register.filter
def ago(moment: datetime) -> str:
    """How long ago in one unit: "just now", "3 hours ago"; the exact time belongs into the title beside it."""
    if (timezone.now() - moment).total_seconds() < 60:
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(moment, depth=1)}


@register.simple_tag(takes_context=True)
def here(context: template.Context, url: str) -> SafeString:
    """`aria-current="page"` when this is the page that `url` leads to."""
    request = context.get("request")
    return mark_safe('aria-current="page"' if request is not None and request.path == url else "")
