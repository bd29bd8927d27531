"""Pictures that people upload: only the header is read where they arrive, workers decode them, originals are private.

A picture's file is known by the SHA-256 of its bytes, so identical files are stored and rendered once. `Image` counts
its uses; a beat task removes what is unused. The public renditions are WebP and carry no metadata.
"""

from marketplace.core.pictures.headers import FORMATS, Picture, inspect_picture
from marketplace.core.pictures.models import Image
from marketplace.core.pictures.rendering import (
    AVATAR,
    LISTING_RENDITIONS,
    Rendered,
    Rendition,
    Undecodable,
    render,
)
from marketplace.core.pictures.storing import (
    delete_files,
    picture_url,
    read_original,
    store_original,
    store_renditions,
)
from marketplace.core.pictures.usage import (
    NEUTRAL,
    UnknownPicture,
    note_rendered,
    prepare,
    release_pictures,
    remove_unused,
    use_picture,
    use_pictures,
)

__all__ = [
    "AVATAR",
    "FORMATS",
    "LISTING_RENDITIONS",
    "NEUTRAL",
    "Image",
    "Picture",
    "Rendered",
    "Rendition",
    "Undecodable",
    "UnknownPicture",
    "delete_files",
    "inspect_picture",
    "note_rendered",
    "picture_url",
    "prepare",
    "read_original",
    "release_pictures",
    "remove_unused",
    "render",
    "store_original",
    "store_renditions",
    "use_picture",
    "use_pictures",
]  # fmt: skip
