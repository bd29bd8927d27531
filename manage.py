#!/usr/bin/env python
"""Django's command line; it finds the servers that `make run` or `make dev` has started."""

import os
import sys

from marketplace.embedded.environment import adopt_environ


def main() -> None:
    """Run one management command; what a person can put right is said in one sentence (--traceback says all)."""
    adopt_environ()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    from django.core.management import execute_from_command_line

    from marketplace.command_failures import sentence

    try:
        execute_from_command_line(sys.argv)
    except Exception as failure:
        said = "" if "--traceback" in sys.argv else sentence(failure)
        if not said:
            raise
        sys.exit(said)


if __name__ == "__main__":
    main()
