"""Starts the real servers of a test run before Django reads its settings, which take the addresses from there.

Loaded by `-p tests.servers` (pyproject.toml), because pytest-django reads the settings before any conftest.
"""

import os
from pathlib import Path

import tests.fixtures.queries  # noqa: F401  (listens before any client exists)
from marketplace.embedded import ensure_servers, scratch_var

ROOT = Path(__file__).resolve().parent.parent
# A folder of this run alone: two runs at once would empty each other's collections.
VAR = Path(os.environ.setdefault("GINGHAM_VAR", str(scratch_var(ROOT / "var" / "test"))))
# Some tests make a command of MongoDB fail; only a server that is told so lets them.
os.environ.setdefault("MONGOD_ARGS", "--setParameter enableTestCommands=1")
# A server that the environment names is somebody's: tests empty theirs. TEST_MONGODB_URI and so on name one for tests.
NAMES = ("MONGODB_URI", "REDIS_URL", "CELERY_BROKER_URL")
# Off until a test asks for it (tests/fixtures/search.py): it takes as long to start as many tests to run.
os.environ["ELASTICSEARCH_URL"] = os.environ["EMBEDDINGS_MODEL"] = ""
# It starts with half the work where its code is not made fast for a long life.
os.environ.setdefault("ES_JAVA_OPTS", "-XX:TieredStopAtLevel=1")
for _name in NAMES:
    os.environ.pop(_name, None)
    if _named := os.environ.get(f"TEST_{_name}"):
        os.environ[_name] = _named
SERVERS = ensure_servers(VAR)
os.environ.update(
    SERVERS.environ(),
    DEBUG="0",
    SECRET_KEY="a-key-for-the-test-run-only-0123456789-abcdefghijklmnop",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    SECURE_SSL_REDIRECT="0",
    SECURE_COOKIES="0",
    EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    LOG_LEVEL="WARNING",
)


def pytest_unconfigure() -> None:
    SERVERS.stop()
