"""Content-free mail through the outbox: a neutral subject, one sentence, one link.

Here a mail is asked for, put into words and handed to the server. Who gets it when, and whether at
all, is decided in `portal.people.mailing`.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from portal.core import mail_registry, outbox
from portal.core.effect_kinds import LATER
from portal.core.mail_registry import About

Context = Mapping[str, str | int]
KIND = "mail"


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it goes out. `list_name` and `unsubscribe` (an address of ours) are empty for
    what cannot be switched off.
    """

    to: str
    subject: str
    body: str
    message_id: str
    about: About | None = None
    list_name: str = ""
    unsubscribe: str = ""


def queue(
    user_id: int,
    template: str,
    *,
    subject_key: str,
    context: Context,
    about: models.Model | None = None,
) -> None:
    """Ask for one mail to one person, once per `subject_key`.

    `template` names `templates/email/<template>.txt`, whose first line is the subject. `context`
    holds numbers and addresses of pages of ours, never text that somebody typed. `about` is the
    row that the mail is of: the person must still be allowed to hear of it when the mail goes.
    """
    payload: dict[str, Any] = {"user": user_id, "template": template, "context": dict(context)}
    if about is not None:
        payload["about"] = list(mail_registry.about(about))
    urgency = LATER if mail_registry.class_of(template).is_bulk else None
    outbox.add(KIND, subject_key, bucket=str(user_id), payload=payload, urgency=urgency)


def render(template: str, context: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return (subject, separator, body). A mail is plain text; nothing is escaped.

    What stands in the context is one line each: no value makes a header or a paragraph.
    """
    plain = {name: _one_line(value) for name, value in context.items()}
    whole = {"portal": settings.PORTAL_NAME, "base_url": settings.BASE_URL, **plain}
    text = render_to_string(f"email/{template}.txt", whole).strip()
    subject, separator, body = text.partition("\n\n")
    return " ".join(subject.split()), separator, body


def foot() -> str:
    """Return what stands under every mail to somebody with an account."""
    context = {"base_url": settings.BASE_URL, "portal": settings.PORTAL_NAME}
    return "\n\n" + render_to_string("email/parts/foot.txt", context).strip()


def link(context: Mapping[str, Any]) -> str:
    """Return the address of the page that a mail leads to."""
    return str(context.get("url") or f"{settings.BASE_URL}{context.get('path', '/')}")


def message_id(effect_id: int) -> str:
    """Return the Message-ID of what an outbox row sends: always the same, and not to be guessed,
    so that who forges a report of a bounce cannot name it.
    """
    mark = salted_hmac("portal.mail.message", str(effect_id)).hexdigest()[:20]
    return f"<effect-{effect_id}-{mark}@{host()}>"


def thread_root(about: About) -> str:
    """Return the Message-ID that every mail about one row refers to, which makes them a thread."""
    mark = salted_hmac("portal.mail.thread", f"{about[0]}:{about[1]}").hexdigest()[:32]
    return f"<{about[0].rpartition('.')[2]}-{mark}@{host()}>"


def host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def hand_over(letter: Letter) -> None:
    """Give one mail to the server now. Errors of the connection and refusals are raised."""
    sender = settings.MAIL_BOUNCE_ADDRESS or settings.DEFAULT_FROM_EMAIL
    reply_to = [settings.MAIL_REPLY_TO] if settings.MAIL_REPLY_TO else None
    EmailMessage(
        letter.subject,
        letter.body,
        from_email=sender,
        to=[letter.to],
        reply_to=reply_to,
        headers=headers(letter),
    ).send()


def headers(letter: Letter) -> dict[str, str]:
    """Say that a machine wrote it, what it belongs to, and how to have no more of its class."""
    made = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        # Exchange answers to "Auto-Submitted" all the same; reports of bounces are welcome.
        "X-Auto-Response-Suppress": "OOF, AutoReply, DR, RN, NRN",
    }
    if letter.about is not None:
        made["In-Reply-To"] = made["References"] = thread_root(letter.about)
    if letter.unsubscribe:
        made["List-Id"] = f"<{letter.list_name}.{host()}>"
        made["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return made


def _one_line(value: Any) -> Any:
    """Return a text without control characters and line ends; anything else as it is."""
    if not isinstance(value, str):
        return value
    signs = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in value)
    return "".join(signs)
