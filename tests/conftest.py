"""One set of real servers for the whole run; each test rolled back or its collections emptied."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
VAR = Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "test")))

from marketplace.embedded import ensure_servers  # noqa: E402

# Before Django reads its settings: they take the addresses from the environment.
SERVERS = ensure_servers(VAR)
os.environ.update(SERVERS.environ())
os.environ["DEBUG"] = "0"
os.environ.update(
    SECRET_KEY="a-key-for-the-test-run-only-0123456789-abcdefghijklmnop",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    SECURE_SSL_REDIRECT="0",
    SECURE_COOKIES="0",
    EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    LOG_LEVEL="WARNING",
)

pytest_plugins = ["tests.fixtures.database", "tests.fixtures.site", "tests.skips"]


def pytest_unconfigure() -> None:
    SERVERS.stop()
