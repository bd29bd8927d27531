"""The terminal output of `make run`: a line for each step, mails that were printed to a log, access logs on request."""

import email
import email.policy
from collections.abc import Iterator
from pathlib import Path

MAIL_STARTS, MAIL_ENDS = "Content-Type: ", "-" * 79  # as Django's console backend writes them


def say(step: str, text: str) -> None:
    """One progress line."""
    print(f"  {step:<10} {text}", flush=True)


class Follower:
    """Reads what was added to a log since the last look."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = path.stat().st_size if path.exists() else 0
        self._rest = ""

    def lines(self) -> Iterator[str]:
        """Whole new lines."""
        if not self._path.exists():
            return
        if self._path.stat().st_size < self._offset:  # a new file took its place
            self._offset = 0
        with self._path.open("rb") as file:
            file.seek(self._offset)
            text = self._rest + file.read().decode(errors="replace")
            self._offset = file.tell()
        *whole, self._rest = text.split("\n")
        yield from whole


class MailFinder:
    """Picks printed mails out of a log's lines."""

    def __init__(self) -> None:
        self._lines: list[str] | None = None

    def feed(self, line: str) -> str:
        """The readable mail when this line ends one, else an empty string."""
        if self._lines is None:
            if line.startswith(MAIL_STARTS):
                self._lines = [line]
            return ""
        if line != MAIL_ENDS:
            self._lines.append(line)
            return ""
        whole, self._lines = "\n".join(self._lines), None
        return _readable(whole)


def _readable(text: str) -> str:
    message = email.message_from_bytes(text.encode(), policy=email.policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    content = body.get_content().strip() if body is not None else ""
    return "\n".join([f"To: {message['To']}", f"Subject: {message['Subject']}", "", *content.splitlines()])
