"""A form as a browser opened it: all its fields with what they say, to be typed over and sent."""

from html.parser import HTMLParser
from typing import Any


class OpenForm(HTMLParser):
    """The form of a page that sends to `url` by POST and has a field `title`."""

    def __init__(self, client: Any, url: str) -> None:
        super().__init__()
        self.client, self.url = client, url
        self.read(client.get(url))

    def read(self, answer: Any) -> None:
        self.status, self.html = answer.status_code, answer.content.decode()
        self.values: dict[str, list[str]] = {}
        self._name = self._select = ""
        self.reset()
        self.feed(self.html)

    def send(self, **typed: Any) -> Any:
        """What the server answers; a page is read again, a redirect is followed when it leads to the form."""
        answer = self.client.post(self.url, {**self.values, **typed})
        self.read(answer)
        return answer

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, kind = found.get("name", ""), found.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            self.values.setdefault(self._select, []).append(found.get("value", ""))
        elif tag == "textarea":
            self._name = name
            self.values[name] = [""]
        elif tag == "input" and name and kind not in ("file", "submit"):
            if kind not in ("checkbox", "radio") or "checked" in found:
                self.values.setdefault(name, []).append(found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            # Browsers leave out the first line break and send two characters for each other one.
            text = self.values[self._name][0].removeprefix("\n")
            self.values[self._name], self._name = [text.replace("\n", "\r\n")], ""

    def handle_data(self, data: str) -> None:
        if self._name:
            self.values[self._name][0] += data
