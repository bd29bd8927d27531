"""What a password has to be."""

from django.contrib.auth.password_validation import MinimumLengthValidator

from marketplace.core.rules import rule


class RuleBookLengthValidator(MinimumLengthValidator):
    """Django's check of the length, by the rule book."""

    def __init__(self) -> None:
        pass

    @property
    def min_length(self) -> int:
        return rule("account.password_min")
