"""Supervises one program and ends it when its last user has ended: a reference count by a file lock.

Users hold a shared lock on one file. The supervisor waits for the same lock alone, which the kernel gives it when the
last user lets go or dies, by SIGKILL too, on Linux and macOS alike; then it ends the program. Should the supervisor
itself be killed, Linux ends the program (PR_SET_PDEATHSIG; its only thread that starts anything is the main one, so the
signal's tie to the thread does not matter). Imports nothing of the project: it starts in 20 ms and needs no packages.

    supervisor.py --users FILE --alive FILE --log FILE --state FILE --grace SECONDS -- program arguments...

Prints the id of the program as its only line; ends with the program's exit code.
"""

import argparse
import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

LOG_BYTES = 10_000_000
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
_LIBC = ctypes.CDLL(None) if sys.platform.startswith("linux") else None


def _prctl(option: int, value: int) -> None:
    if _LIBC is not None:
        _LIBC.prctl(option, value, 0, 0, 0)


def main() -> int:
    """Start the program, keep it, end it."""
    options = _options()
    _prctl(PR_SET_CHILD_SUBREAPER, 1)  # what the program leaves behind becomes ours, to be reaped
    alive = _hold(options.alive)
    if os.path.exists(options.log) and os.path.getsize(options.log) > LOG_BYTES:
        os.replace(options.log, f"{options.log}.1")
    with open(options.log, "ab") as log:
        program = subprocess.Popen(
            options.program,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: _prctl(PR_SET_PDEATHSIG, signal.SIGTERM),
        )
    print(program.pid, flush=True)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def end(*_args: object) -> None:
        threading.Thread(target=_end, args=(program, options.grace), daemon=True).start()

    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, end)
    users = open(options.users, "a")  # noqa: SIM115  (held until the end)
    threading.Thread(target=_when_unused, args=(users, end), daemon=True).start()
    code = program.wait()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(program.pid, signal.SIGKILL)  # what the program started and did not end
    _reap()
    if options.state:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(options.state)
    alive.close()
    return code if code >= 0 else 128 - code


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("users", "alive", "log", "state"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--grace", type=float)
    parser.add_argument("program", nargs="+")
    return parser.parse_args()


def _hold(path: str):  # type: ignore[no-untyped-def]
    file = open(path, "a")  # noqa: SIM115  (held until the end)
    for _ in range(250):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except BlockingIOError:  # somebody only looks whether it is held, or an older supervisor is ending
            time.sleep(0.02)
    sys.exit(f"{path} is held by another supervisor")


def _when_unused(users, end: Callable[[], None]) -> None:  # type: ignore[no-untyped-def]
    # Held until this process ends: the next starter waits for it, and so for the program's end.
    fcntl.flock(users, fcntl.LOCK_EX)
    end()


def _end(program: subprocess.Popen[bytes], grace: float) -> None:
    with contextlib.suppress(ProcessLookupError):
        program.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + grace
    while program.returncode is None and time.monotonic() < deadline:
        time.sleep(0.05)
    if program.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)


def _reap() -> None:
    for _ in range(50):
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.02)
        except ChildProcessError:
            return


if __name__ == "__main__":
    sys.exit(main())
