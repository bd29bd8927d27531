"""The verbs of notices; the only code that writes news and what is mailed of them."""

from notices.services.choices import choose_mails, refuse_mail, wanted_mails
from notices.services.kinds import KINDS, Kind, register_kind
from notices.services.mails import send_mails
from notices.services.reading import forget_person, mark_read, mute, unmute, unread_count
from notices.services.telling import News, notify, withdraw
from notices.services.tokens import mail_token, read_mail_token

__all__ = [
    "KINDS", "Kind", "News", "choose_mails", "forget_person", "mail_token", "mark_read", "mute", "notify",
    "read_mail_token", "refuse_mail", "register_kind", "send_mails", "unmute", "unread_count", "wanted_mails",
    "withdraw",
]  # fmt: skip
