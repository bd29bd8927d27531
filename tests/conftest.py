"""One set of real servers for the whole run; each test rolled back or its collections emptied."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from marketplace.embedded import ensure_servers, scratch_var  # noqa: E402

# A folder of this run alone: two runs at once would empty each other's collections.
VAR = Path(os.environ.setdefault("GINGHAM_VAR", str(scratch_var(ROOT / "var" / "test"))))

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
