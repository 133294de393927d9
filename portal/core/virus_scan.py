"""clamd, spoken to over its socket: the file goes there in pieces, a line comes back."""

import socket
from urllib.parse import urlsplit

SECONDS = 60.0
PIECE = 64 * 1024
LONGEST_ANSWER = 4096


class ScanFailed(Exception):
    """The scanner did not answer, or not as clamd does."""


def is_clean(data: bytes, url: str) -> bool:
    """Ask the clamd at `url` (tcp://host:3310 or unix:///run/clamd.sock). ScanFailed, OSError."""
    pieces = (data[at : at + PIECE] for at in range(0, len(data), PIECE))
    sized = b"".join(len(piece).to_bytes(4) + piece for piece in pieces)
    answer = _asked(url, b"zINSTREAM\0" + sized + bytes(4))
    if answer == "stream: OK":
        return True
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return False
    raise ScanFailed


def check(url: str) -> None:
    """Raise where the scanner does not answer."""
    if _asked(url, b"zPING\0") != "PONG":
        raise ScanFailed


def _asked(url: str, question: bytes) -> str:
    with _connected(url) as line:
        line.sendall(question)
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            piece = line.recv(LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    return answer.rstrip(b"\0").decode("ascii", "replace")


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        line.connect(parts.path)
        return line
    return socket.create_connection((parts.hostname or "", parts.port or 3310), SECONDS)
