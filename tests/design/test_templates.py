"""What a strict content security policy forbids stands in no template; the design page shows all pieces."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from marketplace import design

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Mail programs know no style sheets, so mails may carry theirs.
PAGES = [path for path in TEMPLATES if "emails" not in path.parts and "email" not in path.parts]
FORBIDDEN = {
    "an inline style": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)(?![^>]*application/(ld\+)?json)",
    "a script address": r"javascript:",
    "evaluated htmx": r"\bhx-on\b|\bhx-vals=['\"]js:",
}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_nothing_inline(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.S)

    found = [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)]

    assert not found


def test_every_component_is_shown_on_the_design_page() -> None:
    shown: set[str] = set()
    queue = [path.read_text() for path in (ROOT / "templates/design").glob("*.html")]
    queue.append((ROOT / "templates/base.html").read_text())
    while queue:
        for name in re.findall(r"components/(\w+\.html)", queue.pop()):
            if name not in shown:
                shown.add(name)
                queue.append((ROOT / "templates/components" / name).read_text())
    tags = {"account_menu.html", "price.html", "listing_card.html"}  # shown through tags

    assert {path.name for path in (ROOT / "templates/components").glob("*.html")} - shown <= tags


def test_the_design_page_needs_no_database(settings) -> None:
    request = RequestFactory().get("/design/")

    html = design.gallery(request).content.decode()

    assert "Every piece, in every state" in html
    assert not re.search(FORBIDDEN["an inline style"], html)


def test_a_picture_keeps_its_place_before_it_is_there() -> None:
    listing = design.SampleListing(photos=[design.SamplePhoto("#3f5870", is_ready=False)])

    html = render_to_string("components/listing_card.html", {"listing": listing, "likes": False})

    assert '<svg class="tint" color="#3f5870"' in html


def test_a_colour_that_is_none_is_left_out() -> None:
    listing = design.SampleListing(photos=[design.SamplePhoto('red"><script>', is_ready=False)])

    assert "script" not in render_to_string(
        "components/listing_card.html", {"listing": listing, "likes": False}
    )
