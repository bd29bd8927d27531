"""Skips tests whose programs are missing, with one line that says what to install; with CI=true a skip fails the run.

Enabled by `pytest_plugins = ["tests.skips"]`. A test says what it needs:

    @pytest.mark.needs("chromium")
"""

import os
import shutil
from importlib.util import find_spec

import pytest

from marketplace.embedded import MissingServer
from marketplace.embedded.cache import EMBEDDINGS, in_cache
from marketplace.embedded.elasticsearch import find_home
from marketplace.embedded.java import find_jdk

# name: (programs of which one must be on PATH, what to do when none is)
NEEDS = {
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "install chromium (make tools)"),
    "versitygw": (("versitygw",), "install versitygw (make tools, where Go is)"),
    "rabbitmq": (("rabbitmq-server",), "install rabbitmq-server (make tools)"),
}
ELASTICSEARCH = "elasticsearch is not here: make tools with mvn and a JDK 21, or set TEST_ELASTICSEARCH_URL"
EMBEDDINGS_ADVICE = "the model of sentence embeddings is not here: make tools with mvn"
_reasons: dict[str, int] = {}


def missing(name: str) -> str:
    """What to install when `name` is not on this machine; empty when it is there."""
    if name == "embeddings":
        return "" if in_cache(EMBEDDINGS) and find_spec("onnxruntime") else EMBEDDINGS_ADVICE
    if name == "elasticsearch":
        return "" if os.environ.get("TEST_ELASTICSEARCH_URL") or _can_start_elasticsearch() else ELASTICSEARCH
    programs, advice = NEEDS[name]
    found = any(shutil.which(program, path=_search_path()) for program in programs)
    return "" if found else f"{name} is not here: {advice}"


def _can_start_elasticsearch() -> bool:
    try:
        return bool(find_home() and find_jdk())
    except MissingServer:
        return False


def _search_path() -> str:
    # Debian keeps servers in sbin, which an ordinary person's PATH leaves out.
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marker in item.iter_markers("needs"):
            for reason in filter(None, map(missing, marker.args)):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        _reasons[reason] = _reasons.get(reason, 0) + 1


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if _reasons and _is_ci() and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for reason, count in sorted(_reasons.items()):
        verdict = "FAILED, CI=true" if _is_ci() else "SKIPPED"
        terminalreporter.write_line(f"{verdict}: {count} test{'s' * (count > 1)}: {reason}", yellow=True)


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"
