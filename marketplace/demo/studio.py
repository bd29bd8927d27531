"""Taking the demo's pictures: drawn and rendered in child processes, where there are cores."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_all_start_methods, get_context
from typing import NamedTuple, Self

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.core.pictures import LISTING_RENDITIONS, Rendered, render
from marketplace.demo import drawing

AHEAD = 40  # pictures that may wait to be used


class Shot(NamedTuple):
    """What a picture shows: enough to draw it anywhere, the same each time."""

    kind: str
    color: str
    fabric: str
    seed: str
    brand: str
    size: str
    number: int  # 0 the whole, 1 a close look, 2 the label


class Cover(NamedTuple):
    """A drawn picture and what was rendered of it."""

    data: bytes
    rendered: Rendered

    @property
    def upload(self) -> SimpleUploadedFile:
        """As a file such as a person would upload."""
        return SimpleUploadedFile("cover.jpg", self.data, "image/jpeg")


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


class Studio:
    """Children that draw, as many as there are cores, each rendering what it drew."""

    def __enter__(self) -> Self:
        # Forked where that exists, because that costs nothing; so it must be entered before a database is asked
        # anything, and the children are made here and now, by giving them something to do.
        method = "fork" if "fork" in get_all_start_methods() else "spawn"
        self.size = os.cpu_count() or 1
        self.pool = ProcessPoolExecutor(self.size, get_context(method), initializer=_open_studio)
        self.pool.submit(_open_studio).result()
        return self

    def __exit__(self, *_why: object) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)

    def covers(self, shots: Sequence[Shot]) -> Iterator[Cover]:
        """The pictures in their order; the first ones are drawn already while one does something else."""
        waiting = iter(shots)
        ahead = deque(self.pool.submit(develop, shot) for shot in islice(waiting, AHEAD))
        return self._in_order(ahead, waiting)

    def _in_order(self, ahead: deque[Future[Cover]], waiting: Iterator[Shot]) -> Iterator[Cover]:
        while ahead:
            cover = ahead.popleft().result()
            ahead.extend(self.pool.submit(develop, shot) for shot in islice(waiting, 1))
            yield cover


def _open_studio() -> None:
    os.environ["VIPS_CONCURRENCY"] = "1"
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def develop(shot: Shot) -> Cover:
    """The picture and all that a listing shows of it, drawn and rendered here."""
    data = draw(shot).read()
    return Cover(data, render(data, LISTING_RENDITIONS))
