"""A shop of any size to measure on: listings, stock, sellers, comments and likes, straight into MongoDB.

    python -m bench.grow --to 1000000            in the database `bench_grow`; run again, it goes on
    python -m bench.grow --drop                  takes the database away

Numbers, not services: each listing is made from its own number, so a run that was ended goes on where it was. How
categories, brands, sizes, colours, conditions and prices are spread follows a Zipf curve; every tenth listing belongs
to one seller, the others to a long tail. All indexes are there while it grows, unless `--facets-last`.
"""

import argparse
import os
import sys
import time
from pathlib import Path

from bench.data import BENCH_ENVIRON, manage
from marketplace.embedded import ensure_servers

ROOT = Path(__file__).resolve().parent.parent
NAME = "bench_grow"
BATCH = 2000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--to", type=int, default=61_000, help="listings there are afterwards")
    parser.add_argument(
        "--facets-last", action="store_true", help="build the two facet indexes when all is there"
    )
    parser.add_argument("--drop", action="store_true", help="take the database away instead")
    parser.add_argument("--database", default=NAME, help="its name")
    options = parser.parse_args()
    os.environ.setdefault("MONGOD_CACHE_GB", "4")  # with 0.5, a million listings take four times as long
    servers = ensure_servers(Path(os.environ.setdefault("GINGHAM_VAR", str(ROOT / "var" / "bench"))))
    os.environ.update(servers.environ() | BENCH_ENVIRON | {"MONGODB_NAME": options.database})
    try:
        drop() if options.drop else grow(options.to, facets_last=options.facets_last)
    finally:
        servers.stop()


def drop() -> None:
    """Takes the database of this bench away."""
    import pymongo

    pymongo.MongoClient(os.environ["MONGODB_URI"]).drop_database(os.environ["MONGODB_NAME"])


def grow(wanted: int, *, facets_last: bool) -> None:
    """Migrates and adds listings until there are `wanted`; on a busy machine four times faster with `facets_last`."""
    manage(dict(os.environ), "migrate", "--verbosity=0")
    manage(dict(os.environ), "load_taxonomy")
    import django

    django.setup()
    from bench.goods import Goods

    goods = Goods()
    if facets_last:
        goods.drop_facet_indexes()
    begun, first = time.monotonic(), goods.next_number()
    for number in range(first, wanted, BATCH):
        goods.add(range(number, min(number + BATCH, wanted)))
        if number // BATCH % 25 == 0:
            rate = (number + BATCH - first) / (time.monotonic() - begun)
            print(f"{number + BATCH:>9,} listings  {rate:,.0f} a second", file=sys.stderr, flush=True)
    goods.build_facet_indexes()
    print(f"{goods.next_number():,} listings in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
