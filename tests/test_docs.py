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


# Of others: Django, the shell, libvips, desktops.
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "PATH", "VIPS_CONCURRENCY", "XDG_CACHE_HOME"}
READ = re.compile(
    r"""(?:environ\.get|environ\.setdefault|flag|words|needed)\(\s*"([A-Z_]+)"|environ\["([A-Z_]+)"\]"""
)


def source(*folders: str) -> str:
    """The Python text of some folders."""
    return "\n".join(path.read_text() for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def test_every_variable_that_the_code_reads_is_in_the_table():
    found = READ.findall(source("accounts", "listings", "notices", "social", "marketplace"))
    told = (ROOT / "docs" / "operations.md").read_text()

    assert {one or other for one, other in found} - NOT_OURS - set(
        re.findall(r"`([A-Z0-9_]+)", told)
    ) == set()


def test_every_variable_in_the_table_is_read():
    told = (ROOT / "docs" / "operations.md").read_text()
    rows = [line.split("|")[1] for line in told.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)", row)}
    text = source("marketplace", "tests") + (ROOT / "Makefile").read_text()

    assert len(named) > 40
    prefixed = {
        name for name in named if name.startswith("TEST_")
    }  # tests/servers.py puts the prefix before each
    assert {name for name in named - prefixed if name not in text} == set()
    assert {name for name in prefixed if name.removeprefix("TEST_") not in text} == set()


def test_each_decision_has_a_number_of_its_own_and_every_mention_has_a_decision():
    decisions = [path.name for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    numbers = [int(name[:4]) for name in decisions]
    titles = [int((ROOT / "docs/adr" / name).read_text()[2:].partition(".")[0]) for name in decisions]
    text = source("accounts", "bench", "listings", "notices", "social", "marketplace", "tests")
    text += "\n".join(document.read_text() for document in DOCS)
    mentioned = {int(number) for number in re.findall(r"(?:docs/adr/|ADR )(\d+)", text)}

    assert numbers == list(range(1, len(numbers) + 1))
    assert titles == numbers
    assert mentioned - set(numbers) == set()
