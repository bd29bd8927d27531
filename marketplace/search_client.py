"""The connection to Elasticsearch: what settings.ELASTICSEARCH_DSL says when ELASTICSEARCH_URL names one."""

from typing import Any

from elastic_transport import NodeConfig, Urllib3HttpNode
from urllib3 import Timeout

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
