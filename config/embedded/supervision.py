"""The Procfile's processes and the private servers under supervisord, which restarts what dies."""

import hashlib
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from config.embedded import privileges
from config.embedded.errors import StartError
from config.embedded.servers import ENVIRONMENT, Server

STOP_SECONDS = 20  # well above the workers' soft shutdown; then they are killed
SETTLED_SECONDS = 10  # a process that ends sooner failed to start: it is tried again, ever later
RPC_INTERFACE = "supervisor.rpcinterface:make_main_rpcinterface"
LOG_BYTES, LOG_FILES = 10 * 1024**2, 5


def read_procfile(path: Path) -> dict[str, str]:
    """Return process names and their shell commands, in order."""
    lines = (line.strip() for line in path.read_text().splitlines())
    pairs = (line.split(":", 1) for line in lines if line and not line.startswith("#"))
    return {name.strip(): command.strip() for name, command in pairs}


class Supervisor:
    """supervisord for one data directory, a child of this process."""

    def __init__(self, data_dir: Path, logs: Path) -> None:
        self.data_dir, self.logs = data_dir, logs
        # A socket's path may have about a hundred bytes, which a data directory's may exceed.
        mark = hashlib.sha256(f"{os.getuid()}:{data_dir}".encode()).hexdigest()[:16]
        self._socket = Path(tempfile.gettempdir(), f"protokol-{mark}.sock")
        self._configuration = data_dir / "supervisor.conf"
        self._process: subprocess.Popen[bytes] | None = None

    def start(
        self,
        servers: Sequence[Server],
        processes: Mapping[str, str],
        environment: Mapping[str, str],
    ) -> None:
        """Start supervisord and the servers; the processes wait for ``start_processes``."""
        self._configuration.write_text(self.configuration(servers, processes))
        self._process = subprocess.Popen(
            [
                *privileges.tied(signal.SIGTERM),
                *(sys.executable, "-W", "ignore", "-m", "supervisor.supervisord"),
                *("--nodaemon", "--silent", "--configuration", str(self._configuration)),
            ],
            env=dict(environment),
            start_new_session=True,  # Ctrl-C is ours to pass on, in order
            stdin=subprocess.DEVNULL,
        )

    def configuration(self, servers: Sequence[Server], processes: Mapping[str, str]) -> str:
        """Return supervisor.conf. Groups stop in reverse order of priority: servers come last."""
        sections: list[tuple[str, Mapping[str, object]]] = [
            ("supervisord", self._daemon_options()),
            ("unix_http_server", {"file": self._socket, "chmod": "0700"}),
            ("rpcinterface:supervisor", {"supervisor.rpcinterface_factory": RPC_INTERFACE}),
        ]
        for server in servers:
            options = {"autostart": "true", "stopsignal": "INT", "priority": 1, "directory": "/"}
            sections.append(self._program(server.name, server.argv, options))
        for name, command in processes.items():
            argv = [*privileges.tied(signal.SIGTERM), "sh", "-c", f"exec {command}"]
            options = {"autostart": "false", "stopsignal": "TERM", "priority": 100}
            sections.append(self._program(name, argv, options))
        if servers:
            names = ",".join(s.name for s in servers)
            sections.append(("group:servers", {"programs": names, "priority": 1}))
        sections.append(("group:protokol", {"programs": ",".join(processes), "priority": 100}))
        return "\n".join(_section(name, options) for name, options in sections)

    def _daemon_options(self) -> dict[str, object]:
        options: dict[str, object] = {
            "logfile": self.logs / "supervisord.log",
            "logfile_maxbytes": LOG_BYTES,
            "logfile_backups": LOG_FILES,
            "pidfile": self.data_dir / "supervisord.pid",
            "childlogdir": self.logs,
        }
        return options | ({"user": "root"} if privileges.is_root() else {})

    def _program(
        self, name: str, argv: Sequence[str], options: Mapping[str, object]
    ) -> tuple[str, dict[str, object]]:
        is_server = "directory" in options
        return f"program:{name}", {
            "command": shlex.join(argv),
            "environment": ",".join(f'{k}="{v}"' for k, v in ENVIRONMENT.items())
            if is_server
            else "",
            "autorestart": "true",
            "startretries": 10,
            "startsecs": SETTLED_SECONDS,
            "stopwaitsecs": STOP_SECONDS,
            "killasgroup": "true",
            "redirect_stderr": "true",
            "stdout_logfile": self.logs / f"{name}.log",
            "stdout_logfile_maxbytes": LOG_BYTES,
            "stdout_logfile_backups": LOG_FILES,
            **options,
        }

    def start_process(self, name: str) -> None:
        """Start one process of the Procfile, without waiting for it."""
        self._call("startProcess", f"protokol:{name}", False)

    def start_processes(self) -> None:
        """Start the processes of the Procfile that do not run yet, without waiting for them."""
        self._call("startProcessGroup", "protokol", False)

    def failing(self) -> dict[str, str]:
        """Return the processes that ended right after their start, and their last words."""
        states: list[dict[str, Any]] = self._call("getAllProcessInfo")
        ended = [state for state in states if state["statename"] in ("BACKOFF", "FATAL")]
        return {s["name"]: self._last_words(s["name"]) for s in ended}

    def _last_words(self, name: str) -> str:
        log = self.logs / f"{name}.log"
        return log.read_text(errors="replace")[-1500:].strip() if log.exists() else ""

    def is_alive(self) -> bool:
        """Whether supervisord itself runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop everything: first the processes, then the servers; returns when all have ended."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(3 * STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _call(self, method: str, *arguments: object, seconds: float = 20) -> Any:
        deadline = time.monotonic() + seconds
        while True:
            transport = SupervisorTransport(None, None, f"unix://{self._socket}")
            try:
                proxy = ServerProxy("http://127.0.0.1", transport=transport)
                return getattr(proxy.supervisor, method)(*arguments)
            except OSError as reason:
                if time.monotonic() > deadline or not self.is_alive():
                    log = self.logs / "supervisord.log"
                    raise StartError(f"the supervisor does not answer; see {log}") from reason
                time.sleep(0.05)
            finally:
                transport.close()


def _section(name: str, options: Mapping[str, object]) -> str:
    lines = (f"{key}={str(value).replace('%', '%%')}" for key, value in options.items())
    return "\n".join([f"[{name}]", *lines, ""])
