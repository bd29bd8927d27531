"""Sends probes, or probes and comments, one after the other with a pause, and says how many are stored.

python -m tests.faults.publish probes|comments|edits COUNT PAUSE
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


def edits() -> Callable[[int], object]:
    """Every kind of change that the search index follows, over some listings."""
    from listings import services
    from social.services import like_listing
    from tests import make

    seller, fans = make.verified_user(), [make.verified_user() for _ in range(20)]
    rows = [make.listing(seller) for _ in range(20)]

    def one(number: int) -> None:
        row = rows[number % len(rows)]
        if number % 23 == 0:
            services.remove_listing(actor=seller, listing=make.listing(seller))
        elif number % 7 == 0:
            like_listing(user=fans[number // 7 % len(fans)], listing_id=rows[0].pk)
        elif number % 11 == 0:
            for status in ("not_for_sale", "available"):
                services.set_status(actor=seller, listing=row, status=status)
        else:
            services.edit_listing(
                actor=seller, listing=row, price_cents=1000 + number, title=f"Edit {number}"
            )

    return one


def main() -> None:
    what, count, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    with rules.override(
        {"limit.comment.count": 1_000_000, "limit.edit.count": 1_000_000, "limit.listing.count": 1_000_000}
    ):
        publish = {"probes": probes, "comments": comments, "edits": edits}[what]()
        for number in range(count):
            bind_request_id(f"request-{number}")
            publish(number)
            print(number + 1, flush=True)
            time.sleep(pause)


if __name__ == "__main__":
    main()
