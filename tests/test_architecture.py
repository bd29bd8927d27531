"""The layers of docs/architecture.md, enforced; and each rule shown red on a planted violation."""

from pathlib import Path

import pytest

from tests.architecture import ROOT, RULES

PLANTED = {
    "imports point right only": ("accounts/services.py", "def late():\n    from listings import models\n"),
    "apps touch each other at models, services, events, errors only": (
        "social/views.py", "from listings.forms import ListingForm\n",
    ),
    "inner files know no door": ("listings/services/life.py", "from rest_framework.response import Response\n"),
    "one place has transactions": ("social/services.py", "from django.db import transaction\n"),
    "nobody outside core catches everything": ("social/views.py", "try:\n    1\nexcept Exception:\n    2\n"),
    "numbers live in the rule book": ("listings/forms.py", "LIMIT = 80\n"),
    "core knows no app's path or name": ("marketplace/core/pages.py", 'BAR = {"/sell/"}\n'),
    "infrastructure takes the terms of the field": ("marketplace/core/outbox/relay.py", "class Bell:\n    pass\n"),
}  # fmt: skip
ALSO_PLANTED = {
    "imports point right only": [
        ("marketplace/core/events.py", "import social.models\n"),
        ("listings/views.py", "from marketplace.pages import home\n"),
        ("listings/models/listing.py", "import social\n"),
    ],
    "infrastructure takes the terms of the field": [
        ("marketplace/mongo/base.py", "SOMEBODY = 1\n"),
        ("marketplace/core/layer.py", "def was_heard():\n    pass\n"),
        ("bench/writes.py", "x.is_kept = 1\n"),
    ],
    "core knows no app's path or name": [
        ("marketplace/core/templatetags/ui.py", 'url = reverse("listings:sell")\n'),
        ("marketplace/core/live.py", 'model = get_model("accounts.User")\n'),
        ("marketplace/mongo/rows.py", 'name = "social.models"\n'),
    ],
    "inner files know no door": [
        ("social/services/comments.py", "from social.consumers import ThreadConsumer\n"),
        ("accounts/errors.py", "from django.http import Http404\n"),
    ],
}


@pytest.mark.parametrize("rule", RULES)
def test_the_source_keeps_the_rule(rule):
    assert RULES[rule](ROOT) == []


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_sees_a_planted_violation(rule, tmp_path):
    for name, text in [PLANTED[rule], *ALSO_PLANTED.get(rule, [])]:
        planted = tmp_path / name.replace("/", "-") / name
        planted.parent.mkdir(parents=True)
        planted.write_text(text)

        found = RULES[rule](tmp_path / Path(name.replace("/", "-")))

        assert len(found) == 1, (name, found)
        assert name in found[0]


def test_no_file_is_longer_than_300_lines():
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for pattern in ("*/**/*.py", "templates/**/*.html", "static/**/*.css", "static/**/*.js")
        for path in ROOT.glob(pattern)
        if not {".venv", "var", "node_modules", "vendor", "migrations"} & set(path.relative_to(ROOT).parts)
        and (lines := len(path.read_text().splitlines())) > 300
    ]

    assert long == []
