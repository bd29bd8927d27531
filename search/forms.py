"""The form of a saved search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from search.models import Frequency


class SavedSearchForm(forms.Form):
    """How it is called, how often it is told, and whether it is a want. The services check the lengths."""

    title = forms.CharField(label=_("Name"), required=False)
    frequency = forms.ChoiceField(
        label=_("Tell me"), choices=Frequency.choices, widget=forms.RadioSelect, initial=Frequency.NOW
    )
    is_want = forms.BooleanField(
        label=_("I want to buy one"), required=False,
        help_text=_("Sellers are told how many people want what they are about to list, never who."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note to yourself"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Measures, the year, where you saw it."),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What the services take."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}
