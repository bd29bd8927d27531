"""RabbitMQ with a node name, a port mapper and a cookie of its own: it meets no other node on the machine."""

import os
import shutil
import socket
from pathlib import Path
from typing import ClassVar

from .ports import HOST, free_port
from .programs import find_program
from .server import Command, NotReady

# Debian's program on PATH changes user and so loses the environment; the real script stands beside.
SCRIPTS = ("/usr/lib/rabbitmq/bin/rabbitmq-server",)


class RabbitMQ:
    """One RabbitMQ node; quorum queues work on it."""

    name: ClassVar[str] = "rabbitmq"
    variable: ClassVar[str] = "CELERY_BROKER_URL"
    grace: ClassVar[float] = 15.0
    start_timeout: ClassVar[float] = 60.0

    def command(self, data: Path, port: int) -> Command:
        program = find_program(
            ("rabbitmq-server",), None, "install rabbitmq-server (make tools), or set CELERY_BROKER_URL"
        )
        script = next((path for path in SCRIPTS if os.access(path, os.X_OK)), program)
        epmd = find_program(("epmd",), _erlang_epmd(), "install erlang, which rabbitmq-server needs")
        (data / "rabbitmq.conf").write_text(
            f"listeners.tcp.local = {HOST}:{port}\nlog.console = true\nlog.console.level = warning\n"
            "log.file = false\nvm_memory_high_watermark.absolute = 512MB\ndisk_free_limit.absolute = 50MB\n"
        )
        mapper = free_port()
        environ = {
            "HOME": str(data),  # .erlang.cookie
            "RABBITMQ_NODENAME": "gingham@localhost",  # its data belongs to this name, whatever the port
            "RABBITMQ_MNESIA_BASE": str(data / "mnesia"),
            "RABBITMQ_LOG_BASE": str(data / "log"),
            "RABBITMQ_CONFIG_FILE": str(data / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": str(data / "none.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(data / "enabled_plugins"),
            "RABBITMQ_PID_FILE": str(data / "pid"),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "ERL_EPMD_ADDRESS": HOST,
            "ERL_EPMD_PORT": str(mapper),
        }
        # Erlang would leave its port mapper behind as a daemon; as a child of this shell it ends with the group.
        line = f'"{epmd}" -address {HOST} -port {mapper} & exec "{script}"'
        return Command(("/bin/sh", "-c", line), environ)

    def url(self, port: int) -> str:
        return f"amqp://guest:guest@{HOST}:{port}//"

    def make_ready(self, port: int) -> None:
        try:
            with socket.create_connection((HOST, port), timeout=1) as connection:
                connection.sendall(b"AMQP\x00\x00\x09\x01")
                answer = connection.recv(8)
        except OSError as failure:
            raise NotReady(str(failure)) from failure
        if not answer.startswith(b"\x01"):  # the frame Connection.Start
            raise NotReady(repr(answer))


def _erlang_epmd() -> Path | None:
    erl = shutil.which("erl")
    if erl is None:
        return None
    return next(Path(erl).resolve().parent.parent.glob("erts-*/bin/epmd"), None)
