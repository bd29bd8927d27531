"""Every form that the settings name is there: a wrong name would show only on the page that needs it."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from accounts.forms import PlainWords


@pytest.mark.parametrize("key", settings.ACCOUNT_FORMS)
def test_a_form_of_the_settings_is_ours(key):
    assert issubclass(import_string(settings.ACCOUNT_FORMS[key]), PlainWords)
