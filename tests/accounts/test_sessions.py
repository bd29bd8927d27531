from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.tasks import forget_old_sessions


@pytest.mark.django_db
def test_sessions_that_ran_out_are_forgotten():
    now = timezone.now()
    for key, expires in (("old", now - timedelta(hours=1)), ("new", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)

    assert forget_old_sessions() == 1
    assert forget_old_sessions() == 0

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
