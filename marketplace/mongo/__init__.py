"""The database engine (`ENGINE = "marketplace.mongo"`): django-mongodb-backend 5.2.4 with its faults mended.

Each piece names the fault of the stock engine that it mends; tests/mongo shows each fault on the stock engine, so a
release that mends one fails a test here, and the piece can go. See docs/adr/0001.
"""
