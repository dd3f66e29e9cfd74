"""Find the programs of PostgreSQL for the tests, install them under CI, start clusters on loopback and end them.

Reads   PATH and /usr/lib/postgresql; KELISIM_POSTGRES, which names the folder of initdb and postgres outright
Writes  clusters in folders of their own; with `python -m tests.postgres.cluster` and CI set: on Debian, the package postgresql

PostgreSQL does not run as root. Root starts it as the user postgres, whom Debian's package brings.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OWNER, PASSWORD = "kelisim", "p@ss/w:ord %40"  # all that must be quoted in an address
SETTINGS = (
    "fsync=off", "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=512MB", "max_wal_size=4GB",
    "log_min_messages=fatal",
)
SECONDS_TO_START = 120


def find() -> Path | None:
    """The folder of the programs of the newest PostgreSQL, or None."""
    named = os.environ.get("KELISIM_POSTGRES")
    if named:
        return Path(named)
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(debian, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0), default=None)


def install() -> Path | None:
    """Under CI, install Debian's postgresql where there is none; the folder of its programs, or None."""
    if find() is None and os.environ.get("CI") and shutil.which("apt-get"):
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "postgresql"]):
            try:
                subprocess.run([*as_root, *command], check=True, env=quiet, stdout=sys.stderr)
            except (OSError, subprocess.CalledProcessError) as fault:
                print(f"postgresql could not be installed: {fault}", file=sys.stderr)
                break
    return find()


@dataclass(frozen=True)
class Cluster:
    """A server of the tests' own. port: on 127.0.0.1."""

    folder: Path
    port: int
    server: subprocess.Popen[bytes]

    def url(self, database: str, user: str = OWNER, password: str = PASSWORD) -> str:
        signs = "".join(f"%{byte:02X}" for byte in password.encode())
        return f"postgresql://{user}:{signs}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """End the server at once, whatever it is doing, and take its folder away."""
        self.server.send_signal(signal.SIGQUIT)
        try:
            self.server.wait(SECONDS_TO_START)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def start(programs: Path) -> Cluster:
    """A new cluster, which asks everyone for a password. Its first user is OWNER, a superuser."""
    folder = Path(tempfile.mkdtemp(prefix="kelisim-postgres-"))
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    as_user = _as_postgres(folder)
    made = subprocess.run(
        [*as_user, str(programs / "initdb"), "--pgdata", str(folder / "data"), "--username", OWNER, "--pwfile", str(secret),
         "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"],
        capture_output=True, text=True, check=False,
    )
    if made.returncode:
        raise RuntimeError(made.stderr)
    port = _free_port()
    command = [*as_user, str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
    for setting in SETTINGS:
        command += ["-c", setting]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    cluster = Cluster(folder, port, server)
    _wait(cluster, programs)
    return cluster


def _as_postgres(folder: Path) -> Sequence[str]:
    """What is put before a command so that it does not run as root; `folder` is given to the user."""
    if os.geteuid() != 0:
        return ()
    shutil.chown(folder, "postgres")
    for path in folder.iterdir():
        shutil.chown(path, "postgres")
    return ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--pdeathsig=TERM", "--")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(cluster: Cluster, programs: Path) -> None:
    """Until the server answers. Raises RuntimeError, with what it wrote, when it ends or does not answer."""
    until = time.monotonic() + SECONDS_TO_START
    question = [str(programs / "pg_isready"), "--quiet", "--host", "127.0.0.1", "--port", str(cluster.port)]
    while time.monotonic() < until and cluster.server.poll() is None:
        if subprocess.run(question, check=False).returncode == 0:
            return
        time.sleep(0.05)
    written = (cluster.folder / "log").read_text(encoding="utf-8", errors="replace")
    cluster.stop()
    raise RuntimeError(f"PostgreSQL did not start: {written}")


if __name__ == "__main__":
    programs = install()
    print(f"the tests of PostgreSQL use {programs}" if programs else "no PostgreSQL was found: its tests are skipped")
    sys.exit(1 if programs is None and os.environ.get("CI") else 0)
