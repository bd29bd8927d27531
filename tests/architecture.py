"""Reads the imports and literals of the project's source; test_architecture.py says what they may be."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = (
    "search",
    "social",
    "orders",
    "listings",
    "moderation",
    "notices",
    "accounts",
)  # left may import right
PUBLIC = {"models", "services", "events", "errors"}
DOORS = {"views", "forms", "api", "consumers", "tasks", "handlers", "admin", "urls", "apps", "management",
         "templatetags", "presenters", "adapter", "api_auth", "filters"}  # fmt: skip
FORBIDDEN_INSIDE = ("rest_framework", "channels", "celery", "django.http", "django.shortcuts", "django.views")
DATA_MODULES = {"taxonomy"}  # plain data of an app, read by any layer above it
# An API door may rest on: who calls and with which scopes, and how an app below describes what is its own.
API_KIT = {"api_auth", "api"}
COMPOSITION = {"urls", "asgi", "wsgi", "celery", "pages", "context", "design", "demo", "settings", "apps", "dashboards",
               "backoffice"}  # fmt: skip
KERNEL = {("marketplace", "core"), ("marketplace", "mongo"), ("marketplace", "embedded")}
RUN = Path("marketplace/embedded/run.py")  # starts the whole product, so it may know all of it
PLAIN_NUMBERS = {-1, 0, 1, 2}
LOWEST = {("marketplace", "core"), ("marketplace", "mongo")}
API_ROOT = "/api/"  # everything under it answers with problem documents, whatever app it is of
PATH = re.compile(r"/\w")
# "listings:sell", "listings/card.html", "accounts.User", "social.services": but not the rule "search.page_size".
APP_NAME = re.compile(
    rf"\b(?:{'|'.join(LAYERS)})(?::\w|/\w|\.(?:[A-Z]|(?:{'|'.join(sorted(PUBLIC | DOORS))})\b))"
)


@dataclass(frozen=True)
class Import:
    """One import statement: who imports what, and where."""

    path: Path
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} imports {self.module}"


def sources(root: Path) -> Iterator[Path]:
    """Every source file of our apps and of the project package, without migrations."""
    for top in (*LAYERS, "marketplace"):
        for path in sorted((root / top).rglob("*.py")):
            if not {"migrations", "mongo_migrations"} & set(path.parts):
                yield path.relative_to(root)


def imports(root: Path, path: Path) -> Iterator[Import]:
    """All imports of a file, those inside functions too; `from a import b` counts as a.b."""
    for node in ast.walk(ast.parse((root / path).read_text(), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = path.parent.parts[: len(path.parent.parts) - node.level + 1]
                base = ".".join([*package, base]).rstrip(".")
            for alias in node.names:
                yield Import(path, node.lineno, f"{base}.{alias.name}")


def pointing_left(root: Path) -> list[str]:
    """Imports of an app to the left, or of the composition root, or by core of an app."""
    found = []
    for path in sources(root):
        app = path.parts[0]
        for item in imports(root, path):
            target = item.module.split(".")
            if app in LAYERS and target[0] in LAYERS and LAYERS.index(target[0]) < LAYERS.index(app):
                found.append(str(item))
            if app in LAYERS and target[0] == "marketplace" and target[1:2] and target[1] in COMPOSITION:
                found.append(str(item))
            if path.parts[:2] in KERNEL and path != RUN:
                if target[0] in LAYERS or (
                    target[0] == "marketplace" and target[1:2] and target[1] in COMPOSITION
                ):
                    found.append(str(item))
    return found


def past_the_public_modules(root: Path) -> list[str]:
    """Imports by one app of another app's inner files."""
    found = []
    for path in sources(root):
        app = path.parts[0]
        if app not in LAYERS:
            continue
        for item in imports(root, path):
            target = item.module.split(".")
            if target[0] in LAYERS and target[0] != app and target[1:2]:
                is_api = path.parts[1].removesuffix(".py") == "api"
                if target[1] not in PUBLIC | DATA_MODULES and not (is_api and target[1] in API_KIT):
                    found.append(str(item))
    return found


