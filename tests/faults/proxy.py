"""A line to a server that can be cut, made slow, or made to answer 500 to everything."""

import socket
import threading
import time
from contextlib import suppress

REFUSAL = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
CHUNK = 65_536


class Proxy:
    """Listens on a free port of the loopback and passes bytes on to ``port``.

    ``mode``: ``pass``, ``cut`` (connections end at once), ``slow`` (``CHUNK`` bytes every 0.1 s),
    ``fail`` (500). A change also ends what is open, but for ``pass`` to ``slow``. ``there`` and
    ``back`` are the bytes that went to the server and came from it, ``carried`` those that went
    there, by connection.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._mode = "pass"
        self._open: set[socket.socket] = set()
        self.carried: list[int] = []
        self.back = 0
        self._counting = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def there(self) -> int:
        return sum(self.carried)

    @property
    def mode(self) -> str:
        return self._mode

    @mode.setter
    def mode(self, mode: str) -> None:
        self._mode = mode
        if mode in ("cut", "fail"):
            for line in list(self._open):
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.mode = "cut"
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            if self._mode == "cut":
                return
            if self._mode == "fail":
                line.recv(CHUNK)
                line.sendall(REFUSAL)
                return
            with socket.create_connection(("127.0.0.1", self._target)) as there:
                self._open |= {line, there}
                with self._counting:
                    number = len(self.carried)
                    self.carried.append(0)
                back = threading.Thread(target=self._pass, args=(there, line), daemon=True)
                back.start()
                self._pass(line, there, number)
                back.join()
            self._open -= {line, there}

    def _pass(
        self, source: socket.socket, target: socket.socket, number: int | None = None
    ) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if self._mode == "slow":
                    time.sleep(0.1)
                target.sendall(data)
                with self._counting:
                    if number is None:
                        self.back += len(data)
                    else:
                        self.carried[number] += len(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)
