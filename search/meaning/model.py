"""The model that turns a text into a vector: texts that mean alike have vectors that point alike."""

import hashlib
import logging
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from listings.models import Listing

MODEL_FILE, TOKENIZER_FILE = FILES = ("model.onnx", "tokenizer.json")
DIMENSIONS: Final = 384  # what the index has room for
TOKENS_MAX: Final = 128  # of a text; the rest is passed over
CHARACTERS_MAX: Final = 1500  # which no 128 tokens reach
BATCH: Final = 16  # texts at once: more take memory and no less time
Vector = list[float]
_LOCK: Final = threading.Lock()
log = logging.getLogger(__name__)


class Refused(Exception):
    """The model is not the one that settings name, or not one that fits the index."""


class Model:
    """A sentence transformer in ONNX with its tokenizer; Refused unless both files have the digests that are given."""

    def __init__(self, folder: Path, digests: Sequence[str], pooling: str) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        contents = [(folder / name).read_bytes() for name in FILES]
        for name, content, digest in zip(FILES, contents, digests, strict=True):
            if (found := hashlib.sha256(content).hexdigest()) != digest:
                raise Refused(f"{folder / name} has the SHA-256 {found}, not {digest}")
        self._pooling = pooling
        self._tokenizer = Tokenizer.from_buffer(contents[1])
        self._tokenizer.enable_truncation(TOKENS_MAX)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.enable_cpu_mem_arena = False  # which never gives memory back
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(contents[0], options, providers=["CPUExecutionProvider"])
        self._inputs = {one.name for one in self._session.get_inputs()}
        if (found := len(self.vectors(["gingham"])[0])) != DIMENSIONS:
            raise Refused(f"{folder} makes vectors of {found} numbers, not {DIMENSIONS}")

    def vectors(self, texts: Sequence[str]) -> list[Vector]:
        """For each text a vector of length 1, rounded to half precision, as it is kept."""
        # Texts of about the same length together: the shorter ones are filled up.
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        found: list[Vector] = [[] for _ in texts]
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            for number, vector in zip(
                some, self._batch([texts[at][:CHARACTERS_MAX] for at in some]), strict=True
            ):
                found[number] = vector
        return found

    def _batch(self, texts: list[str]) -> Any:
        import numpy as np

        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        feed = {"input_ids": np.array([one.ids for one in encoded], dtype=np.int64), "attention_mask": mask}
        if "token_type_ids" in self._inputs:
            feed["token_type_ids"] = np.zeros_like(mask)
        tokens = self._session.run(None, feed)[0]
        if self._pooling == "mean":
            pooled = (tokens * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        else:
            pooled = tokens[:, 0]
        return (pooled / np.linalg.norm(pooled, axis=1, keepdims=True)).astype(np.float16).tolist()


def is_on() -> bool:
    """Whether packages and files are there; whether the files are the right ones shows when they are loaded."""
    return bool(settings.EMBEDDINGS_MODEL) and _is_there(settings.EMBEDDINGS_MODEL)


@lru_cache(maxsize=8)
def _is_there(folder: str) -> bool:
    missing = [str(Path(folder) / name) for name in FILES if not (Path(folder) / name).is_file()]
    missing += [name for name in ("onnxruntime", "tokenizers", "numpy") if not find_spec(name)]
    if missing:
        log.warning("search goes by words alone", extra={"missing": missing})
    return not missing


def load() -> Model | None:
    """The model, loaded by the first who asks; None, with one line in the log, when it is refused."""
    if not is_on():
        return None
    with _LOCK:
        return _load(
            settings.EMBEDDINGS_MODEL, tuple(settings.EMBEDDINGS_SHA256), settings.EMBEDDINGS_POOLING
        )


@lru_cache(maxsize=2)
def _load(folder: str, digests: tuple[str, ...], pooling: str) -> Model | None:
    try:
        return Model(Path(folder), digests, pooling)
    except (Refused, OSError, ValueError) as failure:
        log.error("search goes by words alone", extra={"reason": str(failure)})
        return None


def model_name() -> str:
    """What vectors depend on beside the text; empty where there is no model, or one that is refused."""
    return _name() if load() else ""


def _name() -> str:
    named = (*settings.EMBEDDINGS_SHA256, settings.EMBEDDINGS_POOLING, str(TOKENS_MAX))
    return hashlib.sha256(" ".join(named).encode()).hexdigest()[:16]


def text_of(listing: Listing) -> str:
    """What a listing's vector is made from."""
    return joined(listing.title, listing.description)


def joined(title: str, description: str) -> str:
    """One text of both."""
    return f"{title}. {description}"[:CHARACTERS_MAX]


def key_of(text: str) -> str:
    """The name of the vector of a text: another one for another model."""
    return hashlib.sha256(f"{_name()} {text}".encode()).hexdigest()
