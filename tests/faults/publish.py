"""Sends probes, or probes and comments, one after the other with a pause, and says how many are stored.

python -m tests.faults.publish probes|comments COUNT PAUSE
"""

import sys
import time
from collections.abc import Callable

import django

django.setup()

from marketplace.core import rules  # noqa: E402  (models need Django set up)
from marketplace.core.logs import bind_request_id  # noqa: E402
from tests.faults.probes.services import send_probe  # noqa: E402


def probes() -> Callable[[int], object]:
    return lambda number: send_probe(number=number)


def comments() -> Callable[[int], object]:
    from social.services import post_comment
    from tests import make

    listing, author = make.listing(), make.verified_user()

    def both(number: int) -> None:
        post_comment(author=author, listing_id=listing.pk, body=f"Comment {number}")
        send_probe(number=number)

    return both


def main() -> None:
    what, count, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    with rules.override({"limit.comment.count": 1_000_000}):
        publish = {"probes": probes, "comments": comments}[what]()
        for number in range(count):
            bind_request_id(f"request-{number}")
            publish(number)
            print(number + 1, flush=True)
            time.sleep(pause)


if __name__ == "__main__":
    main()
