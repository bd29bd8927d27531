"""How accounts reacts to what it announces itself."""

from accounts import services
from accounts.events import AvatarChosen
from marketplace.core.events import on


@on(AvatarChosen, external=True)
def prepare_avatars(events: list[AvatarChosen]) -> None:
    """Renders each chosen picture and shows it; a storage that is away is tried again."""
    for user_id, key in dict.fromkeys((event.user_id, event.key) for event in events):
        services.prepare_avatar(user_id=user_id, key=key)
