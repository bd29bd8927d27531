"""Sends requests as they are written, one after the other over one connection, and looks at each answer."""

import html.parser
import http.client
import time
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes, urlsplit

TIMEOUT, SLOW_SECONDS = 20, 5
HTML_PAGES = ("/api/v1/docs/", "/api/v1/problems/")
CSRF = "x" * 32


@dataclass
class Answer:
    """What came back."""

    status: int
    kind: str
    body: bytes


@dataclass
class Caller:
    """One person or program; `problems` says what answered 5xx, HTML under /api/, nothing, or too late."""

    base: str
    session: str = ""
    token: str = ""
    problems: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)

    def send(
        self, method: str, path: str, kind: str = "", body: bytes = b"", **headers: str
    ) -> Answer | None:
        """One request; None when no answer came."""
        began = time.monotonic()
        try:
            answer = self._answer(method, path, kind, body, headers)
        except (http.client.HTTPException, OSError) as failure:
            self._connection.close()
            # A server that refuses a body before it has read all of it may close on the writer.
            if len(body) < 1_000_000:
                self.problems.append(f"{failure!r} {_shown(method, path, kind, body, headers)}")
            return None
        what = _shown(method, path, kind, body, headers)
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        if answer.status >= 500:
            self.problems.append(f"{answer.status} {what}")
        if path.startswith("/api/") and "html" in answer.kind and not path.startswith(HTML_PAGES):
            self.problems.append(f"HTML, {answer.status} {what}")
        if (took := time.monotonic() - began) > SLOW_SECONDS:
            self.problems.append(f"{took:.1f} s {what}")
        return answer

    def close(self) -> None:
        self._connection.close()

    def _answer(self, method: str, path: str, kind: str, body: bytes, headers: dict[str, str]) -> Answer:
        all_headers = {"X-CSRFToken": CSRF, "Cookie": f"csrftoken={CSRF}", "Content-Length": str(len(body))}
        if self.session:
            all_headers["Cookie"] += f"; sessionid={self.session}"
        if self.token:
            all_headers["Authorization"] = f"Bearer {self.token}"
        all_headers |= {"Content-Type": kind} if kind else {}
        all_headers |= {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.putrequest(method, path, skip_host="Host" in all_headers, skip_accept_encoding=True)
        for name, value in all_headers.items():
            # Past putheader(), which refuses to send what is no header.
            self._connection._buffer.append(f"{name}: {value}".encode("latin-1", "replace"))
        self._connection.endheaders(body or None)
        got = self._connection.getresponse()
        return Answer(got.status, got.headers.get("Content-Type", ""), got.read())


def encoded(pairs: list[tuple[str, str]]) -> str:
    """A query or the body of a form; half characters as the bytes that programs send for them."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def form_values(page: bytes) -> list[tuple[str, str]]:
    """Name and value of every field on a page."""
    fields = _Fields()
    fields.feed(page.decode())
    return fields.found


class _Fields(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"input", "textarea", "select", "button"} and given.get("name"):
            self.found.append((given["name"] or "", given.get("value") or ""))


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def _shown(method: str, path: str, kind: str, body: bytes, headers: dict[str, str]) -> str:
    return f"{method} {path[:200]} {kind[:60]} {body[:200]!r} {headers or ''}"
