"""`make check`: Django's deployment checks and the migrations check, under an environment like production's."""

import os
import subprocess
import sys

from .folders import ROOT, scratch_var
from .servers import ensure_servers
from .terminal import say

COMMANDS = (("check", "--deploy", "--fail-level", "WARNING"), ("makemigrations", "--check", "--dry-run"))


def main() -> int:
    """Run the checks against servers of their own; the exit code says whether all passed."""
    servers = ensure_servers(scratch_var(ROOT / "var" / "test"), only=("mongod", "valkey"))
    try:
        environ = {
            **os.environ,
            **servers.environ(),
            "DEBUG": "0",
            "SECRET_KEY": os.urandom(40).hex(),
            "ALLOWED_HOSTS": "gingham.example",
            "CSRF_TRUSTED_ORIGINS": "https://gingham.example",
            "SITE_URL": "https://gingham.example",
        }
        for command in COMMANDS:
            say("check", "manage.py " + " ".join(command))
            code = subprocess.call([sys.executable, "manage.py", *command], cwd=ROOT, env=environ)
            if code:
                return code
    finally:
        servers.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
