"""Hooks of schemathesis: half of the ids that it makes up become those of things that there are."""

import os
import re

import schemathesis

LEAF = "women-dresses-maxi"
LISTINGS, COMMENTS, KEYS = (os.environ[f"KNOWN_{name}"].split() for name in ("LISTINGS", "COMMENTS", "KEYS"))
ID, KEY, USERNAME = (re.compile(form) for form in ("[0-9a-f]{24}", "[0-9a-f]{64}", "[A-Za-z0-9_]+"))


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Changes only what has the right form; what has not is meant to be refused."""
    about_comments = "/comments/{id}" in context.operation.path
    pools = {
        "id": (ID, COMMENTS if about_comments else LISTINGS),
        "key": (KEY, KEYS),
        "username": (USERNAME, [os.environ["KNOWN_USERNAME"]]),
        "slug": (re.compile("[-a-zA-Z0-9_]+"), [LEAF]),
    }
    for name, (form, things) in pools.items():
        value = (path_parameters or {}).get(name)
        if isinstance(value, str) and form.fullmatch(value) and (number := sum(value.encode())) % 2:
            path_parameters[name] = things[number // 2 % len(things)]
    return path_parameters


@schemathesis.hook
def map_body(context, body):
    """A category that there is, where any text would do."""
    if isinstance(body, dict) and isinstance(body.get("category"), str) and "\0" not in body["category"]:
        body["category"] = LEAF
    return body
