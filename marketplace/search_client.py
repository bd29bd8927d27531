"""What settings say of Elasticsearch (where ELASTICSEARCH_URL names one) and of the model of meanings beside it."""

from typing import Any

from elastic_transport import NodeConfig, Urllib3HttpNode
from urllib3 import Timeout

# SHA-256 of model.onnx and tokenizer.json of the model that `make tools` fetches (embedded/cache.py).
EMBEDDINGS_DIGESTS = [
    "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4",
    "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
]
CONNECT_SECONDS, READ_SECONDS = 1.0, 4.0


class QuickNode(Urllib3HttpNode):
    """One address, given up sooner while it does not take the connection than while it thinks about an answer."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self.pool.timeout = Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)


def elasticsearch_dsl(urls: list[str]) -> dict[str, Any]:
    """The default connection, for pages: it fails within seconds and never tries again by itself.

    Long work says `client.options(request_timeout=seconds)`. Without addresses there is no connection at all.
    """
    if not urls:
        return {}
    return {"default": {"hosts": urls, "node_class": QuickNode, "max_retries": 0}}
