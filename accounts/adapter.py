"""How allauth makes and changes people: through our services, under our rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts import services
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """allauth keeps the pages and mails; what a person may be called and how one is stored is ours."""

    def clean_username(self, username: str, shallow: bool = False) -> str:
        username = username.strip().lower()
        if problems := services.check_username(username):
            raise ValidationError(problems)
        return super().clean_username(username, shallow)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        data = form.cleaned_data
        made = services.register_user(
            email=data["email"], username=data["username"], password=data.get("password1")
        )
        # allauth goes on with the object that it gave us, so that one becomes the stored person.
        user.__dict__.update(made.__dict__)
        return user

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            services.verify_email(user=email_address.user)
        return confirmed
