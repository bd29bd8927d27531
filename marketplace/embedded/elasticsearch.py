"""Elasticsearch 9 with data and configuration under var/; optional, MongoDB answers searches without it."""

import http.client
import json
import os
import pwd
import shutil
from pathlib import Path
from typing import ClassVar

from .cache import ELASTICSEARCH, in_cache
from .errors import MissingServer
from .java import find_jdk
from .ports import HOST, free_port
from .programs import find_program
from .server import Command, NotReady

USER = "elasticsearch"  # that of its Debian package; `make tools` makes it where it is missing
LAUNCHER = ("-Xmx64m", "-XX:+UseSerialGC", "-cp", "lib/tools/server-launcher/*",
            "org.elasticsearch.server.launcher.ServerLauncher")  # fmt: skip
# access(2) would not heed the capability of a user who is not root without the last one.
PASS = (
    "--inh-caps",
    "+dac_read_search",
    "--ambient-caps",
    "+dac_read_search",
    "--securebits",
    "+no_setuid_fixup",
)
SETTINGS = """\
cluster.name: gingham
node.name: gingham
discovery.type: single-node
network.host: {host}
http.port: {port}
transport.port: {transport}
path.data: {data}/data
path.logs: {data}/logs
xpack.security.enabled: false
action.auto_create_index: false
cluster.routing.allocation.disk.threshold_enabled: false
"""
JVM_OPTIONS = """\
-Xms{heap}
-Xmx{heap}
-XX:-AlwaysPreTouch
-XX:-HeapDumpOnOutOfMemoryError
-Xlog:disable
-Xlog:all=warning:stderr:utctime,level,tags
"""
LOGS = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class Elasticsearch:
    """One node: the program of ES_HOME, else the one that `make tools` has fetched."""

    name: ClassVar[str] = "elasticsearch"
    variable: ClassVar[str] = "ELASTICSEARCH_URL"
    grace: ClassVar[float] = 20.0
    start_timeout: ClassVar[float] = 240.0  # 11 s of two idle cores

    def command(self, data: Path, port: int) -> Command:
        home, jdk = find_home(), find_jdk()
        config = _configure(home, data, port)
        java = str(jdk / "bin" / "java")
        environ = {
            "JAVA": java,
            "JAVA_TYPE": "ES_JAVA_HOME",
            "ES_JAVA_HOME": str(jdk),
            "ES_HOME": str(home),
            "ES_PATH_CONF": str(config),
            "ES_TMPDIR": str(data / "tmp"),
            "ES_DISTRIBUTION_TYPE": "zip",
            "HOME": str(data),
        }
        # A second java, its child, is the server; both end with their group.
        return Command((*_unprivileged(data, home, jdk), java, *LAUNCHER), environ, cwd=home)

    def url(self, port: int) -> str:
        return f"http://{HOST}:{port}"

    def make_ready(self, port: int) -> None:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s")
            health = json.load(connection.getresponse())
        except (OSError, http.client.HTTPException, ValueError) as failure:
            raise NotReady(str(failure)) from failure
        finally:
            connection.close()
        if health.get("status") not in ("yellow", "green"):  # all that was written can be read
            raise NotReady(f"its indexes are {health.get('status')}")


def find_home() -> Path:
    """The folder of the program; MissingServer says what to do when there is none."""
    named = os.environ.get("ES_HOME")
    home = Path(named).resolve() if named else in_cache(ELASTICSEARCH)
    if home is None:
        raise MissingServer(
            "elasticsearch was not found: `make tools` fetches it, or set ELASTICSEARCH_URL to an Elasticsearch 9, "
            "for example one in a container."
        )
    if not (home / "lib" / "tools" / "server-launcher").is_dir():
        raise MissingServer(
            f"ES_HOME={home} is not the folder of an Elasticsearch 9: correct it or leave it out."
        )
    return home


def _configure(home: Path, data: Path, port: int) -> Path:
    """Written anew for each start: the ports may be others."""
    config = data / "config"
    for old in (config, data / "tmp"):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(home / "config", config)
    for folder in (config / "jvm.options.d", data / "tmp", data / "logs", data / "data"):
        folder.mkdir(exist_ok=True)
    (config / "elasticsearch.yml").write_text(
        SETTINGS.format(host=HOST, port=port, transport=free_port(), data=data)
    )
    heap = os.environ.get("ELASTICSEARCH_HEAP") or "512m"
    (config / "jvm.options.d" / "gingham.options").write_text(JVM_OPTIONS.format(heap=heap))
    (config / "log4j2.properties").write_text(LOGS)
    return config


def _unprivileged(data: Path, *read: Path) -> tuple[str, ...]:
    """Elasticsearch refuses to be root: what to write before the command so that it is somebody else, who owns `data`.

    Folders of root's own above `data` or `read` would stop that user, so he may then read, not write, every file.
    """
    if os.geteuid() != 0:
        return ()
    user = _user()
    for path in (data, *data.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    setpriv = find_program(
        ("setpriv",), None, "install util-linux, or do not be root, or set ELASTICSEARCH_URL"
    )
    return (
        setpriv, "--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups",
        "--pdeathsig", "TERM",  # the kernel forgets the supervisor's when the user changes
        *(() if _is_open(data, *read) else PASS),
        "--",
    )  # fmt: skip


def _user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        return pwd.getpwnam("nobody")


def _is_open(*paths: Path) -> bool:
    """Whether everybody may pass all folders above."""
    return all(folder.stat().st_mode & 0o001 for path in paths for folder in path.parents)
