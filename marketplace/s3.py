"""Photos in S3 instead of folders: what settings.STORAGES says then."""

import os
from typing import Any
from urllib.parse import urlsplit

FOR_EVER = "public, max-age=31536000, immutable"


def s3_storages(bucket: str, originals: str, *, public: str) -> dict[str, Any]:
    """`default` (public renditions, shown under `public`) and `originals` (private, without address) in two buckets.

    Endpoint, region and keys are read from S3_ENDPOINT_URL, S3_REGION, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY;
    without keys boto3 looks where it always does (a role, a profile).
    """
    place = urlsplit(public)
    common = {
        "endpoint_url": os.environ.get("S3_ENDPOINT_URL") or None,
        "region_name": os.environ.get("S3_REGION") or None,
        "access_key": os.environ.get("S3_ACCESS_KEY_ID") or None,
        "secret_key": os.environ.get("S3_SECRET_ACCESS_KEY") or None,
        "file_overwrite": True,  # names are content hashes: writing a file again writes the same bytes
    }
    shown = {
        "bucket_name": bucket,
        "custom_domain": place.netloc + place.path.rstrip("/"),
        "url_protocol": f"{place.scheme}:",
        "querystring_auth": False,
        "object_parameters": {"CacheControl": FOR_EVER},
    }
    return {
        "default": {"BACKEND": "marketplace.bucket.Bucket", "OPTIONS": common | shown},
        "originals": {
            "BACKEND": "marketplace.bucket.Bucket",
            "OPTIONS": common | {"bucket_name": originals},
        },
    }


def origin(address: str) -> str:
    """Scheme and host, as a content policy names a place: "https://cdn.example"."""
    place = urlsplit(address)
    return f"{place.scheme}://{place.netloc}"
