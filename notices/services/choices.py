"""Which kinds of news somebody gets by mail."""

from collections.abc import Collection, Mapping

from bson import ObjectId
from django.utils.translation import gettext as _
from pymongo import UpdateOne

from accounts.models import User
from marketplace.core.db import atomic
from marketplace.core.errors import Invalid
from marketplace.core.ratelimit import limited
from notices.models import MailChoice
from notices.services.kinds import KINDS


@limited("edit", by="person")
@atomic
def choose_mails(*, person: User, kinds: Collection[str]) -> None:
    """Mails of these kinds from now on and of no other that there is today; Invalid for one that there is not."""
    if unknown := set(kinds) - KINDS.keys():
        problem = _("There is no such kind of news: %(names)s.") % {"names": ", ".join(sorted(unknown))}
        raise Invalid(fields={"mail": [problem]})
    chosen = {"wanted": sorted(kinds), "refused": sorted(KINDS.keys() - set(kinds))}
    MailChoice.objects.all().write_each([UpdateOne({"_id": person.pk}, {"$set": chosen}, upsert=True)])


@atomic
def refuse_mail(*, person_id: ObjectId, kinds: Collection[str]) -> None:
    """No more mails of these kinds; twice is once. For whoever holds the link of a mail, without a login."""
    if not User.objects.filter(pk=person_id).exists():
        return
    change = {"$addToSet": {"refused": {"$each": sorted(kinds)}}, "$pullAll": {"wanted": sorted(kinds)}}
    MailChoice.objects.all().write_each([UpdateOne({"_id": person_id}, change, upsert=True)])


def wanted_mails(person_ids: Collection[ObjectId]) -> Mapping[ObjectId, set[str]]:
    """The kinds that each of these people gets by mail: one query."""
    choices = MailChoice.objects.in_bulk(list(person_ids))
    return {person_id: _wanted(choices.get(person_id)) for person_id in person_ids}


def _wanted(choice: MailChoice | None) -> set[str]:
    kinds = {kind.name for kind in KINDS.values() if kind.is_mailed}
    return kinds if choice is None else (kinds | set(choice.wanted or ())) - set(choice.refused or ())
