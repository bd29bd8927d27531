"""The served API does what its description says: schemathesis with all of its checks, as a visitor and with a token.

SCHEMA_EXAMPLES, cases for each operation, makes it as long as one likes.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from accounts import services as accounts
from accounts.models import Scope
from tests import make
from tests.fixtures.site import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "3"))
CONFIG = Path(__file__).with_name("schemathesis.toml")
SECONDS_FOR_ONE = 30


@pytest.fixture
def known():
    """Things of a seller that calls can be about, as environment for the hooks, and the seller's token."""
    seller, shopper = make.verified_user("alma"), make.verified_user("vera")
    listings = [make.listing(seller, sizes=[{"size": "M", "quantity": 2}]) for _ in range(4)]
    listings += [make.draft(seller) for _ in range(2)]
    comments = [make.comment(one, person) for one in listings[:2] for person in (shopper, seller)]
    _token, secret = accounts.make_token(user=seller, name="all", scopes=list(Scope.values))
    return secret, {
        "KNOWN_USERNAME": seller.username,
        "KNOWN_LISTINGS": " ".join(str(one.pk) for one in listings),
        "KNOWN_COMMENTS": " ".join(str(one.pk) for one in comments),
        "KNOWN_KEYS": " ".join(key for one in listings for key in one.photo_keys),
    }


@pytest.mark.parametrize("who", ["visitor", "token"])
def test_the_api_does_what_its_schema_says(unlimited, known, who, tmp_path):
    secret, things = known
    program = [Path(sys.executable).with_name("schemathesis"), "--config-file", CONFIG]
    words = ["--checks", "all", "--max-examples", str(EXAMPLES), "--generation-deterministic", "--no-color"]
    if who == "token":
        words += ["--header", f"Authorization: Bearer {secret}"]
    environ = {"PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": "tests.api.known_things"}

    ran = subprocess.run(
        [*program, "run", f"{unlimited}/api/v1/schema/", *words], cwd=tmp_path, env=os.environ | environ | things,
        capture_output=True, text=True, timeout=SECONDS_FOR_ONE * (EXAMPLES + 3),
    )  # fmt: skip

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "45 selected / 45 total" in ran.stdout
