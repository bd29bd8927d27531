"""The signed link of a mail that ends mails of its kind, without a login (RFC 8058)."""

from bson import ObjectId
from django.core import signing

SALT = "notices.mail"


def mail_token(*, person_id: ObjectId, kind: str) -> str:
    """What the link carries. It does not expire: an old mail must be able to end its kind too."""
    return signing.dumps([str(person_id), kind], salt=SALT, compress=False)


def read_mail_token(token: str) -> tuple[ObjectId, str] | None:
    """(person id, kind) of a token that we have signed; None for any other text."""
    try:
        person_id, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return ObjectId(person_id), kind
