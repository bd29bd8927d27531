"""Templates, CSS classes and custom properties that nothing uses."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("accounts", "listings", "notices", "social", "search", "marketplace", "templates", "static/js")
BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}  # by their names
BY_ALLAUTH = ("account/", "emails/")  # tests/accounts open those pages and read those mails
BY_HTMX = {"htmx-indicator", "htmx-request"}  # classes that it sets


def text_of(*suffixes: str) -> str:
    """All that stands in our files of these kinds."""
    paths = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")))
    return "\n".join(
        path.read_text() for path in paths if path.suffix in suffixes and "vendor" not in path.parts
    )


def styles() -> str:
    found = "\n".join(path.read_text() for path in sorted((ROOT / "static/css").glob("*.css")))
    return re.sub(r"/\*.*?\*/", "", found, flags=re.DOTALL)


def test_every_template_is_named_somewhere() -> None:
    names = {path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html")}
    text = text_of(".py", ".html")

    unused = {name for name in names - BY_DJANGO if not name.startswith(BY_ALLAUTH) and name not in text}

    assert unused == set()


def test_every_class_of_the_style_sheets_stands_in_a_page_or_script() -> None:
    words = set(re.findall(r"[\w-]+", text_of(".py", ".html", ".js")))
    tokens = (ROOT / "static/css/tokens.css").read_text()
    colors = {
        f"is-{name}" for name in re.findall(r"--([a-z]+):", tokens)
    }  # swatches of /design/: is-{{ color }}

    classes = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", styles()))

    assert classes - words - colors - BY_HTMX == set()


def test_every_custom_property_is_read() -> None:
    css = styles()
    used = set(re.findall(r"var\((--[\w-]+)", css + text_of(".html", ".js")))

    assert set(re.findall(r"(?<![\w-])(--[\w-]+)\s*:", css)) - used == set()
