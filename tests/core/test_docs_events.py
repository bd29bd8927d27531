"""docs/events.md names every event, who publishes it and everybody who reacts."""

import re
from pathlib import Path

import pytest
from django.utils.module_loading import autodiscover_modules

from marketplace.core.events import EVENTS, HANDLERS

autodiscover_modules("events")
TABLE = Path(__file__).parents[2] / "docs" / "events.md"
ROW = re.compile(r"^\| `(\w+)` \| (\w+): ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def project_events() -> dict:
    return {name: event for name, event in EVENTS.items() if not event.__module__.startswith("tests")}


def rows() -> dict[str, tuple[str, str, str]]:
    return {
        name: (app, services, reactions) for name, app, services, reactions in ROW.findall(TABLE.read_text())
    }


def reacting(name: str) -> list[str]:
    """The handlers of an event, those of what is not configured here too."""
    return [handler.name for handler in HANDLERS.values() if name in handler.events]


def test_the_table_has_every_event_and_no_other():
    assert sorted(rows()) == sorted(project_events())


@pytest.mark.parametrize("name", sorted(project_events()))
def test_the_row_names_its_app_and_all_who_react(name):
    app, services, reactions = rows()[name]

    assert project_events()[name].__module__.startswith(f"{app}.")
    assert re.search(r"`\w+`", services)
    named = re.findall(r"`(\w+\.\w+)`", reactions)
    assert sorted(named) == sorted(reacting(name)) or (not named and "nobody" in reactions)
    for handler in named:
        assert (f"`{handler}` (external)" in reactions) == HANDLERS[handler].external


def test_every_event_says_what_it_is():
    for event in project_events().values():
        assert event.__doc__, event.name
        assert not event.__doc__.startswith(f"{event.name}("), event.name
