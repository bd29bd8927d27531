"""Pages of accounts: signing in and up (allauth's, limited by the rule book) and a person's own settings."""
