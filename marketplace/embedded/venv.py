"""Makes .venv and installs what is missing in it; run by the system's python3, so it is written for old ones too.

python3 marketplace/embedded/venv.py [requirements file]...
"""

import hashlib
import os
import re
import subprocess
import sys
import time

NEEDED = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(FOLDER, "bin", "python")
VERSION = sys.version.split()[0]


def main() -> None:
    """Each step only when it is needed: a second call takes milliseconds."""
    if sys.version_info < NEEDED:
        sys.exit(
            f"Gingham needs Python 3.11 or newer and this is {VERSION}: say `make run PYTHON=python3.11`."
        )
    make_environment()
    for name in sys.argv[1:] or ["requirements.txt"]:
        install(name)


def make_environment() -> None:
    """A plain venv, made again when its Python is gone or too old."""
    works = f"import pip, sys; sys.exit(sys.version_info < {NEEDED})"
    if os.path.exists(PYTHON) and subprocess.call([PYTHON, "-c", works], stderr=subprocess.DEVNULL) == 0:
        return
    say("python", f"making .venv with Python {VERSION}")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", FOLDER]) != 0:
        sys.exit("python3 -m venv failed; on Debian `apt-get install python3-venv` brings what it needs.")


def install(name: str) -> None:
    """pip install -r, once for each content of the file."""
    digest = hashlib.sha256(sys.version.encode())
    for path in with_included(os.path.join(ROOT, name)):
        with open(path, "rb") as file:
            digest.update(file.read())
    mark = os.path.join(FOLDER, ".installed-" + name)
    if read(mark) == digest.hexdigest():
        return
    say("packages", f"installing {name} (a minute the first time)")
    start = time.time()
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", name]
    if subprocess.call(command, cwd=ROOT) != 0:
        sys.exit(
            f"pip could not install {name}: its message is above; put it right and run the same command again."
        )
    with open(mark, "w") as file:
        file.write(digest.hexdigest())
    say("packages", f"installed in {time.time() - start:.0f} s")


def with_included(path: str) -> "list[str]":
    """The file and those it names by -r."""
    names = re.findall(r"^-r\s+(\S+)", read(path), re.M)
    return [
        path,
        *(deep for name in names for deep in with_included(os.path.join(os.path.dirname(path), name))),
    ]


def read(path: str) -> str:
    """The text of a file; empty when there is none."""
    if not os.path.exists(path):
        return ""
    with open(path) as file:
        return file.read()


def say(step: str, text: str) -> None:
    """One progress line."""
    print(f"  {step:<10} {text}", flush=True)


if __name__ == "__main__":
    main()
