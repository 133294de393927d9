"""clamd's protocol, against a socket that speaks it."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.core import virus_scan
from portal.core.virus_scan import ScanFailed


@contextmanager
def clamd(answer: bytes, path: Path | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """A scanner that reads one question and gives one answer."""
    asked: list[bytes] = []
    listening = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    listening.bind(str(path) if path else ("127.0.0.1", 0))
    listening.listen(1)

    def serve() -> None:
        line, _address = listening.accept()
        with line:
            asked.append(_question(line))
            line.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    where = f"unix://{path}" if path else f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    yield where, asked
    thread.join(5)
    listening.close()


def _question(line: socket.socket) -> bytes:
    """Read a command, and for INSTREAM the pieces up to the empty one; return them joined."""
    read = line.makefile("rb")
    command = b""
    while not command.endswith(b"\0"):
        command += read.read(1)
    if command != b"zINSTREAM\0":
        return command
    said = b""
    while size := int.from_bytes(read.read(4)):
        assert size <= virus_scan.PIECE
        said += read.read(size)
    return said


DATA = bytes(range(256)) * 1000


@pytest.mark.parametrize(
    ("answer", "is_clean"),
    [(b"stream: OK\0", True), (b"stream: Eicar-Test FOUND\0", False)],
)
def test_a_file_is_sent_in_pieces_and_judged(answer: bytes, is_clean: bool) -> None:
    with clamd(answer) as (url, asked):
        assert virus_scan.is_clean(DATA, url) is is_clean
    assert asked == [DATA]


@pytest.mark.enable_socket
def test_it_may_be_a_socket_in_the_file_system(tmp_path: Path) -> None:
    with clamd(b"PONG\0", tmp_path / "clamd.sock") as (url, asked):
        virus_scan.check(url)
    assert asked == [b"zPING\0"]


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"x" * 9000])
@pytest.mark.parametrize("ask", [virus_scan.check, lambda url: virus_scan.is_clean(DATA, url)])
def test_any_other_answer_is_a_failure(answer: bytes, ask: Callable[[str], object]) -> None:
    with clamd(answer) as (url, _asked), pytest.raises(ScanFailed):
        ask(url)


def test_a_scanner_that_is_not_there_is_a_failure() -> None:
    with pytest.raises(OSError):  # noqa: PT011
        virus_scan.check("tcp://127.0.0.1:1")
