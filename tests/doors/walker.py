"""Walks a running site as one person: follows every link and sends every form as it stands."""

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from playwright.sync_api import APIResponse, BrowserContext, FormData, Page

from tests import make

# What a browser would make of a page's links and forms, by the browser itself; a form once for each of its buttons.
READ_PAGE = """html => {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const send = (form, button) => ({
    method: form.method, action: button?.getAttribute('formaction') ?? form.getAttribute('action') ?? '',
    multipart: form.enctype === 'multipart/form-data', button: button?.name ? [button.name, button.value] : null,
    values: [...new FormData(form)].filter(([, value]) => typeof value === 'string'),
  })
  const buttons = form => [...form.elements].filter(e => e.type === 'submit' && e.matches('button, input'))
  return {
    links: [...page.querySelectorAll('a[href]')].map(a => a.getAttribute('href')),
    forms: [...page.forms].flatMap(form =>
      buttons(form).length ? buttons(form).map(b => send(form, b)) : [send(form, null)]),
  }
}"""
IDS = re.compile(r"[0-9a-f]{24,64}|\b\d+\b")
ENDS = re.compile(r"log.?out|delete|remove|password|close_|/close|revoke|deactivate", re.IGNORECASE)
ENDS_THE_SESSION = re.compile(r"log.?out|account/.*(close|password)", re.IGNORECASE)
NOT_PAGES = ("/static/", "/media/", "/api/")
SECONDS = 30


@dataclass
class Walker:
    """One person on their way; `problems` says what answered 5xx, or led nowhere."""

    base: str
    context: BrowserContext
    starts: tuple[str, ...] = ("/",)
    pages_most: int = 400
    problems: list[str] = field(default_factory=list)
    pages: int = 0
    sent: set[Any] = field(default_factory=set)

    def walk(self) -> None:
        """Every page and every form; what ends something comes last, what ends the session at the very end."""
        blank = self.context.new_page()
        queue, seen = deque(self.base + start for start in self.starts), set()
        later: list[tuple[dict[str, Any], str]] = []
        while queue and self.pages < self.pages_most:
            url = queue.popleft()
            if (key := _kind(url)) in seen or ENDS_THE_SESSION.search(urlsplit(url).path):
                continue
            seen.add(key)
            self.pages += 1
            links, forms, final = self._read(blank, url)
            queue.extend(link for link in links if _kind(link) not in seen)
            for form in forms:
                if ENDS.search(f"{form['action']} {form['button']} {urlsplit(final).path}"):
                    later.append((form, final))
                else:
                    self._send(form, final)
        for form, page in sorted(later, key=lambda row: bool(ENDS_THE_SESSION.search(f"{row[0]} {row[1]}"))):
            self._send(form, page)
        blank.close()

    def log_in(self, login: str) -> None:
        """Through the login page, with the password of tests.make."""
        page = self.context.new_page()
        page.goto(f"{self.base}/account/login/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", make.PASSWORD)
        page.get_by_role("main").get_by_role("button").first.click()
        page.wait_for_url(lambda url: "login" not in url)
        page.close()

    def _read(self, blank: Page, url: str) -> tuple[list[str], list[dict[str, Any]], str]:
        answer = self.context.request.get(url, timeout=SECONDS * 1000)
        self._check(answer, f"GET {url}", is_link=True)
        if "html" not in answer.headers.get("content-type", ""):
            return [], [], answer.url
        found = blank.evaluate(READ_PAGE, answer.text())
        links = (urldefrag(urljoin(answer.url, link))[0] for link in found["links"])
        own = [link for link in links if link.startswith(self.base + "/")]
        return (
            [link for link in own if not urlsplit(link).path.startswith(NOT_PAGES)],
            found["forms"],
            answer.url,
        )

    def _send(self, form: dict[str, Any], page: str) -> None:
        url = urljoin(page, form["action"] or page)
        names = tuple(sorted(name for name, _value in form["values"]))
        key = (form["method"], _kind(url), names, tuple(form["button"] or ()))
        if key in self.sent or not url.startswith(self.base + "/"):
            return
        self.sent.add(key)
        values = [tuple(pair) for pair in (*form["values"], form["button"]) if pair]
        what = f"{form['method'].upper()} {url} {form['button'] or ''}"
        if form["method"] == "get":
            answer = self.context.request.get(url, params=urlencode(values), timeout=SECONDS * 1000)
        else:
            body = {"multipart": _multipart(values)} if form["multipart"] else {"data": urlencode(values)}
            kind = {} if form["multipart"] else {"Content-Type": "application/x-www-form-urlencoded"}
            answer = self.context.request.post(
                url, headers={"Referer": page, **kind}, timeout=SECONDS * 1000, **body
            )
        self._check(answer, what)

    def _check(self, answer: APIResponse, what: str, *, is_link: bool = False) -> None:
        if answer.status >= (400 if is_link else 500):
            self.problems.append(f"{answer.status} {what}")


def _kind(url: str) -> str:
    """Addresses that differ only in ids and in the values of their query are one."""
    parts = urlsplit(url)
    path = re.sub(r"(/listings/#/)[^/]+", r"\1*", IDS.sub("#", parts.path))
    path = re.sub(r"^/(c|closet|brands?)/[^/]+", r"/\1/*", path)
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    return f"{path}?{'&'.join(names)}"


def _multipart(values: list[tuple[str, str]]) -> Any:
    form = FormData()
    for name, value in values:
        form.append(name, value)
    return form
