"""Where a server's program is: on PATH, else in its wheel."""

import importlib.util
import os
import platform
import shutil
from pathlib import Path

from .errors import MissingServer

# Debian keeps servers in sbin, which an ordinary person's PATH leaves out.
MORE_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/opt/homebrew/sbin")


def find_program(names: tuple[str, ...], in_wheel: Path | None, advice: str) -> str:
    """The program's path; when there is none, one sentence that says what to do."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *MORE_FOLDERS])
    for name in names:
        if found := shutil.which(name, path=path):
            return found
    if in_wheel and in_wheel.is_file():
        if not os.access(in_wheel, os.X_OK):  # wheels lose the executable bit in some installers
            in_wheel.chmod(0o755)
        return str(in_wheel)
    raise MissingServer(f"{names[0]} was not found: {advice}.")


def wheel_folder(package: str) -> Path | None:
    """The folder of an installed package, without importing it."""
    try:
        spec = importlib.util.find_spec(package)
    except ModuleNotFoundError:
        return None
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def platform_names() -> tuple[str, str]:
    """System and machine as wheels spell them."""
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64"}.get(machine, machine)
    if system == "linux" and machine == "arm64":
        machine = "aarch64"
    return system, machine
