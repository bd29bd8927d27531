"""`make run` and `make dev`: servers, database, demo and every process, from one command to one Ctrl-C."""

import errno
import os
import shutil
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from .commands import developing, environment, serving
from .environment import write_environ
from .errors import EmbeddedError
from .folders import ROOT, default_var, run_folder
from .locks import ALONE, Lock
from .ports import is_free
from .process_group import ProcessGroup
from .servers import Servers, ensure_servers
from .supervised import SupervisedProcess
from .terminal import Follower, MailFinder, say

MIN_FREE_BYTES = 1_000_000_000  # mongod's journal and cache files, photos, logs
POLL_SECONDS = 0.2  # seconds between two looks at the children
WEB_START_TIMEOUT = 90.0
SEARCH = "elasticsearch"  # optional: MongoDB answers searches without it
SEARCH_START_TIMEOUT, SEARCH_PAUSE = 90.0, 20.0  # seconds; the pause is from one start to the next


class Stop(Exception):
    """A signal asked the run to end."""


class Run:
    """One `make run` or `make dev`: starts all processes, supervises them, ends them."""

    def __init__(self, *, is_dev: bool = False) -> None:
        self.is_dev = is_dev
        self.var = default_var()
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.port = port_number(os.environ.get("PORT") or "8000")
        self.url = f"http://localhost:{self.port}"
        self.environ: dict[str, str] = {}
        self.group = ProcessGroup(self.var, self.environ, ROOT)
        self.servers: Servers | None = None
        self.search_since = 0.0
        self.signals = 0
        self.parent = os.getppid()

    def main(self) -> int:
        """Runs until a signal; the exit code is 0 then, and 1 when it could not start."""
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
            require_space(self.var)
            self._begin()
            self._supervise()
        except Stop:
            pass
        except EmbeddedError as error:
            return _refuse(str(error))
        except OSError as failure:
            return _refuse(_sentence(failure, self.var))
        finally:
            self._end()
            lock.drop()
        return 0

    def _begin(self) -> None:
        begun = time.monotonic()
        self.servers = ensure_servers(self.var, optional=(SEARCH,))
        self.search_since = begun
        self.environ.update(
            environment(self.var, url=self.url, host=self.host, is_dev=self.is_dev), **self.servers.environ()
        )
        write_environ(self.var, self.environ)
        self.environ.update(PYTHONUNBUFFERED="1", NO_COLOR="1")  # logs are files
        started = ", ".join(f"{name} at {_place(url)}" for name, url in self.servers.addresses.items())
        say("servers", f"{started} ({time.monotonic() - begun:.1f} s)")
        for advice in self.servers.missing.values():
            say("search", f"MongoDB answers: {advice}")
        self._step("database", "prepare", ["-m", "marketplace.embedded.prepare"])
        processes = (
            developing(host=self.host, port=self.port)
            if self.is_dev
            else serving(self.var, host=self.host, port=self.port)
        )
        for name, argv in processes.items():
            self.group.add(name, argv)
        say("processes", f"{', '.join(processes)}; logs in {self.var / 'log'}")
        if os.environ.get("DEMO", "1") != "0":
            self._step(
                "demo", "seed_demo", ["manage.py", "seed_demo", "--if-empty", "--background", "--force"]
            )
        self._wait_for_web()
        self._wait_for_search()
        say("ready", f"{self.url} after {time.monotonic() - begun:.0f} s; Ctrl-C ends it")
        _print_logins()

    def _step(self, step: str, name: str, arguments: list[str]) -> None:
        """One Python program as a child of its own, waited for; its lines are shown as they come."""
        process = SupervisedProcess(self.var, name)
        process.join()
        lines = Follower(process.log)
        try:
            process.write_state(process.start([sys.executable, *arguments], self.environ, 2.0, cwd=ROOT))
            assert process.supervisor is not None
            code = None
            while code is None:
                self._pause()
                code = process.supervisor.poll()
                for line in lines.lines():
                    if line and not line.startswith((" ", "Traceback")):  # a traceback is for the log
                        say(step, line)
            if code:
                raise EmbeddedError(
                    f"`{' '.join(['python', *arguments])}` failed; its output is in {process.log}."
                )
        finally:
            process.leave()

    def _wait_for_web(self) -> None:
        host = "127.0.0.1" if self.host == "0.0.0.0" else self.host
        deadline = time.monotonic() + WEB_START_TIMEOUT
        while time.monotonic() < deadline:
            self._pause()
            try:
                with urllib.request.urlopen(f"http://{host}:{self.port}/healthz", timeout=5):
                    return
            except urllib.error.HTTPError as answer:
                if answer.code != HTTPStatus.SERVICE_UNAVAILABLE:  # the proxy's word while web starts
                    return  # it answers; what is wrong is for its log
            except OSError:
                continue
        raise EmbeddedError(f"The web process does not answer; see {self.var / 'log' / 'web.log'}.")

    def _wait_for_search(self) -> None:
        assert self.servers is not None
        if SEARCH not in self.servers.processes:
            return
        deadline = time.monotonic() + SEARCH_START_TIMEOUT
        while time.monotonic() < deadline and SEARCH not in self.servers.ended():
            if self.servers.is_ready(SEARCH):
                return
            self._pause()
        log = self.servers.processes[SEARCH].log
        say("search", f"MongoDB answers: Elasticsearch did not start; its log is {log}")

    def _supervise(self) -> None:
        logs = {child.process.name: child.process.log for child in self.group.children}
        tails = [_tail(logs["web"], bool(os.environ.get("ACCESS"))), _tail(logs["worker"], False)]
        while True:
            self._pause()
            for tail in tails:
                tail()
            assert self.servers is not None
            for name in self.servers.ended():
                if name == SEARCH and time.monotonic() < self.search_since + SEARCH_PAUSE:
                    continue
                say(name, "ended; started again")
                self.servers.restart(name, wait=name != SEARCH)
                if name == SEARCH:
                    self.search_since = time.monotonic()

    def _pause(self) -> None:
        # A killed `make` sends no signal, but leaves its children to another parent.
        is_left_alone = "MAKELEVEL" in os.environ and os.getppid() != self.parent
        if self.signals or is_left_alone:
            raise Stop
        self.group.restart_ended()
        time.sleep(POLL_SECONDS)

    def _end(self) -> None:
        if self.servers is None:
            return
        print(flush=True)
        say("stopping", "every process, then the servers")
        self.group.stop()
        self.servers.stop()
        say("stopped", f"nothing is left running; the data stays in {self.var}")

    def _on_signal(self, *_args: object) -> None:
        self.signals += 1
        if self.signals > 1:
            self.group.kill()


