"""A private RabbitMQ node on the loopback, from the binaries of the system's package."""

import os
import shutil
import subprocess
from pathlib import Path

import kombu
import pytest

from config.embedded.servers import HOST, free_port

BINARIES = Path("/usr/lib/rabbitmq/bin")


class Rabbit:
    """A Server (config.embedded.servers) in its own directory."""

    name = "rabbitmq"

    def __init__(self, directory: Path, port: int, password: str) -> None:
        if not (BINARIES / "rabbitmq-server").exists():
            pytest.fail(
                "FAULTS_BROKER=rabbitmq needs RabbitMQ: apt-get install rabbitmq-server", False
            )
        self.directory, self.port = directory, port
        self.url = f"amqp://protokol:{password}@{HOST}:{port}//"
        self.password = password
        self.environment = {
            "HOME": str(directory),
            "RABBITMQ_NODENAME": f"protokol-{port}@localhost",
            "RABBITMQ_MNESIA_BASE": str(directory / "mnesia"),
            "RABBITMQ_LOG_BASE": str(directory / "log"),
            "RABBITMQ_CONFIG_FILE": str(directory / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": str(directory / "env.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(directory / "plugins"),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "ERL_EPMD_PORT": str(free_port()),
            "ERL_EPMD_ADDRESS": HOST,
        }

    def prepare(self) -> None:
        """Write the configuration of a node that only this machine can reach."""
        self.directory.mkdir(parents=True, exist_ok=True)
        settings = {
            "listeners.tcp.1": f"{HOST}:{self.port}",
            "default_user": "protokol",
            "default_pass": self.password,
            "consumer_timeout": 43_200_000,
            "disk_free_limit.absolute": "50MB",
        }
        lines = (f"{name} = {value}\n" for name, value in settings.items())
        (self.directory / "rabbitmq.conf").write_text("".join(lines))
        (self.directory / "plugins").write_text("[].\n")
        (self.directory / "env.conf").touch()

    @property
    def argv(self) -> list[str]:
        named = [f"{name}={value}" for name, value in self.environment.items()]
        return ["env", *named, str(BINARIES / "rabbitmq-server")]

    def answers(self) -> bool:
        try:
            with kombu.Connection(self.url, connect_timeout=2) as connection:
                connection.connect()
        except OSError:
            return False
        return True

    def forget(self) -> None:
        """End Erlang's name server, which outlives the node."""
        if epmd := shutil.which("epmd"):
            port = self.environment["ERL_EPMD_PORT"]
            command = [epmd, "-port", port, "-kill"]
            subprocess.run(command, capture_output=True, env=dict(os.environ), check=False)
