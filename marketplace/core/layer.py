"""The channel layer: channels_redis over pub/sub, made to outlive a Valkey that ends, hangs or is cut off.

Stock `RedisPubSubChannelLayer` has no time-outs, raises on a new socket while Valkey is away, and tells nobody that
messages were lost in between. Here one task a process keeps the subscription: it hears itself every second, opens a new
connection when it does not, subscribes to all that is wanted by then, and tells every socket since when it was deaf.
"""

import asyncio
import functools
import logging
import time
from typing import Any

import redis
import redis.exceptions
from channels_redis.pubsub import RedisPubSubChannelLayer, RedisPubSubLoopLayer
from channels_redis.utils import _wrap_close
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

log = logging.getLogger(__name__)
ANSWER_SECONDS = 1.0  # how long a connection or a command may take
BEAT_SECONDS, SILENCE_SECONDS = 1.0, 3.0  # how often it calls itself, and without hearing that it is deaf
RETRY_SECONDS = 0.5
AWAY = (redis.exceptions.RedisError, OSError, TimeoutError)


class LiveChannelLayer(RedisPubSubChannelLayer):
    """Takes `url` and `prefix`. Sockets get `{"type": "missed", "since": ms}` when messages may have been lost."""

    def __init__(self, url: str, prefix: str = "live", **options: Any) -> None:
        super().__init__(**options)
        self.url, self.prefix = url, prefix

    def publish(self, group: str, message: dict[str, Any]) -> None:
        """group_send for code that runs in a thread; redis errors and OSError are raised."""
        client = _blocking_client(self.url)
        client.publish(f"{self.prefix}__group__{group}", self.serialize(message))

    def _get_layer(self) -> RedisPubSubLoopLayer:
        loop = asyncio.get_running_loop()
        if loop not in self._layers:
            layer = RedisPubSubLoopLayer(hosts=[self.url], prefix=self.prefix, channel_layer=self)
            layer._shards = [Subscription(self.url, layer)]
            self._layers[loop] = layer
            _wrap_close(self, loop)  # the connections end with the loop
        return self._layers[loop]


@functools.cache
def _blocking_client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS)


class Subscription:
    """What one event loop hears of Valkey. It has the methods that RedisPubSubLoopLayer calls of a shard."""

    def __init__(self, url: str, layer: RedisPubSubLoopLayer) -> None:
        self._layer = layer
        self._client = redis.asyncio.Redis.from_url(
            url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._own_channel = f"{layer.prefix}__beat__{id(self):x}.{time.time_ns()}"
        self._wanted: set[str] = set()
        self._pubsub: PubSub | None = None
        self._task: asyncio.Task[None] | None = None
        self._heard = time.time()  # when this loop heard itself last
        self._was_deaf = False
        self._has_tried = asyncio.Event()  # the first connection stands or has failed

    async def publish(self, channel: str, message: bytes) -> None:
        """Sends; redis errors and OSError are raised."""
        await self._client.publish(channel, message)

    async def subscribe(self, channel: str) -> None:
        """Wants a channel from now on. While Valkey is away it is subscribed to as soon as that is back."""
        if channel in self._wanted:
            return
        self._wanted.add(channel)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        await self._has_tried.wait()  # who has joined must hear what is sent next
        await self._command("SUBSCRIBE", channel)

    async def unsubscribe(self, channel: str) -> None:
        """Wants it no more."""
        if channel in self._wanted:
            self._wanted.discard(channel)
            await self._command("UNSUBSCRIBE", channel)

    async def flush(self) -> None:
        """Ends the task and its connections."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        self._wanted.clear()
        await self._client.aclose(close_connection_pool=True)

    async def _command(self, word: str, channel: str) -> None:
        # Not by PubSub.subscribe: that would connect again by itself, and nobody would know of the gap.
        pubsub = self._pubsub
        if pubsub is None or pubsub.connection is None or not pubsub.connection.is_connected:
            return  # the task that listens subscribes to all that is wanted
        try:
            await pubsub.connection.send_command(word, channel, check_health=False)
        except AWAY:
            self._pubsub = None  # which ends the listening, and it begins anew

    async def _run(self) -> None:
        while True:
            try:
                async with self._client.pubsub(ignore_subscribe_messages=True) as pubsub:
                    await pubsub.subscribe(self._own_channel)
                    assert pubsub.connection is not None
                    self._pubsub = pubsub
                    if self._wanted:
                        await pubsub.connection.send_command("SUBSCRIBE", *self._wanted, check_health=False)
                    self._has_tried.set()
                    await self._listen(pubsub)
            except AWAY as failure:
                log.warning("live messages cannot be heard", extra={"reason": repr(failure)})
            except Exception:  # a broken answer must not leave the process deaf
                log.exception("listening for live messages failed")
            self._pubsub, self._was_deaf = None, True
            self._has_tried.set()
            await asyncio.sleep(RETRY_SECONDS)

    async def _listen(self, pubsub: PubSub) -> None:
        called, deadline = 0.0, time.monotonic() + SILENCE_SECONDS
        while self._pubsub is pubsub:
            now = time.monotonic()
            if now > deadline:
                raise TimeoutError("heard nothing of itself")
            if now - called >= BEAT_SECONDS:
                called = now
                await self._client.publish(self._own_channel, b"")
            message = await pubsub.get_message(timeout=BEAT_SECONDS)
            if message is None:
                continue
            name = message["channel"].decode()
            if name == self._own_channel:
                deadline = time.monotonic() + SILENCE_SECONDS
                self._on_beat()
            else:
                self._hand_on(name, message["data"])

    def _on_beat(self) -> None:
        # What is heard now was subscribed to before: commands of one connection are done in their order.
        if self._was_deaf:
            self._was_deaf = False
            missed = self._layer.channel_layer.serialize({"type": "missed", "since": int(self._heard * 1000)})
            for queue in self._layer.channels.values():
                queue.put_nowait(missed)
        self._heard = time.time()

    def _hand_on(self, name: str, data: bytes) -> None:
        channels = self._layer.channels
        for channel in [name] if name in channels else self._layer.groups.get(name, ()):
            if channel in channels:
                channels[channel].put_nowait(data)
