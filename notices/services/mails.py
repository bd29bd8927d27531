"""News by mail, sent by a worker: at least once, and in all likelihood once (docs/adr/0017)."""

import logging
from collections.abc import Collection
from datetime import timedelta
from urllib.parse import urlsplit

from bson import ObjectId
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.core import ratelimit
from marketplace.core.errors import TooMany
from marketplace.core.events import DependencyAway
from marketplace.core.rules import rule
from notices.models import Notice, NoticePart
from notices.services.choices import wanted_mails
from notices.services.kinds import KINDS, Kind, sentence
from notices.services.tokens import mail_token

log = logging.getLogger(__name__)


def send_mails(part_ids: Collection[ObjectId]) -> int:
    """Mails each of these that is still to be mailed, over one connection; how many. DependencyAway
    when no mail server answers; what it raises for one mail is raised.

    Not what was mailed or read already, was taken back or muted, is older than `news.fresh_hours`, or is past the
    limit of mails. Outside any transaction.
    """
    due = [part for part in NoticePart.objects.filter(pk__in=part_ids) if part.mailed_at is None]
    if not due:
        return 0
    entries = Notice.objects.in_bulk([part.notice_id for part in due])
    people = User.objects.in_bulk(
        [*(entry.person_id for entry in entries.values()), *(part.actor for part in due)]
    )
    wanted = wanted_mails({entry.person_id for entry in entries.values()})
    sent = 0
    with _connected() as server:
        for part in due:
            entry = entries.get(part.notice_id)
            person = people.get(entry.person_id) if entry else None
            if (
                entry is None
                or person is None
                or entry.kind not in wanted[person.pk]
                or not _is_due(part, entry, person)
            ):
                continue
            actor = people.get(part.actor)
            message = _message(part, entry, person, actor.public_name if actor else _("Somebody"))
            message.connection = server
            sent += _sent(message, part, person)
    return sent


def _connected() -> BaseEmailBackend:
    server = get_connection()
    try:
        server.open()
    except OSError as away:  # smtplib's own errors are OSErrors too
        raise DependencyAway(f"the mail server does not answer: {away}") from away
    return server


def _is_due(part: NoticePart, entry: Notice, person: User) -> bool:
    is_old = timezone.now() - part.at > timedelta(hours=rule("news.fresh_hours"))
    is_reachable = person.is_active and person.is_email_verified
    return is_reachable and not (is_old or entry.is_muted or part.is_read(entry.read_at))


def _sent(message: EmailMultiAlternatives, part: NoticePart, person: User) -> bool:
    try:
        ratelimit.spend("news_mail", person.pk)
    except TooMany:
        log.info("news not mailed, the limit is used up", extra={"person": str(person.pk)})
        return False
    try:
        message.send()
    except OSError:
        ratelimit.give_back("news_mail", person.pk)
        raise
    # After it is sent: a worker that dies in between sends it again, under the same Message-ID; marked before, a mail
    # that was never sent would count as sent.
    NoticePart.objects.filter(pk=part.pk).update(mailed_at=timezone.now())
    return True


def _message(part: NoticePart, entry: Notice, person: User, actor: str) -> EmailMultiAlternatives:
    kind = KINDS[entry.kind]
    stop = settings.SITE_URL + reverse(
        "notices:mail-stop", args=[mail_token(person_id=person.pk, kind=kind.name)]
    )
    context = {
        "line": _line(kind, actor, entry.title), "part": part, "kind": kind, "person": person,
        "url": settings.SITE_URL + part.url, "stop_url": stop,
        "SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL,
    }  # fmt: skip
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    message = EmailMultiAlternatives(
        subject=context["line"], body=render_to_string("emails/news_message.txt", context), to=[person.email],
        headers={
            "Message-ID": f"<{part.pk}@{host}>", "References": f"<{entry.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )  # fmt: skip
    message.attach_alternative(render_to_string("emails/news_message.html", context), "text/html")
    return message


def _line(kind: Kind, actor: str, title: str) -> str:
    return " ".join(sentence(kind, names=[actor], count=1, what=title).split())
