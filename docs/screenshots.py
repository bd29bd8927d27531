"""Takes the README's screenshots, or one of every page, from a running `make run`.

python docs/screenshots.py http://localhost:8000               the ones in docs/screenshots/
python docs/screenshots.py http://localhost:8000 --all DIR     every page at three widths in both themes, as PNG
"""

import argparse
import io
import re
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent / "screenshots"
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
]
WIDTHS = {"phone": (390, 844), "tablet": (768, 1024), "desktop": (1440, 900)}
SELLER = ("seller@demo.example", "gingham-demo-1")
README = [
    ("home", "/", "desktop", "light"), ("category", "/c/women/", "phone", "light"),
    ("listing", "{listing}", "desktop", "dark"),
    ("closet-admin", "/closet-admin/listings/listing/", "desktop", "light"),
]  # fmt: skip
EVERY = {
    "home": "/", "browse": "/c/", "department": "/c/women/", "leaf": "/c/women-dresses/", "brands": "/brands/",
    "listing": "{listing}", "closet": "{closet}", "closet-about": "{closet}?tab=about", "sell": "/sell/",
    "my-closet": "/my/closet/", "my-drafts": "/my/closet/?tab=drafts", "my-likes": "/my/likes/", "rules": "/rules/",
    "profile": "/settings/profile/", "tokens": "/settings/tokens/", "email": "/account/email/",
    "password": "/account/password/change/", "closet-admin": "/closet-admin/",
    "closet-admin-list": "/closet-admin/listings/listing/", "closet-admin-form": "{admin}", "not-found": "/nowhere/",
    "api-docs": "/api/v1/docs/",
}  # fmt: skip
FOR_VISITORS = {"login": "/account/login/", "signup": "/account/signup/", "reset": "/account/password/reset/"}


def context(browser: Browser, width: str, theme: str, state: dict | None = None) -> Page:
    """A page of its own at a width and theme, logged in when there is a state."""
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    made = browser.new_context(
        viewport=size, color_scheme=theme, storage_state=state, reduced_motion="reduce"
    )
    return made.new_page()


def log_in(browser: Browser, base: str) -> tuple[dict, dict[str, str]]:
    """The seller's cookies, and addresses that only a look tells."""
    page = context(browser, "desktop", "light")
    page.goto(f"{base}/account/login/")
    page.fill("[name=login]", SELLER[0])
    page.fill("[name=password]", SELLER[1])
    page.click("main form button[type=submit], main form button:not([type])")
    page.wait_for_load_state("networkidle")
    page.goto(f"{base}/c/women/")
    found = {"listing": page.locator("a.card-link").first.get_attribute("href")}
    page.goto(base + found["listing"])
    found["closet"] = page.locator("a[href^='/closet/']").first.get_attribute("href")
    page.goto(f"{base}/closet-admin/listings/listing/")
    links = re.findall(r'href="(/closet-admin/listings/listing/[0-9a-f]{24}/change/)', page.content())
    found["admin"] = links[0] if links else "/closet-admin/"
    return page.context.storage_state(), found


def shoot(page: Page, address: str, path: Path, *, is_whole: bool) -> None:
    """Waits until the pictures are there and keeps what is seen."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    shot = page.screenshot(full_page=is_whole)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".webp":
        Image.open(io.BytesIO(shot)).save(path, quality=82, method=6)
    else:
        path.write_bytes(shot)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("base")
    parser.add_argument("--all", metavar="DIR", type=Path)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        state, found = log_in(browser, options.base)
        if not options.all:
            for name, address, width, theme in README:
                page = context(browser, width, theme, state)
                path = HERE / f"{name}-{width}-{theme}.webp"
                shoot(page, options.base + address.format(**found), path, is_whole=False)
            return
        for width in WIDTHS:
            for theme in ("light", "dark"):
                person, visitor = context(browser, width, theme, state), context(browser, width, theme)
                for name, address in (EVERY | FOR_VISITORS).items():
                    page = visitor if name in FOR_VISITORS else person
                    path = options.all / f"{name}-{width}-{theme}.png"
                    shoot(page, options.base + address.format(**found), path, is_whole=width == "phone")
        browser.close()


if __name__ == "__main__":
    main()
