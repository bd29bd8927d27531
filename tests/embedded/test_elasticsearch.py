"""The embedded Elasticsearch: started, ended, its data kept, what is missing said; and documents that are not empty."""

import hashlib
import io
import json
import os
import signal
import urllib.request
import zipfile
from pathlib import Path

import pytest
from bson import ObjectId
from django_elasticsearch_dsl import Document
from django_elasticsearch_dsl.registries import DocumentRegistry

from listings.models import Brand
from marketplace.embedded import EmbeddedError, MissingServer, ensure_servers, fetch, java
from marketplace.embedded.elasticsearch import Elasticsearch
from marketplace.embedded.fetch import Archive
from marketplace.embedded.processes import is_running

from .conftest import until

ANSWER_SECONDS = 30


def ask(method: str, url: str, body: dict | None = None) -> dict:
    request = urllib.request.Request(
        url,
        method=method,
        data=json.dumps(body).encode() if body else None,
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
        return json.load(answer)


def group(leader: int) -> set[int]:
    """The processes that run in the group of `leader`."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == leader and is_running(int(folder.name)):
                found.add(int(folder.name))
        except ProcessLookupError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.needs("elasticsearch")
def test_a_killed_parent_leaves_no_java_and_the_next_start_has_its_data(user, tmp_path):
    first = user(only="elasticsearch")
    servers = json.loads(first.stdout.readline())
    url = servers["ELASTICSEARCH_URL"]
    ask("PUT", f"{url}/things", {"settings": {"number_of_replicas": 0}})
    ask("PUT", f"{url}/things/_doc/1", {"name": "gingham dress"})
    started = group(servers["elasticsearch"])
    assert len(started) == 2, "a launcher and the server"
    assert os.geteuid() != 0 or all(Path(f"/proc/{pid}").stat().st_uid != 0 for pid in started)

    first.send_signal(signal.SIGKILL)

    assert until(lambda: not any(map(is_running, started)), 30)
    again = ensure_servers(tmp_path / "var", only=["elasticsearch"])
    url = again.addresses["elasticsearch"]
    assert ask("GET", f"{url}/things/_doc/1")["_source"] == {"name": "gingham dress"}
    running = group(again.pid("elasticsearch"))
    again.stop()
    assert len(running) == 2 and not any(map(is_running, running))


class BrandDocument(Document):
    class Index:
        name = "brands-of-a-test"

    class Django:
        model = Brand
        fields = ("name", "slug")

    @classmethod
    def generate_id(cls, object_instance: Brand) -> str:
        return str(object_instance.pk)


def test_a_document_is_found_and_has_its_fields(elasticsearch):
    # elasticsearch 9.4 and newer index such documents empty, and say nothing.
    DocumentRegistry().register_document(BrandDocument)
    BrandDocument.init()
    brand = Brand(pk=ObjectId(), name="Calico & Sons", slug="calico-sons")

    BrandDocument().update(brand, refresh=True)

    (found,) = BrandDocument.search().query("match", name="calico").execute()
    assert found.to_dict() == {"name": "Calico & Sons", "slug": "calico-sons"}
    assert found.meta.id == str(brand.pk)


def test_where_it_is_missing_it_is_optional_and_one_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv("ES_HOME", raising=False)
    monkeypatch.setattr("marketplace.embedded.cache.OF_ROOT", tmp_path / "cache")
    monkeypatch.setenv("GINGHAM_CACHE", str(tmp_path / "cache"))

    servers = ensure_servers(tmp_path / "var", only=[], optional=["elasticsearch"])

    sentence = servers.missing["elasticsearch"]
    assert sentence.startswith(
        "elasticsearch was not found: `make tools` fetches it, or set ELASTICSEARCH_URL "
    )
    assert "\n" not in sentence
    assert servers.environ() == {} and not servers.processes
    with pytest.raises(MissingServer, match="make tools"):
        ensure_servers(tmp_path / "var", only=["elasticsearch"])


def test_it_is_not_started_when_its_address_is_there_or_empty(tmp_path, monkeypatch):
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://search.example:9200")
    named = ensure_servers(tmp_path, only=[], optional=["elasticsearch"])
    monkeypatch.setenv("ELASTICSEARCH_URL", "")
    unwanted = ensure_servers(tmp_path, only=[], optional=["elasticsearch"])

    assert named.environ() == {"ELASTICSEARCH_URL": "http://search.example:9200"}
    assert unwanted.environ() == unwanted.missing == {}
    assert not named.processes and not unwanted.processes


def test_a_folder_that_is_no_elasticsearch_is_refused_by_its_name(tmp_path, monkeypatch):
    monkeypatch.setenv("ES_HOME", str(tmp_path))

    with pytest.raises(MissingServer, match=f"^ES_HOME={tmp_path} is not the folder of an Elasticsearch 9"):
        Elasticsearch().command(tmp_path / "data", 1)


def jdk(folder: Path, release: str) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "java").write_text("")
    (folder / "bin" / "java").chmod(0o755)
    (folder / "release").write_text(release)
    return folder


@pytest.fixture
def _no_java(monkeypatch) -> None:
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(java, "FOLDERS", ())


@pytest.mark.usefixtures("_no_java")
def test_the_newest_jdk_is_taken_and_neither_an_old_one_nor_a_jre(tmp_path, monkeypatch):
    full = 'MODULES="java.base jdk.jdi jdk.jlink"\n'
    jdk(tmp_path / "old", f'JAVA_VERSION="17.0.15"\n{full}')
    jdk(tmp_path / "jre", 'JAVA_VERSION="25.0.1"\nMODULES="java.base"\n')
    monkeypatch.setattr(java, "FOLDERS", (f"{tmp_path}/*",))

    with pytest.raises(MissingServer) as refusal:
        java.find_jdk()

    assert str(refusal.value).startswith(
        "Elasticsearch needs a JDK 21 or newer and none was found: install one "
    )
    assert "ELASTICSEARCH_URL" in str(refusal.value) and "\n" not in str(refusal.value)
    jdk(tmp_path / "lts", f'JAVA_VERSION="21.0.2"\n{full}')
    newest = jdk(tmp_path / "newest", f'JAVA_VERSION="24"\n{full}')
    assert java.find_jdk() == newest


@pytest.mark.usefixtures("_no_java")
def test_without_mvn_or_a_jdk_make_tools_says_so_and_goes_on(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("ES_HOME", raising=False)
    monkeypatch.setattr("marketplace.embedded.cache.OF_ROOT", tmp_path)
    monkeypatch.setenv("GINGHAM_CACHE", str(tmp_path))

    assert fetch.main() == 0

    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert "JDK 21 or newer" in said[0] and "container" in said[0]
    assert "mvn, which is not here" in said[1]


@pytest.fixture
def mvn(tmp_path, monkeypatch):
    """A program that copies a file of ours to where Maven would put what it downloads."""

    def put(content: bytes, code: int = 0) -> None:
        (tmp_path / "archive.zip").write_bytes(content)
        program = tmp_path / "bin" / "mvn"
        program.parent.mkdir(exist_ok=True)
        program.write_text(
            '#!/bin/sh\nfor word; do case "$word" in -DoutputDirectory=*) folder="${word#*=}";; esac; done\n'
            f'mkdir -p "$folder" && cp "{tmp_path}/archive.zip" "$folder/"\nexit {code}\n'
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)

    return put


def test_what_is_fetched_is_there_whole_or_not_at_all(tmp_path, mvn):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("product/search/lib/a.jar", "a")
        archive.writestr("product/other/b.jar", "b")
    digest = hashlib.sha256(packed.getvalue()).hexdigest()
    wanted = Archive("search-1", "org.example:product:1:zip", digest, {"product/search/": ""}, "1 kB")
    cache = tmp_path / "cache"
    (cache / "unfinished" / "download").mkdir(parents=True)  # of a fetch that was killed

    mvn(packed.getvalue(), code=1)
    assert not fetch.fetch(wanted, cache)
    mvn(packed.getvalue() + b"!")
    with pytest.raises(EmbeddedError, match=f"instead of {digest}"):
        fetch.fetch(wanted, cache)
    assert [path.name for path in cache.iterdir()] == ["fetch.lock"]

    mvn(packed.getvalue())
    assert fetch.fetch(wanted, cache)

    files = [path.relative_to(cache).as_posix() for path in cache.rglob("*") if path.is_file()]
    assert sorted(files) == ["fetch.lock", "search-1/lib/a.jar"]
