"""The shape of what people send; the services know the rules."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User
from marketplace.core.money import currency_choices


class ProfileForm(forms.Form):
    """What others see of a person."""

    # A plain file: the service says what is wrong with it, so nothing is decoded here.
    avatar = forms.FileField(label=_("Picture"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))
    display_name = forms.CharField(label=_("Display name"), required=False)
    about = forms.CharField(label=_("About you and your closet"), required=False, widget=forms.Textarea)
    city = forms.CharField(label=_("City"), required=False, help_text=_("Shown on your closet. Leave it empty if you like."))
    currency = forms.ChoiceField(label=_("Currency of your prices"), choices=currency_choices)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        words = {name: getattr(user, name) for name in ("display_name", "about", "city", "currency")}
        super().__init__(*args, initial=words, **kwargs)

    def words(self) -> dict[str, str]:
        """Everything but the picture, as edit_profile takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "avatar"}


class TokenForm(forms.Form):
    """A new API token."""

    DAYS = [("", _("Never")), ("30", _("In 30 days")), ("90", _("In 90 days")), ("365", _("In a year"))]
    name = forms.CharField(label=_("Name"), required=False, help_text=_("What will use it, for example “inventory script”."))
    scopes = forms.MultipleChoiceField(
        label=_("It may"), choices=Scope.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    expires = forms.ChoiceField(label=_("Expires"), choices=DAYS, required=False)

    def service_fields(self) -> dict[str, Any]:
        """Keywords for make_token."""
        days = self.cleaned_data["expires"]
        expires_at = timezone.now() + timedelta(days=int(days)) if days else None
        return {"name": self.cleaned_data["name"], "scopes": self.cleaned_data["scopes"], "expires_at": expires_at}
