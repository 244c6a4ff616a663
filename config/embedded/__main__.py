"""The instance's command line: ``python -m config.embedded run | demo | manage ARG…``."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType

import httpx

from config.embedded import demo
from config.embedded.errors import StartError
from config.embedded.instance import ROOT, Instance
from config.embedded.servers import port_is_free, started, wait_until_ready
from config.embedded.supervision import Supervisor, read_procfile

READY_SECONDS = 90


class Stopped(BaseException):
    """Somebody asked us to stop."""


def run(instance: Instance, *, with_demo: bool = False) -> int:
    """Run the Procfile until a signal; ``with_demo``, show a recording becoming minutes first.

    A demo that failed, or was asked for ONCE, ends the instance and gives its exit code.
    """
    with instance.locked():
        if not port_is_free(instance.port):
            raise StartError(f"port {instance.port} is taken; give another PORT")
        servers, named = instance.servers()
        environment = instance.environment(named)
        supervisor = Supervisor(instance.data_dir, instance.logs)
        try:
            for server in servers:
                server.prepare()
            supervisor.start(servers, read_procfile(ROOT / "Procfile"), environment)
            wait_until_ready(servers, instance.logs, while_true=supervisor.is_alive)
            _open(instance, supervisor, environment)
            instance.publish(named)
            _say(f"Protokol is ready: {instance.url}  (logs in {instance.logs})")
            if with_demo:
                code = _demonstrate(instance, environment)
                if code or environment.get("ONCE"):
                    return code
            return _watch(supervisor)
        finally:
            _ignore_signals()
            supervisor.stop()


def manage(instance: Instance, arguments: Sequence[str]) -> int:
    """Run manage.py against the running instance, or against its servers started for it alone."""
    if instance.is_running():
        environment = instance.environment(instance.published())
        return subprocess.run(_manage(arguments), env=environment, cwd=ROOT).returncode
    with instance.locked():
        servers, named = instance.servers()
        with started(servers, instance.logs):
            instance.publish(named)
            environment = instance.environment(named)
            return subprocess.run(_manage(arguments), env=environment, cwd=ROOT).returncode


def _manage(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def _demonstrate(instance: Instance, environment: Mapping[str, str]) -> int:
    password = instance.secrets()["demo"]
    create = ["create_api_key", demo.EMAIL, "--create-user", "--password", password]
    made = subprocess.run(
        _manage(create), env=dict(environment), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    if made.returncode:
        raise StartError("the demo user could not be made")
    return demo.show(instance.url, made.stdout.strip(), password, environment)


def _open(instance: Instance, supervisor: Supervisor, environment: Mapping[str, str]) -> None:
    """Migrate, open the pages, then start the workers; meanwhile see that the weights are there."""
    with _command(environment, "models", "fetch") as weights_are_there:
        with _command(environment, "migrate", "--no-input", "--verbosity", "0") as migrated:
            migrated()
        supervisor.start_process("web")
        _wait_for_page(instance, supervisor)
        weights_are_there()
    supervisor.start_processes()


@contextmanager
def _command(environment: Mapping[str, str], *arguments: str) -> Iterator[Callable[[], None]]:
    """Run manage.py beside us; what is given waits for it, StartError if it failed."""
    process = subprocess.Popen(
        _manage(arguments), env=dict(environment), cwd=ROOT, stdout=subprocess.DEVNULL
    )

    def succeeded() -> None:
        if process.wait():
            raise StartError(f"manage.py {' '.join(arguments)} failed")

    try:
        yield succeeded
    finally:
        process.terminate()
        process.wait()


def _wait_for_page(instance: Instance, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + READY_SECONDS
    said = "no answer"
    while time.monotonic() < deadline:
        failing = supervisor.failing()
        if "web" in failing:
            raise StartError(f"the web process does not start:\n{failing['web']}")
        try:
            answer = httpx.get(f"{instance.url}readyz", timeout=5, trust_env=False)
        except httpx.HTTPError as reason:
            said = str(reason)
        else:
            if answer.is_success:
                return
            said = answer.text[:2000]
        time.sleep(0.2)
    raise StartError(f"the page did not become ready ({said}); see {instance.logs / 'web.log'}")


def _watch(supervisor: Supervisor) -> int:
    """Return when supervisord ends by itself, which is a failure; a signal leaves by Stopped."""
    reported: set[str] = set()
    while supervisor.is_alive():
        failing = supervisor.failing()
        for name in failing.keys() - reported:
            _say(f"{name} does not stay up and is tried again:\n{failing[name]}")
        reported = set(failing)
        time.sleep(2)
    _say("The supervisor ended.")
    return 1


def _on_signal(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def main(arguments: Sequence[str]) -> int:
    """Return the exit code: 0 also when a signal ended a run, 1 when it could not start."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number is signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            signal.signal(number, _on_signal)
    instance = Instance(os.environ)
    commands: dict[str, Callable[[], int]] = {
        "run": lambda: run(instance),
        "demo": lambda: run(instance, with_demo=True),
        "manage": lambda: manage(instance, arguments[1:]),
    }
    if not arguments or arguments[0] not in commands:
        _say(f"usage: python -m config.embedded {' | '.join(commands)}")
        return 2
    try:
        return commands[arguments[0]]()
    except StartError as reason:
        _say(f"protokol: {reason}")
        return 1
    except Stopped:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
