"""What notices announces."""

from dataclasses import dataclass

from bson import ObjectId

from marketplace.core.events import Event


@dataclass(frozen=True, kw_only=True)
class NoticeAdded(Event):
    """Somebody was told something that they want by mail too."""

    part_id: ObjectId
