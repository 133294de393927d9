"""Sending a private file, by byte ranges, once somebody has checked that the person may have it."""

import hashlib
import mimetypes
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})$")
CHUNK = 64 * 1024
# What a browser may show; anything else is saved, never opened in our name.
SHOWN = frozenset(
    {"application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp", "text/vtt"}
)
PLAYED = ("audio/", "video/")


def send(request: HttpRequest, name: str, *, filename: str = "") -> HttpResponseBase:
    """Send a stored file. The caller has checked the right to it; a missing file is a 404."""
    if not default_storage.exists(name):
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if settings.X_ACCEL_REDIRECT:
        response: HttpResponseBase = HttpResponse(content_type=kind)
        response["X-Accel-Redirect"] = f"{settings.X_ACCEL_REDIRECT.rstrip('/')}/{name}"
    else:
        response = _stream(request, name, kind)
    shown = kind in SHOWN or kind.startswith(PLAYED)
    saved_as = filename or PurePosixPath(name).name
    response["Content-Disposition"] = str(content_disposition_header(not shown, saved_as))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _stream(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    size = default_storage.size(name)
    mark = _mark(name, size)
    if (known := get_conditional_response(request, etag=mark)) is not None:
        known["ETag"] = mark
        return known
    is_same = request.headers.get("If-Range", mark) == mark
    wanted = _range(request.headers.get("Range", "") if is_same else "", size)
    if wanted == (0, 0):
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = wanted or (0, size)
    response = StreamingHttpResponse(_chunks(name, start, end - start), content_type=kind)
    response["ETag"] = mark
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(end - start)
    if wanted:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _mark(name: str, size: int) -> str:
    """Return what changes whenever the file does."""
    changed = default_storage.get_modified_time(name).timestamp()
    return f'"{hashlib.sha256(f"{name} {size} {changed}".encode()).hexdigest()[:32]}"'


def _range(header: str, size: int) -> tuple[int, int] | None:
    """Return (start, end) of one byte range, end excluded; (0, 0) when it cannot be had."""
    match = RANGE.match(header)
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size
    start, end = int(first), min(int(last or size), size - 1) + 1
    return (start, end) if start < end else (0, 0)


def _chunks(name: str, start: int, left: int) -> Iterator[bytes]:
    """Yield the bytes; the file is opened only when the first one is asked for."""
    with default_storage.open(name) as file:
        file.seek(start)
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
