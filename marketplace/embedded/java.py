"""Which of this machine's JDKs can run Elasticsearch."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from .errors import MissingServer

NEEDED = 21
MODULES = {"jdk.jdi", "jdk.jlink"}  # a JRE lacks them
FOLDERS = ("/usr/lib/jvm/*", "/usr/java/*", "/opt/java/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home",
           "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home")  # fmt: skip


def find_jdk() -> Path:
    """The home of the newest JDK that does; MissingServer says what to do when there is none."""
    fitting = {_version(home): home for home in _homes()}
    newest = max(fitting, default=0)
    if newest < NEEDED:
        raise MissingServer(
            f"Elasticsearch needs a JDK {NEEDED} or newer and none was found: install one (JAVA_HOME may name it), "
            "or set ELASTICSEARCH_URL to an Elasticsearch 9, for example one in a container."
        )
    return fitting[newest]


def _homes() -> Iterator[Path]:
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        if home := os.environ.get(name):
            yield Path(home)
    if program := shutil.which("java"):
        yield Path(program).resolve().parent.parent
    for pattern in FOLDERS:
        yield from sorted(Path("/").glob(pattern[1:]))


def _version(home: Path) -> int:
    """The feature release of a full JDK, 0 of anything else; every JDK has a file that says it."""
    try:
        text = (home / "release").read_text(errors="replace")
    except OSError:
        return 0
    version = re.search(r'^JAVA_VERSION="(\d+)', text, re.M)
    modules = re.search(r'^MODULES="(.*)"', text, re.M)
    if not version or not modules or not set(modules[1].split()) >= MODULES:
        return 0
    return int(version[1]) if os.access(home / "bin" / "java", os.X_OK) else 0
