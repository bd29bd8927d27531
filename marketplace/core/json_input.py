"""Strict JSON parsing for API and sockets."""

import json
from typing import Any


def parse_json(text: str) -> Any:
    """The value of a JSON text; ValueError when it is none, is nested too deeply or holds half a character.

    A lone surrogate (`"\\ud800"`) is JSON, and no text: nothing that stores or sends it can encode it.
    """
    try:
        value = json.loads(text, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except UnicodeEncodeError:
        raise ValueError("half a character (a lone surrogate)") from None
    return value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