def port_number(text: str) -> int:
    """PORT as a number; raises EmbeddedError."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise EmbeddedError(f"PORT is a number from 1 to 65535, not {text!r}.")
    return int(text)


def require_space(var: Path, needed: int = MIN_FREE_BYTES) -> None:
    """Raises EmbeddedError when the disk of `var` has fewer bytes free than a database needs to begin."""
    free = shutil.disk_usage(var).free
    if free < needed:
        raise EmbeddedError(
            f"{var} is on a disk with {free // 1_000_000} MB free and needs {needed // 1_000_000}: "
            "make room, or set GINGHAM_VAR to a folder on another disk."
        )


def _sentence(failure: OSError, var: Path) -> str:
    if failure.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk of {var} is full: make room, or set GINGHAM_VAR to a folder on another disk."
    if failure.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        place = failure.filename or var
        return f"{place} cannot be written: change its owner, or set GINGHAM_VAR to a folder of yours."
    return f"{failure.strerror or failure}: {failure.filename or var}."


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


def main(arguments: list[str]) -> int:
    """`--dev` for people who change code; the exit code."""
    try:
        return Run(is_dev="--dev" in arguments).main()
    except EmbeddedError as error:
        return _refuse(str(error))
    except OSError as failure:
        return _refuse(_sentence(failure, default_var()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
