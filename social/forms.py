"""The shape of what people send; the services know the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.rules import rule


class CommentForm(forms.Form):
    """What somebody wants to say. `request_key` makes a repeated send the same comment."""

    body = forms.CharField(
        label=_("Your comment"), strip=False, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )
    request_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs |= {
            "maxlength": rule("comment.max"),
            "placeholder": _("Ask about fit, fabric, flaws"),
        }
