"""`make run`: servers, database, demo and every process of the product, from one command to one Ctrl-C."""

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from .errors import EmbeddedError
from .family import Family
from .folders import ROOT, default_var, run_folder
from .kept import Kept
from .locks import ALONE, Lock
from .ports import is_free
from .servers import Servers, ensure_servers
from .terminal import Follower, MailFinder, say

TICK = 0.2  # seconds between two looks at the children
WEB_PATIENCE = 90.0


class Stop(Exception):
    """Somebody asked for the end."""


class Run:
    """One `make run`, from its first line to its last."""

    def __init__(self) -> None:
        self.var = default_var()
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.port = int(os.environ.get("PORT") or "8000")
        self.url = f"http://localhost:{self.port}"
        self.environ = {
            "DEBUG": os.environ.get("DEBUG", "1"),
            "SITE_URL": os.environ.get("SITE_URL", self.url),
            "GINGHAM_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "marketplace.settings",
            "PYTHONUNBUFFERED": "1",
            "NO_COLOR": "1",  # logs are files
        }
        self.family = Family(self.var, self.environ, ROOT)
        self.servers: Servers | None = None
        self.signals = 0
        self.parent = os.getppid()

    def main(self) -> int:
        """Everything; the exit code is 0 when it ended because somebody asked."""
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._on_signal)
        lock = Lock(run_folder(self.var) / "run.lock")
        if not lock.take(ALONE):
            return _refuse(
                f"Gingham already runs from {self.var}; end that one, or set GINGHAM_VAR to another folder."
            )
        if not is_free(self.port, self.host):
            return _refuse(
                f"Port {self.port} is taken: choose another one with `make run PORT={self.port + 1}`."
            )
        try:
            self._begin()
            self._look_after()
        except Stop:
            pass
        except EmbeddedError as error:
            return _refuse(str(error))
        finally:
            self._end()
            lock.drop()
        return 0

    def _begin(self) -> None:
        begun = time.monotonic()
        self.servers = ensure_servers(self.var)
        self.environ.update(self.servers.environ())
        started = ", ".join(f"{name} at {_place(url)}" for name, url in self.servers.addresses.items())
        say("servers", f"{started} ({time.monotonic() - begun:.1f} s)")
        self._step("database", "prepare", ["-m", "marketplace.embedded.prepare"])
        for name, argv in self._processes().items():
            self.family.add(name, argv)
        say("processes", f"{', '.join(self._processes())}; logs in {self.var / 'log'}")
        if os.environ.get("DEMO", "1") != "0":
            self._step("demo", "seed_demo", ["manage.py", "seed_demo", "--if-empty", "--background"])
        self._wait_for_web()
        say("ready", f"{self.url} after {time.monotonic() - begun:.0f} s; Ctrl-C ends it")
        _print_logins()

    def _processes(self) -> dict[str, list[str]]:
        python = sys.executable
        celery = [python, "-m", "celery", "-A", "marketplace"]
        return {
            "web": [python, "-m", "uvicorn", "marketplace.asgi:application", "--host", self.host,
                    "--port", str(self.port), "--ws-per-message-deflate", "false", "--ws-max-size", "16384",
                    "--lifespan", "off", "--no-proxy-headers", "--no-access-log", "--timeout-graceful-shutdown", "3"],
            "worker": [*celery, "worker", "--pool", "threads",
                       "--loglevel", "INFO", "--without-gossip", "--without-mingle"],
            "beat": [*celery, "beat", "--pidfile", "", "--loglevel", "INFO"],
            "relay": [python, "manage.py", "relay"],
        }  # fmt: skip

    def _step(self, step: str, name: str, arguments: list[str]) -> None:
        """One Python program as a child of its own, waited for; its lines are shown as they come."""
        kept = Kept(self.var, name)
        kept.join()
        lines = Follower(kept.log)
        try:
            kept.note(kept.start([sys.executable, *arguments], self.environ, 2.0, cwd=ROOT))
            assert kept.keeper is not None
            code = None
            while code is None:
                self._pause()
                code = kept.keeper.poll()
                for line in lines.lines():
                    if line and not line.startswith((" ", "Traceback")):  # a traceback is for the log
                        say(step, line)
            if code:
                raise EmbeddedError(
                    f"`{' '.join(['python', *arguments])}` failed; all it said is in {kept.log}."
                )
        finally:
            kept.leave()

    def _wait_for_web(self) -> None:
        deadline = time.monotonic() + WEB_PATIENCE
        while time.monotonic() < deadline:
            self._pause()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except urllib.error.HTTPError:
                return  # it answers; what is wrong is for its log
            except OSError:
                continue
        raise EmbeddedError(f"The web process does not answer; see {self.var / 'log' / 'web.log'}.")

    def _look_after(self) -> None:
        tails = [_tail(self.family.children[0].kept.log, bool(os.environ.get("ACCESS"))),
                 _tail(self.family.children[1].kept.log, False)]  # fmt: skip
        while True:
            self._pause()
            for tail in tails:
                tail()
            assert self.servers is not None
            for name in self.servers.ended():
                say(name, "ended; started again")
                self.servers.restart(name)

    def _pause(self) -> None:
        # A killed `make` sends no signal, but leaves its children to another parent.
        is_left_alone = "MAKELEVEL" in os.environ and os.getppid() != self.parent
        if self.signals or is_left_alone:
            raise Stop
        self.family.look_after()
        time.sleep(TICK)

    def _end(self) -> None:
        if self.servers is None:
            return
        print(flush=True)
        say("stopping", "every process, then the servers")
        self.family.stop()
        self.servers.stop()
        say("stopped", f"nothing is left running; the data stays in {self.var}")

    def _on_signal(self, *_args: object) -> None:
        self.signals += 1
        if self.signals > 1:
            self.family.kill()


def _tail(log: Path, is_shown: bool) -> Callable[[], None]:
    follower, mails = Follower(log), MailFinder()

    def look() -> None:
        for line in follower.lines():
            if is_shown:
                print(line, flush=True)
            if mail := mails.feed(line):
                for part in mail.splitlines():
                    say("mail", part)

    return look


def _print_logins() -> None:
    try:
        from marketplace.demo.logins import LOGINS
    except ModuleNotFoundError:
        return
    for role, address, password in LOGINS:
        say("", f"{role:<8} {address:<28} {password}")


def _place(url: str) -> str:
    return url.split("://")[-1].split("@")[-1].split("/")[0]


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(Run().main())
