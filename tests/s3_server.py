"""A real S3 server from a wheel, for the tests of storage."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from config.embedded.servers import free_ports

ACCESS, SECRET, BUCKET = "protokol-test", "protokol-test-secret", "recordings"


@dataclass(frozen=True)
class S3Server:
    endpoint: str

    def client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=ACCESS,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=2,
                retries={"max_attempts": 1},
            ),
        )


@contextmanager
def running(folder: Path, *, volumes: int = 16) -> Iterator[S3Server]:
    """SeaweedFS on free ports of the loopback, with one bucket, for 64 MB a volume."""
    weed = shutil.which("weed") or str(Path(sys.executable).parent / "weed")
    identities = folder / "s3.json"
    identity = {
        "name": "test",
        "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List"],
    }
    identities.write_text(json.dumps({"identities": [identity]}))
    names = (
        *("master.port", "master.port.grpc", "volume.port", "volume.port.grpc"),
        *("filer.port", "filer.port.grpc", "s3.port.grpc"),
    )
    port, *others = free_ports(1 + len(names))
    command = [
        *(weed, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"),
        *("-master.telemetry=false", f"-volume.max={volumes}", "-master.volumeSizeLimitMB=64"),
        *("-filer", "-s3", f"-s3.port={port}", f"-s3.config={identities}"),
        *("-s3.port.iceberg=0", "-s3.port.lance=0"),
        *(f"-{name}={value}" for name, value in zip(names, others, strict=True)),
    ]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    server = S3Server(f"http://127.0.0.1:{port}")
    try:
        _wait_for_bucket(server, process, folder / "log")
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # its orderly stop takes half a minute
        process.wait()


def _wait_for_bucket(server: S3Server, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 90
    while True:
        try:
            server.client().create_bucket(Bucket=BUCKET)
            server.client().put_object(Bucket=BUCKET, Key="ready", Body=b"1")
            server.client().delete_object(Bucket=BUCKET, Key="ready")
            return
        except (BotoCoreError, ClientError) as error:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text()[-2000:]) from error
            time.sleep(0.5)
