"""WebSocket clients that watch a thread: latency (ms), losses and repeats of what they receive."""

import asyncio
import json
import random
import re
import time
from dataclasses import dataclass, field

import websockets

FRAME = re.compile(r'"id": "([0-9a-f]{24})", "revision": (\d+), "changed_at": (\d+)')
WORDS = re.compile(r"bench-(\d+)\b")
OPENING_AT_ONCE = 50


@dataclass
class Watcher:
    """One page: applies each (id, revision) once, comes back when it is dropped and asks for what it missed."""

    url: str
    latencies: list[float]
    sent_at: dict[int, float]
    shown: dict[str, int] = field(default_factory=dict)
    words: list[int] = field(default_factory=list)
    repeats: int = 0
    returns: int = 0
    since: int = 0
    is_open: bool = False

    async def run(self, gate: asyncio.Semaphore) -> None:
        """Watches until it is cancelled."""
        wait = 0.5
        while True:
            try:
                async with gate:
                    socket = await websockets.connect(
                        self.url, origin="http://127.0.0.1", compression=None, max_queue=None, open_timeout=30
                    )
                async with socket:
                    self.is_open, wait = True, 0.5
                    await socket.send(json.dumps({"type": "hello", "since": self.since}))
                    async for text in socket:
                        self.take(str(text))
            except (OSError, websockets.WebSocketException, TimeoutError):
                pass
            self.is_open = False
            self.returns += 1
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))
            wait = min(wait * 2, 15)

    def take(self, text: str) -> None:
        """One frame."""
        now = time.perf_counter()
        match = WORDS.search(text)
        if match is None:
            return
        number, found = int(match[1]), FRAME.search(text)
        if found:
            comment, revision, changed = found[1], int(found[2]), int(found[3])
            self.since = max(self.since, changed)
            if self.shown.get(comment, 0) >= revision:
                self.repeats += 1
                return
            self.shown[comment] = revision
        self.words.append(number)
        if number in self.sent_at:
            self.latencies.append(now - self.sent_at[number])


@dataclass
class Outcome:
    """What all watchers have seen of `sent` comments; latencies in ms."""

    sockets: int
    sent: int
    p50: float
    p99: float
    worst: float
    lost: int
    doubled: int
    repeats: int
    returns: int


def outcome(watchers: list[Watcher], latencies: list[float], sent: int) -> Outcome:
    """Counts lost and doubled per page, after each has put away what came twice."""
    late = sorted(latencies) or [0.0]
    wanted = set(range(sent))
    return Outcome(
        sockets=len(watchers),
        sent=sent,
        p50=round(late[len(late) // 2] * 1000, 1),
        p99=round(late[int(len(late) * 0.99)] * 1000, 1),
        worst=round(late[-1] * 1000, 1),
        lost=sum(len(wanted - set(page.words)) for page in watchers),
        doubled=sum(len(page.words) - len(set(page.words)) for page in watchers),
        repeats=sum(page.repeats for page in watchers),
        returns=sum(page.returns for page in watchers),
    )
