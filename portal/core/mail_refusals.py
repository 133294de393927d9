"""What a mail server means by refusing: the address is no good, or something else is wrong."""

import re
import smtplib
from dataclasses import dataclass

ENHANCED = re.compile(rb"\b([245]\.\d{1,3}\.\d{1,3})\b")
STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")
# RFC 3463, where the address is well but the mail, the mailbox's room or our right is not.
NOT_THE_ADDRESS = re.compile(r"5\.(2\.[234]|3\.4|5\.\d+|6\.\d+|7\.\d+)")
# Replies that speak of our own server or sign-in when no enhanced code says more (RFC 5321, 4954).
OURS = frozenset({500, 501, 502, 503, 504, 530, 534, 535, 538, 552, 554, 555})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal for good. `code` is the status alone, never the server's words."""

    code: str
    is_of_address: bool


def of(error: Exception) -> Refusal | None:
    """Return the refusal that an error of smtplib is; None for what may pass by itself."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = list(error.recipients.values())
        return _read(*answers[0]) if len(answers) == 1 else None
    if isinstance(error, smtplib.SMTPDataError):
        return _read(error.smtp_code, error.smtp_error)
    return None


def _read(code: int, words: bytes | str) -> Refusal | None:
    if not 500 <= code < 600:
        return None
    said = words if isinstance(words, bytes) else words.encode("ascii", "replace")
    found = ENHANCED.search(said[:500])
    if found is None:
        return Refusal(str(code), code not in OURS)
    status = found[1].decode("ascii")
    return Refusal(status, is_of_address(status))


def is_of_address(status: str) -> bool:
    """Say whether an enhanced status (RFC 3463) means that no mail can reach the address."""
    return bool(re.fullmatch(r"5\.\d{1,3}\.\d{1,3}", status)) and not NOT_THE_ADDRESS.fullmatch(
        status
    )
