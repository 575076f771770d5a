"""Run a command beside a PostgreSQL of our own: python -m tests.postgres COMMAND…

The server lives in a temporary folder, belongs to an unprivileged user, listens on a socket file only, and ends with us
(even when we are killed). fsync is off: it is for tests.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

ROLE = "bigbook"
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "listen_addresses="]


def program(name):
    """The newest installed one, in Debian's place or on the PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(places[-1]) if places else shutil.which(name)
    return found or sys.exit("PostgreSQL is not installed: apt-get install postgresql")


def unprivileged_user():
    """PostgreSQL refuses to run as root; anyone else runs it as themselves."""
    if os.getuid():
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def as_user(user, *command):
    prefix = ["setpriv", "--pdeathsig", "INT"]
    if user:
        group = pwd.getpwnam(user).pw_gid
        prefix += [f"--reuid={user}", f"--regid={group}", "--clear-groups"]
    return [*prefix, *command]


def start(folder):
    """A running server with its files in `folder`, and its address."""
    user = unprivileged_user()
    if user:
        shutil.chown(folder, user)
    # The server must not stand in a folder that its user cannot read.
    words = f"--no-sync -A trust -U {ROLE} -E UTF8 --locale=C.UTF-8 -D {folder}/data".split()
    subprocess.run(as_user(user, program("initdb"), *words), check=True, cwd="/", stdout=subprocess.DEVNULL)
    options = [word for option in QUICK for word in ("-c", option)]
    log = open(f"{folder}/log", "wb")  # noqa: SIM115  the server writes to it as long as it lives
    server = subprocess.Popen(
        as_user(user, program("postgres"), "-D", f"{folder}/data", "-k", folder, *options),
        cwd="/",
        stdout=log,
        stderr=log,
        process_group=0,  # Ctrl-C ends the tests first, then they end the server
    )
    return server, f"postgres://{ROLE}@{quote(folder, safe='')}/postgres"


def wait_until_ready(server, folder):
    for _ in range(150):
        if subprocess.run([program("pg_isready"), "-q", "-h", folder], check=False).returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit("PostgreSQL did not start:\n" + Path(folder, "log").read_text(errors="replace"))


def stop(server):
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait(10)


def main(command):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = tempfile.mkdtemp(prefix="bigbook-postgres-", dir="/tmp")
    server = tests = None
    try:
        server, address = start(folder)
        wait_until_ready(server, folder)
        tests = subprocess.Popen(command, env={**os.environ, "BIGBOOK_TEST_SERVER": address})
        return tests.wait()
    except KeyboardInterrupt:
        return tests.wait() if tests else 130
    finally:
        if tests and tests.poll() is None:
            tests.terminate()
            tests.wait(30)
        if server:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
