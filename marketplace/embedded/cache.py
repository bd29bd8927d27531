"""Programs and models too large for each checkout: in one folder of the machine, filled by `make tools`."""

import os
from pathlib import Path

ELASTICSEARCH = "elasticsearch-of-sonarqube-26.9.0.129388"
# What langchain4j packs of BAAI/bge-small-en-v1.5 (MIT), int8: model.onnx, tokenizer.json; 384 dimensions.
EMBEDDINGS = "bge-small-en-v1.5-q-1.20.0-beta30"
OF_ROOT = Path("/var/cache/gingham")  # where an unprivileged user may read, unlike below root's home


def cache_folder() -> Path:
    """`GINGHAM_CACHE`, else where this user keeps what can be fetched again."""
    if named := os.environ.get("GINGHAM_CACHE"):
        return Path(named).resolve()
    if os.geteuid() == 0:
        return OF_ROOT
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gingham"


def in_cache(name: str) -> Path | None:
    """The folder of this name, fetched by this user or by root; None when neither has it."""
    folders = (cache_folder() / name, OF_ROOT / name)
    return next((folder for folder in folders if folder.is_dir()), None)
