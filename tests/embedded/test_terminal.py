"""What people see of `make run` and of a Python that is too old."""

import subprocess
import sys

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.console import EmailBackend

from marketplace.embedded.folders import ROOT
from marketplace.embedded.terminal import Follower, MailFinder


def test_a_printed_mail_is_found_among_the_lines_of_a_log(tmp_path):
    log = tmp_path / "web.log"
    log.write_text("from another day\n")
    follower, finder = Follower(log), MailFinder()
    link = "http://localhost:8000/account/confirm/" + "x" * 80 + "/"
    mail = EmailMultiAlternatives(
        "Confirm — please", f"Hello Zoë\n\n{link}", "a@b.example", ["zoe@b.example"]
    )
    mail.attach_alternative("<p>Hello</p>", "text/html")
    with log.open("a") as stream:
        stream.write("GET /\n")
        EmailBackend(stream=stream).send_messages([mail])
        stream.write("GET /\n")

    found = [text for text in map(finder.feed, follower.lines()) if text]

    assert found == [f"To: zoe@b.example\nSubject: Confirm — please\n\nHello Zoë\n\n{link}"]
    assert list(follower.lines()) == []


def test_an_old_python_gives_one_sentence():
    code = f"""
import runpy, sys
sys.version_info, sys.version = (3, 9, 2), "3.9.2 (default)"
runpy.run_path({str(ROOT / "marketplace/embedded/venv.py")!r}, run_name="__main__")
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr == (
        "Gingham needs Python 3.11 or newer and this is 3.9.2: say `make run PYTHON=python3.11`.\n"
    )
