"""The badge of the news, live: how many entries are unread, now and whenever that changes."""

import asyncio
import logging
from typing import Any

from django.db import DatabaseError
from pymongo.errors import PyMongoError

from marketplace.core.live import person_group
from marketplace.core.sockets import Socket, in_pool
from notices import services
from notices.models import BADGE_MOST

log = logging.getLogger(__name__)
PAUSE_SECONDS = 0.5  # what comes within it is one look into the database and one frame


class NewsConsumer(Socket):
    """One socket of somebody who is logged in. docs/api.md lists the frames."""

    async def on_connect(self) -> bool:
        self.looking: asyncio.Task[None] | None = None
        await self.accept()
        if not self.login.session_key:
            await self.close_expired()
            return False
        # Join first, count afterwards: what is stored in between comes twice.
        await self.channel_layer.group_add(person_group(self.login.user.pk), self.channel_name)
        await self._show_count()
        return True

    async def on_disconnect(self) -> None:
        if self.looking:
            self.looking.cancel()

    async def hello(self, frame: dict[str, Any]) -> None:
        """Asks for the number as it is now."""
        await self._show_count()

    async def person_changed(self, message: dict[str, Any]) -> None:
        if self.looking is None or self.looking.done():
            self.looking = asyncio.create_task(self._look_soon())

    async def missed(self, message: dict[str, Any]) -> None:
        await self.person_changed(message)

    async def _look_soon(self) -> None:
        await asyncio.sleep(PAUSE_SECONDS)
        self.looking = None  # from here on a change is another look
        try:
            await self._show_count()
        except (DatabaseError, PyMongoError) as exc:
            log.warning("news not counted", extra={"reason": str(exc)})

    async def _show_count(self) -> None:
        count = await in_pool(services.unread_count, person_id=self.login.user.pk)
        if not self.is_closed:
            await self.send_frame(
                {"type": "news", "unread": min(count, BADGE_MOST), "more": count > BADGE_MOST}
            )

    frame_handlers = {"hello": hello}
