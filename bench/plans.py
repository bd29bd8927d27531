"""What pages cost in queries on a large database, and whether each is answered by an index.

    python -m bench.plans --import ../shared/data

Asks each page as a visitor and as somebody logged in, with the visitors' cache off, explains every read, and fails
when a page asks more than 3 (visitor) or 6 (logged in) times, scans a collection or sorts in memory.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from bench.data import BENCH_ENVIRON, addresses, fill
from marketplace.embedded import ensure_servers

ROOT = Path(__file__).resolve().parent.parent
MOST = {"visitor": 3, "person": 6}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--import", dest="data", help="folder with the CSV files to import first")
    options = parser.parse_args()
    servers = ensure_servers(Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench"))))
    os.environ.update(servers.environ() | BENCH_ENVIRON)
    try:
        fill(dict(os.environ), options.data)
        problems = check()
    finally:
        servers.stop()
    sys.exit(1 if problems else 0)


def check() -> list[str]:
    """Prints a row a page and returns what is wrong."""
    import django

    from tests.fixtures.queries import recording  # listens only to clients made after its import

    django.setup()
    from django.test import Client

    from accounts.models import User
    from marketplace.core.rules import override

    pages = addresses(dict(os.environ))
    count = pages.pop("n")
    person = Client()
    person.force_login(User.objects.active().first(), "django.contrib.auth.backends.ModelBackend")
    problems, rows = [], {}
    print(f"{count:,} listings\n{'page':12} {'visitor':>8} {'person':>8}  plans")
    for name, url in pages.items():
        costs = {}
        for who, client in (("visitor", Client()), ("person", person)):
            client.get(url)
            with override({"page.cache_seconds": 0}), recording() as commands:
                answer = client.get(url)
            costs[who] = len(commands)
            bad = commands.plans()
            if answer.status_code != 200 or len(commands) > MOST[who] or bad:
                problems.append(f"{name} as {who}: {answer.status_code}, {commands.names()}, {bad}")
        rows[name] = costs
        print(
            f"{name:12} {costs['visitor']:8} {costs['person']:8}  {'by index' if not problems else problems[-1]}"
        )
    print("RESULT", json.dumps({"listings": count, "queries": rows, "problems": problems}))
    return problems


if __name__ == "__main__":
    main()
