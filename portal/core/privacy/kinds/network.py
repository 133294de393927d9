"""Network addresses of a person's device, and the numbers of the device itself."""

import re
from ipaddress import AddressValueError, IPv6Address

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, pattern

MESSAGE = "Leave out the IP address or the device's number."
OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
# "203.0.113[.]47", "203 dot 0 dot 113 dot 47"
DISGUISED_DOT = r"(?:\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?|\sdot\s)"
# Numbered paragraphs and releases are written alike.
NUMBERED = pattern(
    r"(?:\bv|\bver\.?|\bversions?|\breleases?|\bsections?|\bsec\.?|§|\bparagraph|\bpara\.?|\bclause"
    r"|==|\bchapter|\bappendix|\bitem|\bstandards?|\bcriteri(?:on|a)|\bbuild|\bchrome|\bedge"
    r"|\bfirefox"
    r"|\bfirmware|\bdriver|\bsafari|\bprotocol)[\s#:/]{0,2}$"
)
DEVICE = pattern(
    rf"{LEFT}(?:imei|meid|iccid|sim|serial|device\s(?:id|number|no)|ad\s?id|idfa|gaid|airtag"
    rf"|udid|hwid){RIGHT}"
)
DEVICE_GAP = pattern(
    r"[\s:=#.,()]*(?:(?:is|was|no|num|number|id|of|the|card|her|his|phone)[\s:=#.,()]*){0,4}"
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


def _has_digits(match: re.Match[str], setting: Setting) -> bool:
    return sum(char.isdigit() for char in match[0]) >= 3


DETECTORS = (
    Detector(
        kind="ip",
        message=MESSAGE,
        pattern=pattern(
            rf"(?<![\w.])(?!127\.|0\.0\.0\.0)(?:{OCTET}\.){{3}}(?:{OCTET}|x{{1,3}}"
            rf"|\*)(?!\w)(?!\.\d)"
        ),
        unless=NUMBERED,
    ),
    # a MAC address in parts of two or four
    Detector(
        kind="ip",
        message=MESSAGE,
        pattern=pattern(
            r"(?<![\w.])(?:(?:[\da-f]{2}\.){5}[\da-f]{2}|(?:[\da-f]{4}\.){2}[\da-f]{4})(?!\w|\.\w)"
        ),
        is_real=_has_digits,
    ),
    Detector(
        kind="ip",
        message=MESSAGE,
        pattern=pattern(
            rf"(?<![\w.])(?:{OCTET}(?:{DISGUISED_DOT}|\.)){{2}}{OCTET}{DISGUISED_DOT}{OCTET}(?!\w)"
        ),
    ),
    Detector(
        kind="ip",
        message=MESSAGE,
        pattern=pattern(r"(?<![\w:.])[\da-f:][\da-f:.]{2,44}(?<!\.)(?![\w:])"),
        is_real=_is_ipv6,
    ),
    # of a network card
    Detector(
        kind="ip",
        message=MESSAGE,
        pattern=pattern(
            r"(?<![\w:-])(?:[\da-f]{2}([:-])[\da-f]{2}(?:\1[\da-f]{2}){4}"
            r"|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4})(?![\w:-])"
        ),
        is_real=lambda match, setting: re.search(r"\d", match[0]) is not None,
    ),
    Detector(
        kind="ip",
        message=MESSAGE,
        pattern=pattern(
            r"(?<![\w/=-])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\w-])"
        ),
    ),
    Detector(
        kind="ip",
        message=MESSAGE,
        pattern=pattern(
            rf"{LEFT}(?:\d{{2}}[- ]\d{{6}}[- ]\d{{6}}[- ]\d"
            rf"|(?=[A-Z-]{{0,8}}\d)(?=[A-Z\d-]{{8}})[A-Z\d-]{{8,24}}){RIGHT}"
        ),
        is_real=_has_digits,
        needs=(
            "imei",
            "meid",
            "iccid",
            "sim",
            "serial",
            "device",
            "ad id",
            "adid",
            "idfa",
            "gaid",
            "airtag",
            "udid",
            "hwid",
        ),
        before=Near(DEVICE, reach=30, gap=DEVICE_GAP),
    ),
)
