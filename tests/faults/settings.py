"""The project as it is, with the fault tests' own app: for the processes that these tests start and kill."""

from marketplace.settings import *  # noqa: F403
from marketplace.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.probes"]
