"""Which pages may open a socket."""

import pytest

from marketplace.core.sockets.origin import _is_ours


@pytest.mark.parametrize(
    ("origin", "host", "is_ours"),
    [
        ("http://localhost:8000", "localhost:8000", True), ("https://shop.example", "shop.example", True),
        ("https://shop.example", "shop.example:443", True), ("http://LOCALHOST:8000", "localhost:8000", True),
        ("https://trusted.example", "shop.example", True), ("", "shop.example", True),
        ("http://localhost:9999", "localhost:8000", False), ("https://localhost", "localhost:8000", False),
        ("https://evil.example", "shop.example", False), ("null", "shop.example", False),
        ("https://evil.example", "evil.example", False), ("https://shop.example:x", "shop.example", False),
    ],
)  # fmt: skip
def test_only_pages_of_this_site_open_sockets(settings, origin, host, is_ours):
    settings.ALLOWED_HOSTS = ["localhost", "shop.example"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://trusted.example"]

    assert _is_ours(origin, host) is is_ours
