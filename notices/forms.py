"""The form of what somebody wants by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notices.services import KINDS


class MailForm(forms.Form):
    """A box for each kind of news."""

    mail = forms.MultipleChoiceField(
        label=_("Mail me"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Each mail has a link that ends mails of its kind."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mail"].choices = [(kind.name, kind.label) for kind in KINDS.values()]
