"""The channel layer: channels_redis over pub/sub, with time-outs, a heartbeat and automatic reconnection.

Stock `RedisPubSubChannelLayer` has no time-outs, raises on a new socket while Valkey is away, and does not say that
messages were lost in between. Here one task in each event loop keeps the subscription: it publishes a heartbeat to
itself every second, reconnects when none arrives, subscribes to all channels again, and sends every socket the time
since when messages may have been lost.
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
TIMEOUT_SECONDS = 1.0  # of a connection attempt and of a command
HEARTBEAT_SECONDS, HEARTBEAT_TIMEOUT = 1.0, 3.0  # interval; seconds without one before it reconnects
RECONNECT_SECONDS = 0.5
CONNECTION_ERRORS = (redis.exceptions.RedisError, OSError, TimeoutError)


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
    return redis.Redis.from_url(url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS)


class Subscription:
    """The subscriptions of one event loop: a shard of RedisPubSubLoopLayer, with the methods that it calls."""

    def __init__(self, url: str, layer: RedisPubSubLoopLayer) -> None:
        self._layer = layer
        self._client = redis.asyncio.Redis.from_url(
            url,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._heartbeat_channel = f"{layer.prefix}__heartbeat__{id(self):x}.{time.time_ns()}"
        self._subscribed: set[str] = set()
        self._pubsub: PubSub | None = None
        self._task: asyncio.Task[None] | None = None
        self._last_heartbeat = time.time()
        self._was_disconnected = False
        self._first_attempt_done = asyncio.Event()  # the first connection stands or has failed

    async def publish(self, channel: str, message: bytes) -> None:
        """Sends; redis errors and OSError are raised."""
        await self._client.publish(channel, message)

    async def subscribe(self, channel: str) -> None:
        """Subscribes to a channel; while Valkey is away, as soon as it is back."""
        if channel in self._subscribed:
            return
        self._subscribed.add(channel)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        await self._first_attempt_done.wait()  # what is sent after this returns must be received
        await self._command("SUBSCRIBE", channel)

    async def unsubscribe(self, channel: str) -> None:
        """Ends the subscription to a channel."""
        if channel in self._subscribed:
            self._subscribed.discard(channel)
            await self._command("UNSUBSCRIBE", channel)

    async def flush(self) -> None:
        """Ends the task and its connections."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        self._subscribed.clear()
        await self._client.aclose(close_connection_pool=True)

    async def _command(self, word: str, channel: str) -> None:
        # Not by PubSub.subscribe: that would connect again by itself, and the gap would go unnoticed.
        pubsub = self._pubsub
        if pubsub is None or pubsub.connection is None or not pubsub.connection.is_connected:
            return  # _run() subscribes to all channels when it reconnects
        try:
            await pubsub.connection.send_command(word, channel, check_health=False)
        except CONNECTION_ERRORS:
            self._pubsub = None  # ends _listen(), and _run() reconnects

    async def _run(self) -> None:
        while not _is_cancelled():
            try:
                async with self._client.pubsub(ignore_subscribe_messages=True) as pubsub:
                    await pubsub.subscribe(self._heartbeat_channel)
                    assert pubsub.connection is not None
                    self._pubsub = pubsub
                    if self._subscribed:
                        await pubsub.connection.send_command(
                            "SUBSCRIBE", *self._subscribed, check_health=False
                        )
                    self._first_attempt_done.set()
                    await self._listen(pubsub)
            except CONNECTION_ERRORS as failure:
                log.warning("channel layer disconnected", extra={"reason": repr(failure)})
            except Exception:  # a broken answer must not end the task
                log.exception("channel layer failed")
            self._pubsub, self._was_disconnected = None, True
            self._first_attempt_done.set()
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self, pubsub: PubSub) -> None:
        sent, deadline = 0.0, time.monotonic() + HEARTBEAT_TIMEOUT
        while self._pubsub is pubsub and not _is_cancelled():
            now = time.monotonic()
            if now > deadline:
                raise TimeoutError("no heartbeat received")
            if now - sent >= HEARTBEAT_SECONDS:
                sent = now
                await self._client.publish(self._heartbeat_channel, b"")
            message = await pubsub.get_message(timeout=HEARTBEAT_SECONDS)
            if message is None:
                continue
            name = message["channel"].decode()
            if name == self._heartbeat_channel:
                deadline = time.monotonic() + HEARTBEAT_TIMEOUT
                self._on_heartbeat()
            else:
                self._dispatch(name, message["data"])

    def _on_heartbeat(self) -> None:
        # A heartbeat that arrives was subscribed to before: commands of one connection are done in order.
        if self._was_disconnected:
            self._was_disconnected = False
            missed = self._layer.channel_layer.serialize(
                {"type": "missed", "since": int(self._last_heartbeat * 1000)}
            )
            for queue in self._layer.channels.values():
                queue.put_nowait(missed)
        self._last_heartbeat = time.time()

    def _dispatch(self, name: str, data: bytes) -> None:
        channels = self._layer.channels
        for channel in [name] if name in channels else self._layer.groups.get(name, ()):
            if channel in channels:
                channels[channel].put_nowait(data)


def _is_cancelled() -> bool:
    """Whether this task was asked to end: asyncio.wait_for of Python 3.11, in the driver, may swallow the exception."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
