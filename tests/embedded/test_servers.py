"""Embedded servers: found or started once, shared, ended with their last user, restarted after kills."""

import json
import os
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pymongo
import pytest
import redis

from marketplace.embedded import MissingServer, ensure_servers, programs, running_environ, scratch_var
from marketplace.embedded.processes import is_running

from .conftest import until


def told(process: subprocess.Popen[str]) -> dict:
    assert process.stdout is not None
    return json.loads(process.stdout.readline())


@contextmanager
def hanging_up(port: int):
    """Another program on the port, which ends every connection."""

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                listener.accept()[0].close()

    with socket.create_server(("127.0.0.1", port)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield
        listener.shutdown(socket.SHUT_RDWR)


def test_a_killed_parent_leaves_no_server_and_loses_no_data(user, tmp_path):
    first = user(only="mongod,valkey")
    servers = told(first)
    with pymongo.MongoClient(servers["MONGODB_URI"]) as client:
        client.shop.things.insert_one({"_id": 1})
    redis.Redis.from_url(servers["REDIS_URL"]).rpush("queue", "task")

    first.send_signal(signal.SIGKILL)

    assert until(lambda: not is_running(servers["mongod"]) and not is_running(servers["valkey"]))
    again = ensure_servers(tmp_path / "var")
    client = pymongo.MongoClient(again.environ()["MONGODB_URI"])
    assert client.shop.things.count_documents({}) == 1
    with client.start_session() as session, session.start_transaction():
        client.shop.things.insert_one({"_id": 2}, session=session)
    assert redis.Redis.from_url(again.environ()["REDIS_URL"]).lrange("queue", 0, -1) == [b"task"]
    assert again.environ()["MONGODB_URI"] == servers["MONGODB_URI"], "the port stays while it is free"
    client.close()
    again.stop()


def test_mongod_moves_to_another_port_when_its_own_is_taken(tmp_path):
    servers = ensure_servers(tmp_path, only=["mongod"])
    first = servers.environ()["MONGODB_URI"]
    servers.stop()
    port = int(first.split(":")[2].split("/")[0])

    with hanging_up(port):
        servers = ensure_servers(tmp_path, only=["mongod"])

    with pymongo.MongoClient(servers.environ()["MONGODB_URI"]) as client:
        client.shop.things.insert_one({})
    assert servers.environ()["MONGODB_URI"] != first
    servers.stop()


def test_two_folders_have_servers_of_their_own(user, tmp_path):
    one, two = told(user(tmp_path / "one")), told(user(tmp_path / "two"))

    redis.Redis.from_url(one["REDIS_URL"]).set("key", "one")

    assert one["valkey"] != two["valkey"]
    assert redis.Redis.from_url(two["REDIS_URL"]).get("key") is None


def test_starters_at_the_same_time_share_one_server_that_lives_until_the_last_leaves(user):
    users = [user() for _ in range(3)]
    pids = {told(one)["valkey"] for one in users}
    (pid,) = pids

    users[0].kill()
    users[1].communicate("")
    assert users[1].returncode == 0
    assert is_running(pid)

    users[2].communicate("")
    assert not is_running(pid), "stop() of the last user returns when the server has ended"


def test_a_second_call_finds_what_runs(tmp_path):
    servers = ensure_servers(tmp_path, only=["valkey"])
    second = ensure_servers(tmp_path, only=["valkey"])

    assert second.pid("valkey") == servers.pid("valkey")
    assert running_environ(tmp_path) == second.environ() == servers.environ()
    second.stop()
    servers.stop()
    assert running_environ(tmp_path) == {}


def test_an_address_in_the_environment_is_taken_and_nothing_is_started(tmp_path, monkeypatch):
    monkeypatch.setenv("MONGODB_URI", "mongodb://db.example/")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example/0")

    servers = ensure_servers(tmp_path)

    assert servers.environ() == {
        "MONGODB_URI": "mongodb://db.example/",
        "REDIS_URL": "redis://cache.example/0",
        "CELERY_BROKER_URL": "redis://cache.example/0",
    }
    assert not servers.processes
    assert not list(tmp_path.glob("run/*.json"))


@pytest.mark.parametrize(("name", "advice"), [("mongod", "MONGODB_URI"), ("valkey", "REDIS_URL")])
def test_a_missing_program_gives_one_sentence_that_says_what_to_do(tmp_path, monkeypatch, name, advice):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(programs, "MORE_FOLDERS", ())
    monkeypatch.setattr(f"marketplace.embedded.{name}.wheel_folder", lambda package: None)

    with pytest.raises(MissingServer) as refusal:
        ensure_servers(tmp_path, only=[name])

    sentence = str(refusal.value)
    assert "was not found" in sentence and advice in sentence
    assert "\n" not in sentence and sentence.count(". ") == 0


def test_a_missing_library_gives_one_sentence_that_says_what_to_install(tmp_path, monkeypatch):
    program = tmp_path / "mongod"
    program.write_text(
        "#!/bin/sh\necho 'mongod: error while loading shared libraries: libcurl.so.4: cannot open' >&2\nexit 127\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    with pytest.raises(
        MissingServer, match=r"^mongod needs libcurl\.so\.4, .*install libcurl4 .* set MONGODB_URI\.$"
    ):
        ensure_servers(tmp_path / "var", only=["mongod"])


def test_a_stale_state_file_whose_pid_was_reused_is_ignored(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "valkey.json").write_text(
        json.dumps({"pid": os.getpid(), "started": "another time", "url": "redis://127.0.0.1:1/0"})
    )
    assert running_environ(tmp_path) == {}

    servers = ensure_servers(tmp_path, only=["valkey"])  # would have ended this very process

    assert redis.Redis.from_url(servers.environ()["REDIS_URL"]).ping()
    servers.stop()


def test_a_killed_server_starts_again_at_its_address(tmp_path):
    servers = ensure_servers(tmp_path, only=["valkey"])
    address, pid = servers.environ(), servers.pid("valkey")

    os.kill(pid, signal.SIGKILL)
    assert until(lambda: servers.ended() == ["valkey"])
    servers.restart()

    assert servers.environ() == address
    assert servers.pid("valkey") != pid
    assert redis.Redis.from_url(address["REDIS_URL"]).ping()
    servers.stop()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="PR_SET_PDEATHSIG is Linux's own")
