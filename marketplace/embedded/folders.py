"""Where servers keep their data, pids and logs: one `var` folder per checkout, or a fresh one per test run."""

import os
import shutil
from pathlib import Path

from .processes import is_running

ROOT = Path(__file__).resolve().parent.parent.parent


def default_var() -> Path:
    """`GINGHAM_VAR`, else `var/` in this checkout."""
    return Path(os.environ.get("GINGHAM_VAR") or ROOT / "var").resolve()


def run_folder(var: Path) -> Path:
    """Locks, addresses and pids."""
    return _made(var / "run")


def log_folder(var: Path) -> Path:
    """One log for each process."""
    return _made(var / "log")


def scratch_var(parent: Path) -> Path:
    """A folder of this process alone, so that two test runs never share a server; those of ended runs are removed."""
    parent.mkdir(parents=True, exist_ok=True)
    for old in parent.iterdir():
        if old.name.isdigit() and not is_running(int(old.name)):
            shutil.rmtree(old, ignore_errors=True)
    return _made(parent / str(os.getpid()))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
