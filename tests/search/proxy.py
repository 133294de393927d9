"""A door before Elasticsearch that can be shut, or made to hang, in the middle of use."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import urlsplit

OPEN, SHUT, HANGING, DRIPPING = "open", "shut", "hanging", "dripping"


class Door:
    """`state` may change at any time; connections that are open already obey as well."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (str(parts.hostname), int(parts.port or 9200))
        self.state = OPEN
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._kept: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.shut()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes who waits in accept()
        self._socket.close()

    def shut(self) -> None:
        """As if the server were stopped: what is open breaks off, what comes is refused."""
        self.state = SHUT
        for kept in self._kept:
            with suppress(OSError):
                kept.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                visitor, _address = self._socket.accept()
                self._kept.append(visitor)
                Thread(target=self._serve, args=(visitor,), daemon=True).start()

    def _serve(self, visitor: socket.socket) -> None:
        with visitor:
            if self.state == SHUT:
                return
            with socket.create_connection(self._target) as server:
                self._kept.append(server)
                back = Thread(target=self._pipe, args=(server, visitor, True), daemon=True)
                back.start()
                self._pipe(visitor, server, False)
                back.join()

    def _pipe(self, source: socket.socket, sink: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self.state == HANGING:
                    continue  # swallowed: whoever asks waits for ever
                if self.state == DRIPPING and is_answer:
                    sink.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                    while self.state == DRIPPING:
                        sink.sendall(b"x")
                        time.sleep(0.2)
                    return
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


@contextmanager
def door(target: str) -> Iterator[Door]:
    made = Door(target)
    try:
        yield made
    finally:
        made.close()
