"""What people send to the pages of accounts, checked for its shape; the rules are the services'."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from marketplace.core.errors import Invalid
from marketplace.core.money import currency_choices
from marketplace.core.pages import add_refusal
from marketplace.core.pictures import FORMATS
from marketplace.core.rules import rule

PICTURES = ",".join(f"image/{name.lower()}" for name in FORMATS)
TEXTS = ("display_name", "about", "city")


class PlainWords(forms.Form):
    """allauth's fields in our words: the label stands above, help below, nothing inside the box."""

    words: dict[str, tuple[Any, Any]] = {}  # field -> (label, help)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class SignupForm(PlainWords, allauth.SignupForm):
    """Address, name and password; everything else can wait."""

    words = {
        "email": (_("E-mail"), _("We send a link there once, to see that it is yours. Nobody else sees it.")),
        "username": (_("Username"), _("How others know you: small letters, digits and _.")),
        "password1": (
            _("Password"),
            _("At least %(n)d characters; a few words in a row are easy to keep in mind."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password, least = self.fields["password1"], {"n": rule("account.password_min")}
        password.help_text = password.help_text % least
        username = self.fields["username"]
        # All that can be wrong with a username is said at once, by the service's check in the adapter.
        username.validators = [check for check in username.validators if not hasattr(check, "limit_value")]
        username.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        for limit in ("minlength", "maxlength"):
            username.widget.attrs.pop(limit, None)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Registers the person; what the service still refuses (somebody was faster) stands on the form."""
        try:
            return super().try_save(request)
        except Invalid as refusal:
            add_refusal(self, refusal)
            return None, render(request, "account/signup.html", {"form": self}, status=refusal.status)


class LoginForm(PlainWords, allauth.LoginForm):
    words = {"login": (_("E-mail or username"), ""), "password": (_("Password"), "")}


class AddEmailForm(PlainWords, allauth.AddEmailForm):
    words = {
        "email": (_("New e-mail address"), _("The present one stays until you have opened the link we send."))
    }

    def clean_email(self) -> str:
        email = super().clean_email()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("There is an account with this address already."))
        return email


class ResetPasswordForm(PlainWords, allauth.ResetPasswordForm):
    words = {"email": (_("E-mail"), "")}


class ResetPasswordKeyForm(PlainWords, allauth.ResetPasswordKeyForm):
    words = {"password1": (_("New password"), ""), "password2": (_("The same again"), "")}


class ChangePasswordForm(PlainWords, allauth.ChangePasswordForm):
    words = {"oldpassword": (_("Present password"), "")} | ResetPasswordKeyForm.words


class SetPasswordForm(PlainWords, allauth.SetPasswordForm):
    words = ResetPasswordKeyForm.words


class ReauthenticateForm(PlainWords, allauth.ReauthenticateForm):
    words = {"password": (_("Password"), "")}


class RequestLoginCodeForm(PlainWords, allauth.RequestLoginCodeForm):
    words = {"email": (_("E-mail"), _("We mail you a code that lets you in once."))}


class ConfirmLoginCodeForm(PlainWords, allauth.ConfirmLoginCodeForm):
    words = {"code": (_("The code from the mail"), "")}


class ProfileForm(forms.Form):
    """What a person says about themselves."""

    # A plain file: the service says what is wrong with it, so nothing is decoded here.
    avatar = forms.FileField(
        label=_("Picture"), required=False, widget=forms.FileInput(attrs={"accept": PICTURES}),
        help_text=_("JPEG, PNG, WebP or GIF; it is cropped to a square."),
    )  # fmt: skip
    display_name = forms.CharField(
        label=_("Display name"), required=False, help_text=_("Empty: your username.")
    )
    about = forms.CharField(
        label=_("About you"), required=False, widget=forms.Textarea,
        help_text=_("What you wear, what you let go, how fast you post."),
    )  # fmt: skip
    city = forms.CharField(
        label=_("City"), required=False, help_text=_("Shown on your closet if you fill it in.")
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=currency_choices, help_text=_("New listings start with it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            self.fields[name].widget.attrs["maxlength"] = rule(f"account.{name}_max")
        self.fields["display_name"].widget.attrs["autocomplete"] = "nickname"
        self.fields["city"].widget.attrs["autocomplete"] = "address-level2"

    @classmethod
    def of(cls, user: User) -> "ProfileForm":
        """The form with what is stored."""
        return cls(initial={name: getattr(user, name) for name in (*TEXTS, "currency")})


class TokenForm(forms.Form):
    """A new API token."""

    name = forms.CharField(label=_("Name"), help_text=_("What will use it, so that you know it again."))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    expires_at = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("It ends with this day. Empty: it lasts until you revoke it."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {
            "maxlength": rule("account.token_name_max"),
            "autocomplete": "off",
        }


class CloseForm(forms.Form):
    """Closing one's own account: the name typed, so that it is not done by a slip."""

    username = forms.CharField(label=_("Your username"), help_text=_("Type it to say that you mean it."))
    reason = forms.CharField(label=_("Why?"), required=False, help_text=_("Only we read it."))

    def __init__(self, *args: Any, username: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = username
        self.fields["reason"].widget.attrs["maxlength"] = rule("account.reason_max")
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "autocomplete": "off"}

    def clean_username(self) -> str:
        if self.cleaned_data["username"].strip().lower().removeprefix("@") != self.own:
            raise forms.ValidationError(_("That is not your username."))
        return self.own
