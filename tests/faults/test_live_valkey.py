"""Valkey is killed, or hangs, while people watch: their connections hear again by themselves and miss nothing."""

import asyncio
import os
import signal
import time

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


async def heard(layer, channel):
    """The next message, within the time in which everything has to be well again."""
    async with asyncio.timeout(HEALED_SECONDS):
        return await layer.receive(channel)


@pytest.mark.parametrize("harm", [kill, hang])
async def test_groups_are_heard_again_and_sockets_are_told_since_when_not(valkey_alone, harm):
    layer = LiveChannelLayer(valkey_alone.addresses["valkey"])
    channel = await layer.new_channel()
    await layer.group_add("thread", channel)
    await layer.group_send("thread", {"type": "before"})
    assert (await heard(layer, channel))["type"] == "before"

    harmed_at = time.time()
    await asyncio.to_thread(harm, valkey_alone)
    missed = await heard(layer, channel)
    assert missed["type"] == "missed"
    assert harmed_at - 3 < missed["since"] / 1000 < harmed_at + 1
    await layer.group_send("thread", {"type": "after"})
    assert (await heard(layer, channel))["type"] == "after"
    await layer.flush()


async def test_a_connection_may_be_opened_while_valkey_is_away(valkey_alone):
    os.kill(valkey_alone.pid("valkey"), signal.SIGKILL)
    layer = LiveChannelLayer(valkey_alone.addresses["valkey"])
    channel = await layer.new_channel()
    await layer.group_add("thread", channel)
    await asyncio.to_thread(valkey_alone.restart, "valkey")

    assert (await heard(layer, channel))["type"] == "missed"
    await layer.group_send("thread", {"type": "after"})
    assert (await heard(layer, channel))["type"] == "after"
    await layer.flush()
