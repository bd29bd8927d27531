"""Reading the data files, and what everything in them has in common."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bson import ObjectId
from django.utils.translation import gettext

DATA: Final = Path(__file__).parent.parent / "data"


def read(name: str) -> dict[str, Any]:
    """The content of one file in listings/data."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def id_of(kind: str, slug: str) -> ObjectId:
    """The id of the document of a thing in the data: the same in every database, so nobody has to look it up."""
    return ObjectId(hashlib.sha256(f"{kind}:{slug}".encode()).digest()[:12])


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name that people read."""

    name: str

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)


TAXONOMY_VERSION: Final[int] = read("taxonomy.toml")["version"]
