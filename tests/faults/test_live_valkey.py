"""Valkey is killed, or hangs, while sockets are open: the channel layer reconnects and no message is missed."""

import asyncio
import os
import signal
import time
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from marketplace.core.layer import LiveChannelLayer

HEALED_SECONDS = 5


def kill(servers):
    os.kill(servers.pid("valkey"), signal.SIGKILL)
    time.sleep(1)
    servers.restart("valkey")


def hang(servers):
    pid = servers.pid("valkey")
    os.kill(pid, signal.SIGSTOP)
    time.sleep(5)
    os.kill(pid, signal.SIGCONT)


async def receive_in_time(layer, channel):
    """The next message, within the time in which everything has to be well again."""
    async with asyncio.timeout(HEALED_SECONDS):
        return await layer.receive(channel)


@pytest.mark.parametrize("harm", [kill, hang])
async def test_groups_are_subscribed_again_and_sockets_told_since_when_messages_were_lost(valkey_alone, harm):
    layer = LiveChannelLayer(valkey_alone.addresses["valkey"])
    channel = await layer.new_channel()
    await layer.group_add("thread", channel)
    await layer.group_send("thread", {"type": "before"})
    assert (await receive_in_time(layer, channel))["type"] == "before"

    harmed_at = time.time()
    await asyncio.to_thread(harm, valkey_alone)
    missed = await receive_in_time(layer, channel)
    assert missed["type"] == "missed"
    assert harmed_at - 3 < missed["since"] / 1000 < harmed_at + 1
    await layer.group_send("thread", {"type": "after"})
    assert (await receive_in_time(layer, channel))["type"] == "after"
    await layer.flush()


async def test_a_connection_may_be_opened_while_valkey_is_away(valkey_alone):
    os.kill(valkey_alone.pid("valkey"), signal.SIGKILL)
    layer = LiveChannelLayer(valkey_alone.addresses["valkey"])
    channel = await layer.new_channel()
    await layer.group_add("thread", channel)
    await asyncio.to_thread(valkey_alone.restart, "valkey")

    assert (await receive_in_time(layer, channel))["type"] == "missed"
    await layer.group_send("thread", {"type": "after"})
    assert (await receive_in_time(layer, channel))["type"] == "after"
    await layer.flush()


class Proxy:
    """Stands between a layer and Valkey, and can stop to hand on what passes while every connection stays open."""

    def __init__(self, url):
        self._target, self._is_passing, self._tasks = urlsplit(url), [], set()

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"redis://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/0"
        return self

    async def __aexit__(self, *_exc):
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self):
        """Connections that are open now carry nothing any more; new ones do."""
        for event in self._is_passing:
            event.clear()

    async def _accept(self, reader, writer):
        far_reader, far_writer = await asyncio.open_connection(self._target.hostname, self._target.port)
        is_passing = asyncio.Event()
        is_passing.set()
        self._is_passing.append(is_passing)
        for source, sink in ((reader, far_writer), (far_reader, writer)):
            self._tasks.add(asyncio.create_task(self._pass_on(source, sink, is_passing)))

    async def _pass_on(self, source, sink, is_passing):
        with closing(sink):
            while data := await source.read(65536):
                await is_passing.wait()
                sink.write(data)
                await sink.drain()


async def test_a_connection_that_is_cut_without_a_word_is_noticed(valkey_alone):
    async with Proxy(valkey_alone.addresses["valkey"]) as proxy:
        layer = LiveChannelLayer(proxy.url)
        channel = await layer.new_channel()
        await layer.group_add("thread", channel)
        await layer.group_send("thread", {"type": "before"})
        assert (await receive_in_time(layer, channel))["type"] == "before"

        proxy.cut()
        assert (await receive_in_time(layer, channel))["type"] == "missed"
        await layer.group_send("thread", {"type": "after"})
        assert (await receive_in_time(layer, channel))["type"] == "after"
        await layer.flush()


async def test_the_task_ends_when_the_driver_swallows_its_cancellation(valkey_alone, monkeypatch):
    layer = LiveChannelLayer(valkey_alone.addresses["valkey"])
    await layer.group_add("thread", await layer.new_channel())
    subscription = layer._get_layer()._shards[0]
    waiting = asyncio.Event()

    async def publish(
        channel, message
    ):  # what asyncio.wait_for does when both happen in one turn of the loop
        waiting.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            return

    monkeypatch.setattr(subscription._client, "publish", publish)
    await waiting.wait()
    async with asyncio.timeout(HEALED_SECONDS):
        await layer.flush()
