"""Pictures for rows that come without: from a folder with one subfolder for each kind of garment."""

from pathlib import Path
from typing import Final

from django.core.files.base import File
from django.utils.translation import gettext as _

from listings.importing import draw
from listings.importing.mapping import MappingError, fallbacks, nearest
from listings.models import Photo
from listings.services import take_picture

SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})


class PhotoFolder:
    """Picks a picture by the listing's category; each file is taken in and rendered once, when first picked."""

    def __init__(self, folder: Path, *, is_dry: bool) -> None:
        self.is_dry = is_dry
        self._by_class = {
            sub.name: sorted(path for path in sub.iterdir() if path.suffix.lower() in SUFFIXES)
            for sub in sorted(folder.iterdir() if folder.is_dir() else [])
            if sub.is_dir()
        }
        self._all = [path for paths in self._by_class.values() for path in paths]
        self._taken: dict[Path, Photo] = {}
        if not self._all:
            words = {"folder": folder}
            raise MappingError(
                _("%(folder)s needs folders with pictures, one for each kind of garment.") % words
            )

    @property
    def used(self) -> int:
        """How many different pictures have been picked so far."""
        return len(self._taken)

    def photo_for(self, key: str, path: tuple[str, ...]) -> Photo:
        """The picture of a row; the same for the same key. Invalid when the file is no picture."""
        kind = nearest(fallbacks()["photos"], path)
        choice = draw.pick(self._by_class.get(kind) or self._all, key, "photo")
        if choice not in self._taken:
            self._taken[choice] = self._take(choice)
        return self._taken[choice]

    def _take(self, path: Path) -> Photo:
        if self.is_dry:
            return Photo(key="0" * 64, width=1, height=1, color="#000000", is_ready=False)
        with path.open("rb") as file:
            return take_picture(upload=File(file, name=path.name))
