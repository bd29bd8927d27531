"""How notices reacts: mail for what people want by mail, and nothing left of who has closed their account."""

from accounts.events import AccountClosed
from marketplace.core.events import on
from notices import services
from notices.events import NoticeAdded


@on(NoticeAdded, external=True)
def mail_news(events: list[NoticeAdded]) -> None:
    """Sends the mails of a batch over one connection to the mail server."""
    services.send_mails(dict.fromkeys(event.part_id for event in events))


@on(AccountClosed, external=True)
def forget_closed(events: list[AccountClosed]) -> None:
    """Removes the news of closed accounts (idempotent: it reads whether the account is open now)."""
    for person_id in dict.fromkeys(event.user_id for event in events):
        services.forget_person(person_id=person_id)
