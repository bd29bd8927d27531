"""Who may come in with a known password; made by seed_demo only, which refuses to run in production."""

PASSWORD = "gingham-demo-1"  # noqa: S105  (known to everybody on purpose)
LOGINS = [
    ("shopper", "shopper@demo.example", PASSWORD),
    ("seller", "seller@demo.example", PASSWORD),
    ("staff", "staff@demo.example", PASSWORD),
]
