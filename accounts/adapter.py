"""How allauth makes and changes people: through our services; and how its mails are written and sent."""

import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.mail import EmailMessage
from django.forms import BaseForm, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.devices import device_of, remember_device
from accounts.models import User
from accounts.reauthentication import is_fresh
from marketplace.core.client import client_address, client_network

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """allauth keeps the pages; what a person may be called and how one is stored is ours."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("That is your address already."),
        "email_password_mismatch": _(
            "No account has this name and this password. Look for a typo in either."
        ),
        "username_password_mismatch": _(
            "No account has this name and this password. Look for a typo in either."
        ),
        "email_taken": _("There is an account with this address already."),
        "incorrect_code": _("That is not the code. Look at the newest mail, or ask for another one."),
        "enter_current_password": _("That is not your present password."),
        "incorrect_password": _("That is not your password."),
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
        "too_many_login_attempts": _(
            "That was wrong a few times in a row. Wait five minutes, then try again."
        ),
        "rate_limited": _("That was a lot in a short time. Please wait a moment."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """allauth asks this before it changes an address."""
        return not is_fresh(self.request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Takes a try of the login limits; TooManyLogins goes up to the page."""
        device, known = device_of(request)
        self.spent = services.begin_login(
            login=_login_of(credentials), network=client_network(request), device=device, known=known
        )

    def _rollback_login_failed_rl_usage(self) -> None:
        services.end_login(self.spent)  # allauth's name for "the password was right"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        services.note_failed_login(login=_login_of(credentials), address=client_address(request))

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Remembers the device; a code that came by mail has confirmed the address."""
        address = EmailAddress.objects.filter(user_id=user.pk, email=user.email, verified=True)
        if not user.is_email_verified and address.exists():
            services.verify_email(user=user)
        response = super().post_login(request, user, **details)
        remember_device(request, response, user)
        return response

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The username in small letters; every reason at once why it cannot be had."""
        username = username.strip().lower()
        errors = services.check_username(username)
        if not errors and not shallow and User.objects.filter(username=username).exists():
            errors = [gettext("This username is taken.")]
        if errors:
            raise ValidationError(errors)
        return username

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        data = form.cleaned_data
        return services.register_user(
            email=data["email"], username=data["username"], password=data.get("password1")
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail: of the site, whatever host or port the request was sent to."""
        return _of_site(super().get_reset_password_from_key_url(key))

    def set_password(self, user: User, password: str) -> None:
        services.change_password(user=user, password=password)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Takes the address as the person's own, unless it has become somebody else's in the meantime."""
        if User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id).exists():
            self.add_message(
                request, messages.ERROR, message=gettext("There is an account with this address already.")
            )
            return False
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            services.verify_email(user=email_address.user)
        return bool(confirmed)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """The mail with the link that confirms an address."""
        address = emailconfirmation.email_address
        # allauth signs the id as JSON, which an ObjectId is not; its text finds the same row when it is read back.
        key = signing.dumps(str(address.pk), salt=app_settings.SALT)
        url = _of_site(reverse("account_confirm_email", args=[key]))
        name = "email_confirmation_signup" if signup else "email_confirmation"
        self.send_mail(f"account/email/{name}", address.email, {"user": address.user, "activate_url": url})

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:  # fmt: skip
        """The mail from templates/emails, as text and as HTML."""
        prefix = template_prefix.replace("account/email/", "emails/")
        names = {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL}
        return super().render_mail(prefix, email, context | names, headers)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends at once; when the mail server does not answer, the page says so and what is stored stays stored."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as problem:
            log.error("mail not sent", extra={"template": template_prefix, "reason": str(problem)})
            text = gettext("We could not send you the mail just now. Ask for it again in a few minutes.")
            self.add_message(self.request, messages.ERROR, message=text)


def _login_of(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "")


def _of_site(address: str) -> str:
    return settings.SITE_URL.rstrip("/") + urlsplit(address).path
