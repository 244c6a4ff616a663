"""Stops work in the middle of a library's long call, at places that the work has named.

CPython raises an exception in another thread as soon as that thread is back at its own bytecode
(``PyThreadState_SetAsyncExc``): between two operations of a network, not within one.
"""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Interruption:
    """Raises ``exception`` in the working thread, but only while that thread allows it."""

    def __init__(self, exception: type[BaseException]) -> None:
        self._exception = exception
        self._lock = threading.Lock()
        self._thread = 0
        self._allowed = False
        self._wanted = False

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Long calls in here may be left at any operation; nothing in here writes rows."""
        with self._turned(True):
            yield

    @contextmanager
    def forbidden(self) -> Iterator[None]:
        """A part that must be whole, within one that may be left."""
        with self._turned(False):
            yield

    def interrupt(self) -> None:
        """From another thread: raise now, or as soon as it is allowed."""
        with self._lock:
            self._wanted = True
            if self._allowed:
                _raise_in(self._thread, self._exception)

    @contextmanager
    def _turned(self, allowed: bool) -> Iterator[None]:
        before = self._turn(allowed)
        try:
            yield
        finally:
            self._turn(before)

    def _turn(self, allowed: bool) -> bool:
        with self._lock:
            before, self._allowed = self._allowed, allowed
            self._thread = threading.get_ident()
            wanted = self._wanted
            if not allowed:
                _raise_in(self._thread, None)  # what was on its way is too late
        if wanted and allowed:
            raise self._exception
        return before


def _raise_in(thread: int, exception: type[BaseException] | None) -> None:
    reference = ctypes.py_object(exception) if exception else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), reference)
