"""A live session as a calendar file (RFC 5545).

Calendars are seen over shoulders and shared with offices, so the entry is named after the portal,
never after its topic. All times are UTC, which every calendar shows in its reader's zone.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from training.models import LiveSession

WIDTH = 75  # octets of a line, RFC 5545 section 3.1


def write(session: LiveSession) -> str:
    """Return the file's text, lines ended by CRLF."""
    host = settings.BASE_URL.split("//")[-1].split(":")[0]
    words = {"portal": settings.PORTAL_NAME, "session": session}
    summary = render_to_string("training/sessions/calendar_summary.txt", words).strip()
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_escaped(settings.PORTAL_NAME)}//Sessions//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:session-{session.pk}@{host}",
        f"SEQUENCE:{session.revision}",
        f"DTSTAMP:{_utc(timezone.now())}",
        f"DTSTART:{_utc(session.starts_at)}",
        f"DTEND:{_utc(session.ends_at)}",
        f"SUMMARY:{_escaped(summary)}",
        f"URL:{settings.BASE_URL}{reverse('session', args=[session.pk])}",
        *([f"LOCATION:{_escaped(session.place)}"] if session.place else []),
        f"STATUS:{'CANCELLED' if session.cancelled_at else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Break a line before it is too long; the next one begins with a blank that does not count."""
    parts, room = [""], WIDTH
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append("")
            room = WIDTH - 1
        parts[-1] += sign
        room -= size
    return "\r\n ".join(parts)
