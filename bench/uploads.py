"""What six PNGs of 49 megapixels cost while visitors look around: memory of web and worker, visitors' latency.

    python -m bench.uploads [--seconds 10]

The same load of visitors runs before and while one person uploads the six over the API; memory is the peak of the
resident sets (VmHWM of each process, the highest). Ends when the worker has rendered all of them. Needs wrk.
"""

import argparse
import io
import json
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PIL import Image

from bench.http_client import request_bytes, send_all
from bench.pages import PORT
from bench.shop import run_code, running_shop
from bench.wrk import Load, load

FILES, SIDE, MB, RENDER_SECONDS = 6, 7000, 1024, 120
SELLER = """
import django, json; django.setup()
from accounts import services as accounts
from accounts.models import Scope
from listings import services as listings
person = accounts.register_user(email="photos@example.org", username="photos", password=None)
accounts.verify_email(user=person)
draft = listings.create_draft(seller=person, title="Six large photos")
token = accounts.make_token(user=person, name="bench", scopes=[Scope.READ, Scope.LISTINGS_WRITE])[1]
print(json.dumps({"token": token, "draft": str(draft.pk)}))
"""


def png(number: int) -> bytes:
    """A PNG of 49 megapixels in 0.2 MB, its bytes different for each number."""
    file = io.BytesIO()
    Image.new("RGB", (SIDE, SIDE), (number * 40, 90, 120)).save(file, "PNG")
    return file.getvalue()


def upload_request(made: dict[str, str], number: int) -> bytes:
    """One multipart request with one of the files."""
    edge = uuid.uuid4().hex
    head = f'--{edge}\r\nContent-Disposition: form-data; name="photos"; filename="{number}.png"\r\n'
    body = head.encode() + b"Content-Type: image/png\r\n\r\n" + png(number) + f"\r\n--{edge}--\r\n".encode()
    headers = {
        "Authorization": f"Bearer {made['token']}", "Content-Type": f"multipart/form-data; boundary={edge}",
    }  # fmt: skip
    return request_bytes("POST", f"/api/v1/listings/{made['draft']}/photos/", headers, body)


def peak_mb(pid: int) -> float:
    """The highest resident set of a process and its children since they began, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = []
    for one in [str(pid), *children]:
        status = Path(f"/proc/{one}/status").read_text()
        found.append(int(status.split("VmHWM:")[1].split()[0]) / MB)
    return round(max(found))


def rendered(database: Any) -> float:
    """Seconds until the worker has rendered every file, a time-out at RENDER_SECONDS."""
    begun = time.monotonic()
    while database["core_image"].count_documents({"state": "ready"}) < FILES:
        if time.monotonic() - begun > RENDER_SECONDS:
            sys.exit("the photos were not rendered in time")
        time.sleep(0.1)
    return round(time.monotonic() - begun, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=10)
    options = parser.parse_args()
    address = f"http://127.0.0.1:{PORT}/"
    with running_shop() as shop:
        made = run_code(SELLER, shop.environ)
        web, worker, relay = shop.web, shop.worker, shop.relay
        load(address, seconds=2)
        idle = {"web": peak_mb(web.pid), "worker": peak_mb(worker.pid)}
        before = load(address, seconds=options.seconds, connections=4)
        requests = [upload_request(made, number) for number in range(FILES)]
        with ThreadPoolExecutor(1) as pool:
            visitors = pool.submit(load, address, seconds=options.seconds, connections=4)
            answers = send_all(PORT, requests, seconds=60, connections=FILES)
            seconds = rendered(shop.database)
            during: Load = visitors.result()
        result = {
            "accepted": len(answers.acknowledged()), "slowest_upload_ms": round(answers.percentile(1)),
            "rendered_s": seconds, "idle_mb": idle,
            "peak_mb": {"web": peak_mb(web.pid), "worker": peak_mb(worker.pid), "relay": peak_mb(relay.pid)},
            "visitors_p95_ms": [round(before.p95, 1), round(during.p95, 1)],
            "visitors_rate": [round(before.rate), round(during.rate)],
        }  # fmt: skip
    print("RESULT", json.dumps(result))
    sys.exit(0 if result["accepted"] == FILES else 1)


if __name__ == "__main__":
    main()
