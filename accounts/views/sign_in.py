"""allauth's pages with limits of the rule book; refused forms answer 422 or 429 and keep what was typed."""

from typing import Any

from allauth.account import views as allauth
from django.forms import BaseForm
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse

from marketplace.core.client import client_network
from marketplace.core.errors import Invalid, TooMany
from marketplace.core.pages import add_refusal
from marketplace.core.ratelimit import spend


class Refusing:
    """A form view of allauth that says 422 when a form is refused and 429 when a limit is used up."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.spend_limit()
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        except TooMany as refusal:
            return self.too_many(refusal)

    def spend_limit(self) -> None:
        """Takes from the limit of this page; TooMany when it is used up."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = Invalid.status
        return response

    def too_many(self, refusal: TooMany) -> HttpResponse:
        form = self.get_form()  # type: ignore[attr-defined]
        if form._errors is None:  # not looked at yet, and it will not be: its fields may cost a lookup
            form._errors, form.cleaned_data = ErrorDict(), {}
        add_refusal(form, refusal)
        context = self.get_context_data(form=form, is_limited=True)  # type: ignore[attr-defined]
        headers = {"Retry-After": str(refusal.retry_after)}
        return self.render_to_response(context, status=refusal.status, headers=headers)  # type: ignore[attr-defined]


class ByAddress(Refusing):
    """Limited by the client's address: who comes here is not known yet."""

    request: HttpRequest

    def spend_limit(self) -> None:
        spend("entrance", client_network(self.request))


class ByPerson(Refusing):
    """Limited by the person who is logged in."""

    request: HttpRequest

    def spend_limit(self) -> None:
        spend("password", self.request.user.pk)


class SendsMail(ByAddress):
    """Sends a mail to the address that was typed, and not too many to one."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        spend("account_mail", form.cleaned_data["email"].lower())
        return super().form_valid(form)  # type: ignore[misc]


class LoginView(Refusing, allauth.LoginView):
    """Limited in the adapter, by account and address: accounts/services/sign_in.py."""


class ReauthenticateView(Refusing, allauth.ReauthenticateView):
    """Limited as the login is."""


class SignupView(ByAddress, allauth.SignupView):
    pass


class PasswordResetView(SendsMail, allauth.PasswordResetView):
    pass


class RequestLoginCodeView(SendsMail, allauth.RequestLoginCodeView):
    pass


class ConfirmLoginCodeView(ByAddress, allauth.ConfirmLoginCodeView):
    pass


class PasswordResetFromKeyView(ByAddress, allauth.PasswordResetFromKeyView):
    pass


class EmailView(ByPerson, allauth.EmailView):
    def get_ajax_data(self) -> list[dict[str, Any]]:
        # allauth puts the id in as it is, and JSON knows no ObjectId.
        return [{**row, "id": str(row["id"])} for row in super().get_ajax_data()]


class PasswordChangeView(ByPerson, allauth.PasswordChangeView):
    pass


class PasswordSetView(ByPerson, allauth.PasswordSetView):
    pass
