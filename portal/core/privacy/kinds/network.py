"""Network addresses of a person's device."""

import re
from ipaddress import AddressValueError, IPv6Address

from portal.core.privacy.detectors import Detector, Setting, pattern

MESSAGE = "Leave out the IP address."
OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
# Numbered paragraphs and releases are written alike.
NUMBERED = pattern(
    r"(?:\bv|\bver\.?|\bversions?|\breleases?|\bsections?|\bsec\.?|§|\bparagraph|\bpara\.?|\bclause"
    r"|==|\bchapter|\bappendix|\bitem|\bstandards?|\bcriteri(?:on|a))[\s#:]{0,2}$"
)


def _is_ipv6(match: re.Match[str], setting: Setting) -> bool:
    written = match[0]
    if written.count(":") < 2 or len(written.replace(":", "")) < 4:
        return False
    try:
        IPv6Address(written)
    except AddressValueError:
        return False
    return True


DETECTORS = (
    Detector(
        kind="ip",
        message=MESSAGE,
        pattern=pattern(rf"(?<![\w.])(?!127\.|0\.0\.0\.0)(?:{OCTET}\.){{3}}{OCTET}(?!\w)(?!\.\d)"),
        unless=NUMBERED,
    ),
    Detector(
        kind="ip",
        message=MESSAGE,
        pattern=pattern(r"(?<![\w:.])[\da-f:][\da-f:.]{2,44}(?<!\.)(?![\w:])"),
        is_real=_is_ipv6,
    ),
)
