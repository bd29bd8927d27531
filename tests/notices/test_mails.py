"""News by mail over a real SMTP server: what is sent, to whom, how often, and how it ends."""

import email
import re
import socket
import time
from datetime import timedelta
from email import policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.test import Client
from django.utils import timezone

from accounts.models import User
from marketplace.core.events import HANDLERS
from marketplace.core.outbox import delivery
from marketplace.core.outbox.models import OutboxEntry
from marketplace.core.rules import override
from notices import services
from notices.models import Notice, NoticePart
from social import services as social
from tests import make
from tests.notices.making import news

pytestmark = pytest.mark.django_db


class Letterbox(Message):
    """Keeps what it is sent; refuses the first `refusals` mails as a server does that is short of disk."""

    def __init__(self):
        super().__init__()
        self.mails, self.refusals = [], 0

    def handle_message(self, message):
        self.mails.append(email.message_from_bytes(message.as_bytes(), policy=policy.default))

    async def handle_DATA(self, server, session, envelope):
        if self.refusals:
            self.refusals -= 1
            return "452 Insufficient system storage"
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def letterbox(settings):
    """An SMTP server that Django sends to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.SITE_URL = "https://shop.example"
    yield box
    controller.stop()


@pytest.fixture
def vera():
    return make.verified_user("vera")


def comment(vera, **more):
    """A comment on something of hers that is to be mailed."""
    ada = make.user(display_name="Ada")
    one = news(vera, ada, kind="comment", key=f"c{ada.pk}", text="Is it <lined>?", deep_url="/l/#c1", **more)
    services.notify([one])
    return one


def part(kind, mail):
    return mail.get_body((kind,)).get_content()


def test_a_comment_is_a_mail_in_text_and_html_with_a_way_out(letterbox, vera, deliver):
    comment(vera)
    deliver()

    (mail,) = letterbox.mails
    assert (mail["To"], mail["Subject"]) == ("vera@example.org", "Ada commented on Linen dress")
    assert "Is it <lined>?" in part("plain", mail) and "https://shop.example/l/#c1" in part("plain", mail)
    assert "Is it &lt;lined&gt;?" in part("html", mail) and "https://shop.example/l/#c1" in part("html", mail)
    link = mail["List-Unsubscribe"].strip(" <>")
    assert link.startswith("https://shop.example/news/mail/")
    assert link in part("plain", mail) and link in part("html", mail)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"] == f"<{NoticePart.objects.get().pk}@shop.example>"


def test_no_request_waits_for_the_mail_server(letterbox, vera, client):
    listing, ada = make.listing(vera), make.verified_user("ada")
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    client.post(f"/listings/{listing.pk}/comments/", {"body": "Hello"})

    assert letterbox.mails == []
    delivery.deliver_all_due()
    assert [mail["To"] for mail in letterbox.mails] == ["vera@example.org"]


def test_what_is_delivered_again_is_mailed_once(letterbox, vera, deliver):
    for _ in range(3):
        comment(vera)
    events = [entry.payload["part_id"] for entry in OutboxEntry.objects.filter(handler="notices.mail_news")]
    deliver()

    for _again in range(2):
        assert services.send_mails(events) == 0
    assert len(letterbox.mails) == len({mail["Message-ID"] for mail in letterbox.mails}) == 3


def test_a_mail_that_the_server_refuses_is_tried_again_and_the_others_go_once(letterbox, vera):
    for _ in range(3):
        comment(vera)
    letterbox.refusals = 2
    for _round in range(2):
        if claim := delivery.claim_due(HANDLERS["notices.mail_news"]):
            delivery.deliver(claim)
        OutboxEntry.objects.all().update(due_at=timezone.now())

    assert len(letterbox.mails) == len({mail["Message-ID"] for mail in letterbox.mails}) == 3
    assert not OutboxEntry.objects.filter(handler="notices.mail_news").exists()


def test_a_mail_server_that_is_away_loses_nothing(letterbox, settings, vera):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    comment(vera)
    delivery.deliver(delivery.claim_due(HANDLERS["notices.mail_news"]))
    entry = OutboxEntry.objects.get(handler="notices.mail_news")
    assert (entry.state, entry.attempts, "mail server" in entry.error) == ("pending", 0, True)

    settings.EMAIL_PORT = port
    OutboxEntry.objects.all().update(due_at=timezone.now())
    delivery.deliver_all_due()
    assert len(letterbox.mails) == 1


def take_back(one, vera):
    services.withdraw([one.key])


def read(one, vera):
    services.mark_read(person=vera)


def mute(one, vera):
    services.mute(person=vera, notice_id=one.notice_id)


def choose_none(one, vera):
    services.choose_mails(person=vera, kinds=[])


def grow_old(one, vera):
    NoticePart.objects.update(at=timezone.now() - timedelta(hours=80))


def close(one, vera):
    User.objects.filter(pk=vera.pk).update(is_active=False)


@pytest.mark.parametrize("happens", [take_back, read, mute, choose_none, grow_old, close])
def test_what_happens_before_the_mail_is_sent_counts(letterbox, vera, deliver, happens):
    one = comment(vera)
    happens(one, vera)
    deliver()

    assert letterbox.mails == []


def test_likes_are_mailed_to_those_only_who_want_them(letterbox, vera, deliver):
    wants, unconfirmed = make.verified_user("wants"), make.user("unconfirmed")
    services.choose_mails(person=wants, kinds=["like"])
    for person in (vera, wants, unconfirmed):
        services.notify([news(person, make.user())])
    services.notify([news(unconfirmed, vera, kind="comment", key="c")])
    deliver()

    assert [mail["To"] for mail in letterbox.mails] == ["wants@example.org"]


def test_a_muted_entry_sends_no_mail(letterbox, vera, deliver):
    one = comment(vera)
    deliver()
    services.mute(person=vera, notice_id=one.notice_id)
    comment(vera)
    deliver()

    assert len(letterbox.mails) == 1


def test_past_the_limit_the_rest_is_on_the_page_only_until_its_window_is_over(letterbox, vera, deliver):
    with override({"limit.news_mail.count": 2, "limit.news_mail.seconds": 1}):
        for _ in range(4):
            comment(vera)
        deliver()
        assert len(letterbox.mails) == 2
        time.sleep(1.1)
        comment(vera)
        deliver()

    assert len(letterbox.mails) == 3
    assert Notice.objects.get().fresh == 5


def link_of(mail):
    return re.search(r"https://shop.example(/news/mail/\S+/)>", mail["List-Unsubscribe"] + " ")[1]


def test_the_link_of_a_mail_asks_and_ends_the_kind_without_a_login(letterbox, vera, deliver):
    comment(vera)
    deliver()
    url, visitor = link_of(letterbox.mails[0]), Client(enforce_csrf_checks=True)

    page = visitor.get(url).content.decode()
    assert "Comments on your listings" in page and "vera" not in page
    assert "comment" in services.wanted_mails([vera.pk])[vera.pk]

    for _again in range(2):
        answer = visitor.post(url, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200 and "No more mails" in answer.content.decode()
    assert services.wanted_mails([vera.pk])[vera.pk] == {"mention", "found", "found_sum"}
    comment(vera)
    deliver()
    assert len(letterbox.mails) == 1

    visitor.post(url, {"all": "1"})
    assert services.wanted_mails([vera.pk])[vera.pk] == set()


@pytest.mark.parametrize("token", ["x", "eyJ4IjoxfQ:1abc:zzz", "%00", "%ED%A0%80"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_not_ours_ends_nothing(vera, token, method):
    assert getattr(Client(), method)(f"/news/mail/{token}/").status_code == 404


def test_the_link_of_one_kind_and_person_is_no_other(vera):
    token = services.mail_token(person_id=vera.pk, kind="like")

    assert services.read_mail_token(token) == (vera.pk, "like")
    assert services.read_mail_token(token[:-1] + ("a" if token[-1] != "a" else "b")) is None


def test_a_mention_in_a_thread_reaches_the_mailbox(letterbox, vera, deliver):
    listing, ada = make.listing(title="Linen\u2028dress"), make.verified_user("ada")
    said = make.comment(listing, ada, "@vera look")
    deliver()
    social.remove_comment(actor=ada, comment=said)

    assert {mail["To"]: mail["Subject"] for mail in letterbox.mails} == {
        "vera@example.org": "ada mentioned you in the conversation about Linen dress",
        listing.seller.email: "ada commented on Linen dress",
    }
