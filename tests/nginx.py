"""A real nginx in front of a portal: the one that docs/running-it.md shows, on a free port, in a folder of its own.

`bin/set-up postgres` unpacks Debian's nginx below `.bootstrap/` where none is installed; nothing is started by that.
"""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import requests

from tests.browser.server import free_port
from tests.database import PROJECT

GUIDE = PROJECT / "docs" / "running-it.md"
# What people do to the guide's server: a cache that only asks Cache-Control, and one that does not even ask that for what
# looks like a style sheet, a script or a picture.
CACHE = "proxy_cache pages; proxy_cache_valid any 10m; add_header X-Cache $upstream_cache_status always;"
HASTY = "proxy_ignore_headers Set-Cookie Vary;"
CARELESS = """
    location ~* \\.(css|js|png|jpg|svg|ico|woff2|pdf)$ {
        proxy_ignore_headers Cache-Control Expires Set-Cookie Vary X-Accel-Expires;
        proxy_pass http://127.0.0.1:8000;
        proxy_set_header Host $host;
    }
"""


def program():
    """Where nginx is."""
    unpacked = PROJECT / ".bootstrap" / "nginx" / "usr" / "sbin" / "nginx"
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or (unpacked.exists() and unpacked)
    assert found, "There is no nginx. Run: bin/set-up postgres"
    return str(found)


def guides_server(port):
    """The first server of the guide, with this port and without its certificate."""
    server = re.search(r"```nginx\n(server \{.*?^\})", GUIDE.read_text(), re.DOTALL | re.MULTILINE)[1]
    server = re.sub(r"^ *ssl_.*\n", "", server, flags=re.MULTILINE)
    server = server.replace("/var/log/nginx/", "")  # in the test's own folder
    return server.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")


class Nginx:
    """`hops` servers one behind the other, the last of them in front of the portal; `cache` is what it keeps."""

    def __init__(self, folder: Path, portal, hops=1, cache=""):
        self.folder, ports = folder, [free_port() for _ in range(hops)]
        self.base_url = f"http://127.0.0.1:{ports[0]}"
        servers = []
        for port, behind in zip(ports, [*ports[1:], portal.port], strict=True):
            server = guides_server(port)
            if cache:
                server = server.replace("proxy_cache off;", CACHE).replace(
                    "location / {", f"{cache}\n    location / {{"
                )
            if port != ports[0]:  # the inner one adds what it saw to what the outer one said
                server = server.replace("X-Forwarded-For $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for")
            servers.append(server.replace("127.0.0.1:8000", f"127.0.0.1:{behind}"))
        self.settings = "\n".join(
            [
                "daemon off; master_process off; pid nginx.pid; error_log error.log;",
                "events {}",
                "http {",
                "access_log access.log; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;",
                "uwsgi_temp_path uwsgi; scgi_temp_path scgi; proxy_cache_path kept keys_zone=pages:1m;",
                *servers,
                "}",
            ]
        )

    def __enter__(self):
        self.folder.mkdir()
        (self.folder / "nginx.conf").write_text(self.settings)
        self.server = subprocess.Popen(
            [program(), "-p", str(self.folder), "-c", "nginx.conf", "-e", "error.log"], stdin=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.server.poll() is None:
            try:
                requests.get(self.base_url, timeout=20)
                return self
            except requests.ConnectionError:
                time.sleep(0.05)
        raise RuntimeError(f"nginx did not start:\n{(self.folder / 'error.log').read_text()}")

    def __exit__(self, *_error):
        self.server.terminate()
        self.server.wait(20)

    def kept(self):
        """Everything that the cache holds, as bytes."""
        return b"".join(file.read_bytes() for file in (self.folder / "kept").rglob("*") if file.is_file())
