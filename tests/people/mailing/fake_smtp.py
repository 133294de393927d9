"""Mail backends that answer as a mail server may."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

# What the server says to an address; set by a test.
answers: dict[str, Exception] = {}
tried: list[str] = []


def refused(code: int, words: str, address: str) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({address: (code, words.encode())})


class Server(BaseEmailBackend):
    """Refuses what `answers` says, and takes the rest."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        for message in email_messages:
            tried.append(message.to[0])
            if error := answers.get(message.to[0]):
                raise error
        return len(email_messages)


class Down(BaseEmailBackend):
    """Nobody answers."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        raise ConnectionRefusedError
