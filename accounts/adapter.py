"""How allauth makes and changes people: through our services."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Placeholder of the sign-up door."""
