"""A missing program is one visible line on a desk and a failure in CI."""

import subprocess
import sys
from pathlib import Path

import pytest

from marketplace.embedded.folders import ROOT

from .conftest import bare_environ

PROBE = """
import pytest
from tests import skips
skips.NEEDS["unicorn"] = (("unicorn-server",), "install unicorn (make tools)")

@pytest.mark.needs("unicorn")
def test_one(): raise AssertionError

@pytest.mark.needs("unicorn")
def test_two(): raise AssertionError

def test_three(): pass
"""


@pytest.mark.parametrize(("ci", "code", "verdict"), [("", 0, "SKIPPED"), ("true", 1, "FAILED, CI=true")])
def test_what_is_missing_is_said_in_one_line_and_fails_in_ci(
    tmp_path: Path, ci: str, code: int, verdict: str
):
    (tmp_path / "test_probe.py").write_text(PROBE)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = needs\n")

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "tests.skips", str(tmp_path)],
        capture_output=True, text=True, cwd=ROOT, env={**bare_environ(), "CI": ci, "PYTEST_ADDOPTS": ""},
    )  # fmt: skip

    said = [line for line in run.stdout.splitlines() if "unicorn" in line]
    assert said == [f"{verdict}: 2 tests: unicorn is not here: install unicorn (make tools)"]
    assert run.returncode == code
    assert "1 passed, 2 skipped" in run.stdout
