"""One supervised program: start and health, and the reference count of its users by a shared lock."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import supervisor
from .errors import EmbeddedError
from .folders import log_folder, run_folder
from .locks import ALONE, SHARED, Lock, is_held
from .processes import end_process, started_at

END_SECONDS = 30.0


class SupervisedProcess:
    """A program under a supervisor, known by its name within one var folder."""

    def __init__(self, var: Path, name: str) -> None:
        run = run_folder(var)
        self.name = name
        self.log = log_folder(var) / f"{name}.log"
        self._state = run / f"{name}.json"
        self._alive = run / f"{name}.alive"
        self._users = Lock(run / f"{name}.users")
        self._port_file = run / f"{name}.port"
        self.supervisor: subprocess.Popen[str] | None = None

    def join(self) -> None:
        """Become a user: the program goes on while this process lives. Waits for one that is just ending."""
        self._users.must_take(SHARED, END_SECONDS)

    def is_alive(self) -> bool:
        """Whether a supervisor holds the program now."""
        return is_held(self._alive)

    def state(self) -> dict[str, Any]:
        """Address and pid of the running program; empty when none runs."""
        if not self.is_alive():
            return {}
        try:
            return dict(json.loads(self._state.read_text()))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def start(
        self, argv: Sequence[str], environ: Mapping[str, str], grace: float, cwd: Path | None = None
    ) -> int:
        """Start the program under a new supervisor and return its pid."""
        self._end_leftover()
        if self.supervisor is not None:
            self.supervisor.wait(END_SECONDS)
        with self.log.open("ab") as log:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-I", "-S", supervisor.__file__, "--users", str(self._users.path),
                 "--alive", str(self._alive), "--log", str(self.log), "--state", str(self._state),
                 "--grace", str(grace), "--", *argv],
                env={**os.environ, **environ}, cwd=cwd, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
                start_new_session=True,  # a Ctrl-C at the terminal is for the one who started it
            )  # fmt: skip
        assert self.supervisor.stdout is not None
        with self.supervisor.stdout as line:
            pid = line.readline().strip()
        if not pid:
            raise EmbeddedError(f"{argv[0]} could not be started; see {self.log}.")
        return int(pid)

    def write_state(self, pid: int, **facts: Any) -> None:
        """Write down, at once and whole, what others need to find the running program."""
        text = json.dumps({"name": self.name, "pid": pid, "started": started_at(pid), **facts})
        new = self._state.with_suffix(".new")
        new.write_text(text)
        new.replace(self._state)
        if "port" in facts:
            self._port_file.write_text(str(facts["port"]))

    def last_port(self) -> int | None:
        """The port of the last start, None without one."""
        with contextlib.suppress(FileNotFoundError, ValueError):
            return int(self._port_file.read_text())
        return None

    def release(self) -> bool:
        """Stop being a user without waiting; says whether nobody else is one, so that the program ends now."""
        is_last = self._users.take(ALONE)
        self._users.drop()
        return is_last

    def leave(self) -> None:
        """Stop being a user; when nobody else is one, wait for the program's end."""
        if self.release():
            self.wait_ended()

    def wait_ended(self) -> None:
        """Wait until the program and its supervisor are gone."""
        Lock(self._alive).take_and_drop(END_SECONDS)
        if self.supervisor is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.supervisor.wait(END_SECONDS)

    def last_lines(self, count: int = 5) -> str:
        """The end of its log, for an error's text."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])

    def _end_leftover(self) -> None:
        # A supervisor that was killed leaves its note; on systems without PR_SET_PDEATHSIG also the program.
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
            old = json.loads(self._state.read_text())
            if old.get("started"):
                end_process(old["pid"], old["started"], END_SECONDS)
            self._state.unlink()
