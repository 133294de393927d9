"""Ask the web server in this container whether it lives; exit with 1 when it does not.

Django answers only to a name that it knows, so the request carries the first of ALLOWED_HOSTS.
"""

import os
import sys
import urllib.request

ADDRESS = os.environ.get("HEALTH_ADDRESS", "http://127.0.0.1:8000/healthz")


def main() -> int:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(ADDRESS, headers={"Host": host})  # noqa: S310  (our own)
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
            return 0 if answer.status == 200 else 1
    except OSError as error:
        sys.stderr.write(f"{type(error).__name__}\n")
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
