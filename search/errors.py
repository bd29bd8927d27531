"""What goes wrong in search, and what it refuses."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Conflict
from marketplace.core.events import DependencyAway


class EngineAway(DependencyAway):
    """The engine does not answer. Never shown to people: the other engine is asked then; its handlers wait."""


class IndexRefused(Exception):
    """Elasticsearch does not take a document as it is: a fault of ours, so it ends among the dead letters."""


class TooManySaved(Conflict):
    message = _("You have saved as many searches as one can. Delete one that you no longer need.")