def inner_files_at_a_door(root: Path) -> list[str]:
    """Models, services, events and errors that import a door of their app or a door's framework."""
    found = []
    for path in sources(root):
        if path.parts[0] not in LAYERS or path.parts[1].removesuffix(".py") not in PUBLIC:
            continue
        for item in imports(root, path):
            target = item.module.split(".")
            own_door = target[0] == path.parts[0] and target[1:2] and target[1] in DOORS
            if own_door or any(f"{item.module}.".startswith(f"{name}.") for name in FORBIDDEN_INSIDE):
                found.append(str(item))
    return found


def transactions_outside_db(root: Path) -> list[str]:
    """Imports of any transaction API but core's own."""
    own = Path("marketplace/core/db.py")
    return [
        str(item)
        for path in sources(root)
        if path != own and path.parts[:2] != ("marketplace", "mongo")
        for item in imports(root, path)
        if item.module.startswith(("django.db.transaction", "django_mongodb_backend.transaction"))
    ]


def broad_excepts(root: Path) -> list[str]:
    """`except Exception` (or bare) outside core and the tools that start servers."""
    found = []
    for path in sources(root):
        if path.parts[:2] in KERNEL:
            continue
        for node in ast.walk(ast.parse((root / path).read_text())):
            if isinstance(node, ast.ExceptHandler):
                name = node.type.id if isinstance(node.type, ast.Name) else None
                if node.type is None or name in {"Exception", "BaseException"}:
                    found.append(f"{path}:{node.lineno} catches everything")
    return found


def unruly_numbers(root: Path) -> list[str]:
    """Number literals in services, forms and serializers that belong into the rule book."""
    found = []
    for path in sources(root):
        inner = path.parts[1].removesuffix(".py") if len(path.parts) > 1 else ""
        if path.parts[0] not in LAYERS or inner not in {"services", "forms", "api"}:
            continue
        for node in ast.walk(ast.parse((root / path).read_text())):
            if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
                if node.value not in PLAIN_NUMBERS:
                    found.append(f"{path}:{node.lineno} has the number {node.value}")
    return found


def apps_named_in_core(root: Path) -> list[str]:
    """Texts in core and mongo that are a path of a page, or the name of an app's address, template, model or module."""
    found = []
    for path in sources(root):
        if path.parts[:2] not in LOWEST:
            continue
        for node in ast.walk(ast.parse((root / path).read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != API_ROOT:
                if PATH.match(node.value) or APP_NAME.search(node.value):
                    found.append(f"{path}:{node.lineno} names {node.value[:60]!r}")
    return found


INFRASTRUCTURE = (
    "marketplace/core",
    "marketplace/mongo",
    "marketplace/embedded",
    "listings/importing",
    "bench",
)
# Words that once stood for a term of the field, which the next reader searches for.
STANDARD_TERMS = {
    "bell": "wake-up", "shelf": "cache", "kept": "cached or stored", "stranger": "visitor or unknown handler",
    "bury": "dead-letter", "buried": "dead letter", "revive": "requeue", "owing": "pending", "hopeless": "is_retryable",
    "somebody": "bypass headers", "ears": "command log", "heard": "received", "deaf": "disconnected",
    "patience": "timeout", "yardstick": "baseline",
}  # fmt: skip


def words_instead_of_terms(root: Path) -> list[str]:
    """Names in infrastructure (of functions, classes, variables, attributes, arguments) that are no standard term."""
    found = []
    for path in (path for top in INFRASTRUCTURE for path in sorted((root / top).rglob("*.py"))):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = (getattr(node, key, None) for key in ("id", "attr", "arg", "name"))
            for name in (name for name in names if isinstance(name, str)):
                words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
                for word in words:
                    if term := STANDARD_TERMS.get(word.removesuffix("s")) or STANDARD_TERMS.get(word):
                        found.append(f"{path.relative_to(root)}:{node.lineno} calls it {name}: say {term}")
    return found


RULES = {
    "imports point right only": pointing_left,
    "apps touch each other at models, services, events, errors only": past_the_public_modules,
    "inner files know no door": inner_files_at_a_door,
    "one place has transactions": transactions_outside_db,
    "nobody outside core catches everything": broad_excepts,
    "numbers live in the rule book": unruly_numbers,
    "core knows no app's path or name": apps_named_in_core,
    "infrastructure takes the terms of the field": words_instead_of_terms,
}
