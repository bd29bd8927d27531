"""What goes wrong in search."""


class EngineAway(Exception):
    """The engine does not answer. Never shown to people: the other engine is asked then."""
