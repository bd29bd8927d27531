"""What the documents say exists: links lead somewhere, commands are there, settings are read."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "bench" / "README.md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files(document):
    lost = [
        target
        for target in LINK.findall(document.read_text())
        if "://" not in target and not (document.parent / target).exists()
    ]

    assert lost == []


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_exist(document):
    text = document.read_text()
    managed = set(re.findall(r"manage\.py ([a-z_]+)", text)) - set(get_commands())
    targets = set(re.findall(r"`?make ([a-z]+[a-z-]*)", text)) & MADE_UP_OR_REAL
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    benches = set(re.findall(r"(?:python -m bench\.|make bench-)(\w+)", text))

    assert managed == set()
    assert targets - known == set()
    assert {name for name in benches if not (ROOT / "bench" / f"{name}.py").exists()} == set()


# Words that follow "make" in a document and mean a target; prose ("make an offer") is left alone.
MADE_UP_OR_REAL = {
    "run",
    "dev",
    "test",
    "tools",
    "lint",
    "format",
    "types",
    "check",
    "shell",
    "clean",
    "build",
    "deploy",
    "start",
}


def test_every_variable_that_settings_read_is_in_the_table():
    read = set(
        re.findall(
            r'(?:environ\.get|flag|words|needed)\("([A-Z_]+)"', (ROOT / "marketplace/settings.py").read_text()
        )
    )
    told = (ROOT / "docs" / "operations.md").read_text()

    assert {name for name in read if f"`{name}`" not in told} == set()
