"""Entries of the news as page and API say them: words, people, where they lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bson import ObjectId
from django.utils.translation import gettext as _

from accounts.models import User
from marketplace.core.pictures import picture_url
from notices.models import Notice
from notices.services.kinds import KINDS, Kind, sentence, sentence_html


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, ready to be shown."""

    notice: Notice
    kind: Kind
    people: list[User]  # of its newest parts, the newest first, each once
    html: str
    text: str

    @property
    def id(self) -> ObjectId:
        return self.notice.pk

    @property
    def at(self) -> datetime:
        return self.notice.updated_at

    @property
    def url(self) -> str:
        """Where its newest part is."""
        return self.notice.recent[-1].url or self.notice.url

    @property
    def quote(self) -> str:
        return self.notice.recent[-1].text

    @property
    def picture_url(self) -> str:
        return picture_url(self.notice.picture, "thumb") if self.notice.picture else ""


def entries_of(notices: Sequence[Notice]) -> list[Entry]:
    """These entries in words, with the names as they are today: one query. A kind of a newer release is left out."""
    people = User.objects.in_bulk({recent.actor for notice in notices for recent in notice.recent})
    return [_entry(notice, people) for notice in notices if notice.kind in KINDS and notice.recent]


def _entry(notice: Notice, people: dict[ObjectId, User]) -> Entry:
    actors = list(dict.fromkeys(recent.actor for recent in reversed(notice.recent)))
    known = [people[actor] for actor in actors if actor in people]
    names = [people[actor].public_name if actor in people else _("Somebody") for actor in actors]
    kind, said = KINDS[notice.kind], {"names": names, "count": notice.count, "what": notice.title}
    return Entry(notice, kind, known, sentence_html(kind, **said), sentence(kind, **said))
