"""Runs the load generator `wrk` (Debian package of that name) and reads what it says."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did under load: requests a second, latency in ms, answers that were not 2xx or 3xx."""

    rate: float
    p50: float
    p99: float
    p95: float
    errors: int


# wrk prints p50, p75, p90, p99; p95 comes from its own summary.
SCRIPT = """
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("BENCH %f %f %f %d\\n", latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000, e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def load(
    url: str, *, seconds: int, connections: int = 16, script_file: str = "/dev/stdin", cookie: str = ""
) -> Load:
    """Loads one address for some seconds, with a cookie as somebody who is logged in."""
    wrk = shutil.which("wrk")
    if wrk is None:
        sys.exit("wrk is missing: `make tools` installs it (Debian package wrk).")
    command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script_file]
    command += ["-H", f"Cookie: {cookie}", url] if cookie else [url]
    out = subprocess.run(command, input=SCRIPT, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    marks = re.search(r"BENCH ([\d.]+) ([\d.]+) ([\d.]+) (\d+)", out)
    if not rate or not marks:
        sys.exit(f"the output of wrk was not understood:\n{out}")
    p50, p95, p99 = (float(marks[n]) for n in (1, 2, 3))
    return Load(float(rate[1]), p50, p99, p95, int(marks[4]))
