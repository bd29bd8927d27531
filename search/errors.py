"""What goes wrong in search."""

from marketplace.core.events import DependencyAway


class EngineAway(DependencyAway):
    """The engine does not answer. Never shown to people: the other engine is asked then; its handlers wait."""


class IndexRefused(Exception):
    """Elasticsearch does not take a document as it is: a fault of ours, so it ends among the dead letters."""
