"""Finding something: type, pick a suggestion, refine, remove a chip, go back; by keys and by touch, at two widths."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from search import services
from tests import make
from tests.journeys.test_sell_and_talk import SECONDS, elsewhere

pytestmark = [pytest.mark.needs("chromium")]
WIDTHS = {"phone": (390, 844), "desk": (1440, 900)}


def stocked():
    """Six dresses of one brand in two colours and sizes, and something else."""
    seller = make.verified_user("ada")
    for number in range(6):
        make.listing(
            seller, title=f"Dress {number}", brand="Ganni", price_cents=1000 * (number + 1),
            colors=["red" if number % 2 else "blue"], sizes=[{"size": "M" if number < 4 else "L", "quantity": 1}],
        )  # fmt: skip
    make.listing(seller, title="Shirt", category="men-shirts-t-shirts", brand="Nike")
    services.rebuild_vocabulary()


def shift_of(page):
    """How far what stood on the page has moved by itself since it was opened (CLS)."""
    return page.evaluate(
        """new Promise(done => { let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) sum += e.value; }))
          .observe({type: "layout-shift", buffered: true}); setTimeout(() => done(sum), 300); })"""
    )


def seen_by_axe(page):
    """What axe finds wrong, by rule."""
    found = Axe().run(page).response["violations"]
    return {one["id"]: [node["html"] for node in one["nodes"]] for one in found}


def is_wrong(text):
    """Whether a line of the console tells of a fault; htmx logs a suggestion that a new page has cut off as one."""
    return text.type == "error" and not text.text.startswith(
        ("htmx:afterRequest", "htmx:sendAbort", "htmx:sendError")
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_finds_a_dress(site, browser, width):
    elsewhere(stocked)
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    context.set_default_timeout(SECONDS * 1000)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda text: problems.append(text.text) if is_wrong(text) else None)
    page.goto(site.url)

    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("gan")
    expect(field).to_have_attribute("aria-expanded", "true")
    option = page.get_by_role("group", name="Brands").get_by_role("option", name="Ganni")
    while option.get_attribute("aria-selected") != "true":
        field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert seen_by_axe(page) == {}
    option.click()
    page.wait_for_url(re.compile("/brands/ganni/$"))

    page.get_by_role("button", name="Filters").click()
    sheet = page.get_by_role("dialog", name="Filters")
    for name, left in (("Blue", 3), ("M", 2)):
        sheet.locator("label", has_text=re.compile(rf"^{name}\b")).click()
        expect(sheet.get_by_role("button", name=f"Show {left}", exact=True)).to_be_visible()
    sheet.get_by_label("To", exact=True).fill("20")
    sheet.get_by_label("To", exact=True).press("Tab")
    expect(sheet.get_by_role("button", name="Show 1", exact=True)).to_be_visible()
    assert seen_by_axe(page) == {}
    sheet.get_by_role("button", name="Show 1").click()
    page.wait_for_url(
        re.compile(r"\?color=blue&size=M&price_max=20$|\?(?=.*color=blue)(?=.*size=M)(?=.*price_max=20)")
    )
    assert page.locator(".card").count() == 1
    assert shift_of(page) < 0.01

    page.get_by_role("link", name="M Remove").click()
    expect(page.locator("a.chip", has_text="Remove")).to_have_count(2)
    assert "size=" not in page.url
    assert seen_by_axe(page) == {}
    page.go_back()
    expect(page.locator("a.chip", has_text="Remove")).to_have_count(3)

    field.fill("dress")
    field.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=dress$"))
    expect(page.get_by_role("heading", name="“dress”")).to_be_visible()
    assert seen_by_axe(page) == {}
    page.goto(site.url)
    field.click()
    expect(page.get_by_role("option", name="dress", exact=True)).to_be_visible()
    assert problems == []


def test_without_scripts_the_filters_are_a_page(site, browser):
    elsewhere(stocked)
    page = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(site.url)
    page.fill("[name=q]", "dress")
    page.press("[name=q]", "Enter")

    page.get_by_role("button", name="Filters").click()
    page.locator("label", has_text=re.compile("^Blue")).click()
    page.get_by_role("button", name=re.compile("^Show")).click()

    assert page.locator(".card").count() == 3
    page.locator("a.chip", has_text="Blue").click()
    assert page.locator(".card").count() == 6