def test_a_killed_supervisor_takes_its_server_along(tmp_path):
    servers = ensure_servers(tmp_path, only=["valkey"])
    pid, supervisor = servers.pid("valkey"), servers.processes["valkey"].supervisor

    supervisor.kill()
    supervisor.wait()

    assert until(lambda: not is_running(pid))
    servers.restart()
    assert redis.Redis.from_url(servers.environ()["REDIS_URL"]).ping()
    servers.stop()


def test_scratch_folders_of_ended_runs_are_removed(tmp_path):
    ended = subprocess.Popen(["true"])
    ended.wait()
    (tmp_path / str(ended.pid)).mkdir()

    mine = scratch_var(tmp_path)

    assert list(tmp_path.iterdir()) == [mine]


@pytest.mark.needs("rabbitmq")
def test_rabbitmq_takes_a_message_into_a_quorum_queue_and_leaves_no_port_mapper(tmp_path):
    from kombu import Connection, Queue

    servers = ensure_servers(tmp_path, only=["rabbitmq"])
    queue = Queue("work", routing_key="work", queue_arguments={"x-queue-type": "quorum"}, durable=True)

    with (
        Connection(servers.environ()["CELERY_BROKER_URL"]) as connection,
        connection.SimpleQueue(queue) as work,
    ):
        work.put({"listing": "1"})
        message = work.get(timeout=10)
        assert message.payload == {"listing": "1"}
        message.ack()
    group = servers.pid("rabbitmq")
    assert os.getpgid(group) == group
    servers.stop()

    listed = subprocess.run(
        [shutil.which("ps") or "ps", "-eo", "pgid="], capture_output=True, text=True
    ).stdout
    assert str(group) not in listed.split(), "neither the node nor its epmd is left"
