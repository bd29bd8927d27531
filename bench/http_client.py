"""A bare HTTP/1.1 client for load: prepared requests over a few connections, each answer matched to its request."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass
class Answers:
    """What came back: status by the request's place in the list, latencies in ms, and how long it took in seconds."""

    status: dict[int, int] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def acknowledged(self) -> list[int]:
        """The places of the requests that were answered with 2xx."""
        return [place for place, status in self.status.items() if 200 <= status < 300]

    @property
    def rate(self) -> float:
        """Acknowledged requests a second."""
        return len(self.acknowledged()) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The latency in ms that this share of the answers kept below."""
        return sorted(self.latencies)[int(share * (len(self.latencies) - 1))] if self.latencies else 0.0


def request_bytes(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """One request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def send_all(port: int, requests: Sequence[bytes], *, seconds: float, connections: int = 16) -> Answers:
    """Sends the requests in order over some connections until they or the seconds are used up."""
    return asyncio.run(_send_all(port, requests, seconds, connections))


async def _send_all(port: int, requests: Sequence[bytes], seconds: float, connections: int) -> Answers:
    answers, places, begun = Answers(), iter(range(len(requests))), time.perf_counter()

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for place in _until(places, begun + seconds):
            sent = time.perf_counter()
            writer.write(requests[place])
            head = await reader.readuntil(b"\r\n\r\n")
            answers.status[place] = int(head[9:12])
            await reader.readexactly(_length(head))
            answers.latencies.append((time.perf_counter() - sent) * 1000)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    answers.seconds = time.perf_counter() - begun
    return answers


def _until(places: Iterator[int], end: float) -> Iterator[int]:
    while time.perf_counter() < end:
        place = next(places, None)
        if place is None:
            return
        yield place


def _length(head: bytes) -> int:
    _before, found, after = head.lower().partition(b"content-length:")
    return int(after.split(b"\r\n", 1)[0]) if found else 0
