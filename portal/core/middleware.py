"""What every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_vary_headers

GetResponse = Callable[[HttpRequest], HttpResponse]


# Features of the browser that no page uses.
DENIED = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation",
        "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
    )
)  # fmt: skip


def no_store(get_response: GetResponse) -> GetResponse:
    """Keep signed-in pages out of every cache, the browser's own included (shared computers).

    What is public may be kept by the browser that asked, which asks each time whether it still
    holds: ConditionalGetMiddleware answers 304. It gives no mark to what carries `no-store`, and a
    page with a nonce never has the same mark twice, so no old body meets a new nonce.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ["Cookie"])
        if request.user.is_authenticated or "/accounts/" in request.path:
            response["Cache-Control"] = ""
            add_never_cache_headers(response)
        elif not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        response.setdefault("Permissions-Policy", DENIED)
        # Nothing of ours is shown in, or read by, a page of another site.
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
