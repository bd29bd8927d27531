"""Taking the demo's pictures: drawn, stored as an original and rendered, in child processes where there are cores."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.core.pictures import LISTING_RENDITIONS, inspect_picture, render_picture, store_original
from marketplace.demo import drawing


class Shot(NamedTuple):
    """What a picture shows: enough to draw it anywhere, the same each time."""

    kind: str
    color: str
    fabric: str
    seed: str
    brand: str
    size: str
    number: int  # 0 the whole, 1 a close look, 2 the label


def draw(shot: Shot) -> SimpleUploadedFile:
    """The picture as a file such as a person would upload."""
    sheet = drawing.drawing(shot.kind, color=shot.color, seed=shot.seed, fabric=shot.fabric)
    if shot.number == 1:
        data = drawing.jpeg(sheet, drawing.close_look(sheet))
    elif shot.number:
        data = drawing.jpeg(drawing.label_of(sheet, seed=shot.seed, brand=shot.brand, size=shot.size))
    else:
        data = drawing.jpeg(sheet)
    return SimpleUploadedFile(f"{shot.kind}-{shot.number + 1}.jpg", data, "image/jpeg")


def covers(shots: Iterable[Shot]) -> Iterator[SimpleUploadedFile]:
    """The pictures in their order, with original and renditions stored already, drawn by as many children as cores.

    Closing it early stops the children; what they have stored by then is found again by its content.
    """
    # Spawned, not forked: the parent holds open connections to MongoDB and Valkey.
    pool = ProcessPoolExecutor(os.cpu_count() or 1, get_context("spawn"), initializer=_open_studio)
    try:
        yield from _in_order(pool, shots)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, shots: Iterable[Shot]) -> Iterator[SimpleUploadedFile]:
    ahead: list[Future[bytes]] = []
    waiting = iter(shots)
    for shot in waiting:
        ahead.append(pool.submit(_develop, shot))
        if len(ahead) >= 4 * (os.cpu_count() or 1):
            break
    while ahead:
        data = ahead.pop(0).result()
        if (shot := next(waiting, None)) is not None:
            ahead.append(pool.submit(_develop, shot))
        yield SimpleUploadedFile("cover.jpg", data, "image/jpeg")


def _open_studio() -> None:
    os.environ["VIPS_CONCURRENCY"] = "1"
    import django

    django.setup()


def _develop(shot: Shot) -> bytes:
    upload = draw(shot)
    picture = inspect_picture(upload, field="photos")
    store_original(picture.key, upload)
    render_picture(picture.key, LISTING_RENDITIONS)
    upload.seek(0)
    return upload.read()
