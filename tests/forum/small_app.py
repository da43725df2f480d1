"""A small ASGI program for tests of the server: no Django, no database."""

import asyncio

from consultations.live.frames import WIRE, Frame

PART = b"x" * 65536


async def application(scope, receive, send):
    if scope["type"] == "http":
        await page(scope["path"], receive, send)
    else:
        await viewer(scope["path"], scope["extensions"][WIRE], receive, send)


async def page(path, receive, send):
    length = 0
    while (message := await receive())["type"] == "http.request":
        length += len(message["body"])
        if not message["more_body"]:
            break
    if path == "/slow":
        await asyncio.sleep(1.5)
    if path != "/fault":
        await send({"type": "http.response.start", "status": 200, "headers": []})
    if path == "/gigabyte":
        for _ in range(16384):
            await send({"type": "http.response.body", "body": PART, "more_body": True})
    if path == "/broken":
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
    if path in {"/broken", "/fault"}:
        raise ValueError("a fault of the program")
    await send({"type": "http.response.body", "body": str(length).encode()})


async def viewer(path, wire, receive, send):
    """/flood: writes without end to whoever reads, as the hub does: not to a line that is full."""
    await receive()
    await send({"type": "websocket.accept"})
    writing = asyncio.ensure_future(flood(wire)) if path == "/flood" else None
    while (message := await receive())["type"] != "websocket.disconnect":
        wire.write(Frame(message["text"] * 2))
    if writing:
        writing.cancel()


async def flood(wire):
    frame = Frame("ä" * 16000)
    while True:
        await wire.drained()
        wire.write(frame)
        await asyncio.sleep(0.001)
