"""One set of real servers for the whole run (tests/servers.py); each test rolled back or its collections emptied."""

pytest_plugins = [
    "tests.skips",
    "tests.fixtures.database",
    "tests.fixtures.queries",
    "tests.fixtures.search",
    "tests.fixtures.site",
]
