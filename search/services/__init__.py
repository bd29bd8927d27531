"""The verbs of search: the doors ask here, whatever engine answers."""

from search.services.finding import facets, find

__all__ = ["facets", "find"]
