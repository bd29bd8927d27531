"""The baseline of bench/thread.py: a bare ASGI socket hub, one Valkey subscriber a process, no Channels, no Django."""

import asyncio
import os

import redis.asyncio

CHANNEL = "hub"
queues: set[asyncio.Queue[str]] = set()
listener: asyncio.Task | None = None


async def listen() -> None:
    """Hands each published text to every socket of this process."""
    client = redis.asyncio.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
    subscriber = client.pubsub()
    await subscriber.subscribe(CHANNEL)
    async for message in subscriber.listen():
        if message["type"] == "message":
            for queue in queues:
                queue.put_nowait(message["data"])


async def application(scope, receive, send):  # type: ignore[no-untyped-def]
    """Accepts sockets and sends them whatever is published."""
    global listener
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        return await send({"type": "http.response.body", "body": b"ok"})
    if listener is None:
        listener = asyncio.create_task(listen())
    await receive()
    await send({"type": "websocket.accept"})
    queue: asyncio.Queue[str] = asyncio.Queue()
    queues.add(queue)
    leaving = asyncio.create_task(_left(receive))
    try:
        while not leaving.done():
            waiting = asyncio.create_task(queue.get())
            await asyncio.wait({waiting, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                await send({"type": "websocket.send", "text": waiting.result()})
            else:
                waiting.cancel()
    finally:
        queues.discard(queue)


async def _left(receive) -> None:  # type: ignore[no-untyped-def]
    while (await receive())["type"] != "websocket.disconnect":
        pass
