"""Every code that a problem document of the API can have."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from marketplace.core.errors import DomainError

OF_THE_FRAMEWORK = (
    exceptions.ParseError, exceptions.AuthenticationFailed, exceptions.NotAuthenticated,
    exceptions.PermissionDenied, exceptions.NotFound, exceptions.MethodNotAllowed, exceptions.NotAcceptable,
    exceptions.UnsupportedMediaType,
)  # fmt: skip


class ProblemType(NamedTuple):
    """A code, the status it comes with, and what it means."""

    code: str
    status: int
    text: Any


BEFORE_ANY_VIEW = (
    ProblemType("too_large", 413, _("The body of the request has too many bytes.")),
    ProblemType("too_many_files", 413, _("The request has too many files.")),
    ProblemType("error", 500, _("A mistake of ours.")),
)


def problem_types() -> list[ProblemType]:
    """All of them, by status and code; those of the apps once the apps are loaded."""
    found = {kind().code: ProblemType(kind().code, kind.status, kind.message) for kind in _below(DomainError)}
    for error in OF_THE_FRAMEWORK:
        code, text = error.default_code, str(error.default_detail).format(method="…", media_type="…")
        found.setdefault(code, ProblemType(code, error.status_code, text))
    found |= {problem.code: problem for problem in BEFORE_ANY_VIEW}
    return sorted(found.values(), key=lambda problem: (problem.status, problem.code))


def _below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from _below(inner)
