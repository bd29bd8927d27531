"""The storage class of photos in S3 (apart from marketplace.s3, which the settings import)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

# A bucket that is away must not keep a web thread for the library's minutes.
PATIENCE = Config(connect_timeout=2, read_timeout=10, retries={"max_attempts": 2, "mode": "standard"})


@contextmanager
def _os_errors() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as failure:
        raise OSError(str(failure)) from failure


class Bucket(S3Storage):
    """Fails as a folder does: OSError when the bucket is away or refuses, so that callers need to know one kind."""

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "client_config": PATIENCE}

    def _open(self, name: str, mode: str = "rb") -> File:
        with _os_errors(), super()._open(name, mode) as file:
            return ContentFile(file.read(), name)

    def _save(self, name: str, content: File) -> str:
        with _os_errors():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with _os_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _os_errors():
            return super().exists(name)
