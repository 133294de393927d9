"""Reading a report that mail could not be delivered (RFC 3464), whatever somebody sent us.

Nothing is kept of a message but the status, the address and our own Message-ID.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

LARGEST = 512 * 1024  # bytes of a message that are read
PARTS = 50  # parts of a message that are looked at
RECIPIENTS = 20
STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
OUR_ID = re.compile(r"<effect-\d{1,18}-[0-9a-f]{20}@[^<>\s]{1,255}>")
ADDRESS = re.compile(r"[^\s<>;]{1,254}@[^\s<>;]{1,254}")


@dataclass(frozen=True, slots=True)
class Report:
    """One recipient of one mail of ours: `action` is failed, delayed, delivered, ..."""

    message_id: str
    address: str
    action: str
    status: str


def read(raw: bytes) -> list[Report]:
    """Return what a message reports about a mail of ours; nothing for any other message."""
    try:
        return list(_reports(message_from_bytes(raw[:LARGEST])))
    except Exception:
        # The parser of the standard library gives up in many ways; all of them mean: no report.
        return []


def _reports(message: Message) -> Iterator[Report]:
    if message.get_content_type() != "multipart/report":
        return
    parts = [part for part, _n in zip(message.walk(), range(PARTS), strict=False)]
    known = {found for part in parts if (found := _our_id(part))}
    statuses = [p for p in parts if p.get_content_type() == "message/delivery-status"]
    if len(known) != 1 or len(statuses) != 1:
        return
    blocks = statuses[0].get_payload()
    for block in blocks[1 : RECIPIENTS + 1] if isinstance(blocks, list) else []:
        if isinstance(block, Message) and (report := _report(block, min(known))):
            yield report


def _report(block: Message, message_id: str) -> Report | None:
    said = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    address, status = ADDRESS.search(said), STATUS.match(str(block.get("Status") or ""))
    if address is None or status is None:
        return None
    action = str(block.get("Action") or "").strip().lower()[:20]
    return Report(message_id, address[0].lower(), action, status[1])


def _our_id(part: Message) -> str:
    """Return the Message-ID of the mail that is given back, whole or by its headers."""
    kind = part.get_content_type()
    if kind == "text/rfc822-headers":
        payload = part.get_payload(decode=True)
        text = payload[:LARGEST] if isinstance(payload, bytes) else b""
        given: Message | None = message_from_bytes(text)
    elif kind == "message/rfc822":
        inner = part.get_payload()
        given = inner[0] if isinstance(inner, list) and isinstance(inner[0], Message) else None
    else:
        return ""
    found = OUR_ID.fullmatch(str(given.get("Message-ID") or "").strip()) if given else None
    return found[0] if found else ""
