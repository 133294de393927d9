"""Parts and odd spellings of the numbers of devices: IP, MAC, hashes, tags: asked about."""

import re

from portal.core.privacy.detectors import LEFT, RIGHT, Detector, Near, Setting, asks, pattern, small
from portal.core.privacy.kinds import network

ODD_IP = small(
    rf"{LEFT}ip(?:v4)?(?:\s(?:addr(?:ess)?|is|was|no)){{0,2}}[\s:=]{{1,3}}"
    r"(?P<id>\d{1,3}(?:[,\s_-]\s?\d{1,3}){3})(?![\w,-])"
)
DASHED_IP = small(
    r"(?<![\w-])(?P<id>\d{1,3}(?:-\d{1,3}){3})(?=\s(?:as\s|is\s)?(?:an?\s|the\s)?ip\b)"
)
PART = small(
    rf"{LEFT}(?:ip(?:\saddress)?\s(?:that\s)?(?:range|(?:starts?|starting|begins?|beginning|ends?"
    r"|ending)(?:\s(?:in|with|w/))?)[\s:]{1,2}(?P<id>\.?\d{1,3}(?:\.\d{1,3}){1,2})"
    rf"|last\soctet[\s:]{{1,2}}(?:is\s)?(?P<last>\d{{1,3}})){RIGHT}"
)
MAC = small(
    r"(?<!\w)(?:mac|wifi|bluetooth|bt)(?:\s(?:addr(?:ess)?|is))?[\s:]{1,2}"
    r"(?P<id>[\da-f]{2}(?:[ _.][\da-f]{2}){5}|(?=[a-f]{0,11}\d)[\da-f]{12}"
    r"|(?:ends?\sin\s|ends\s|ending\s)(?:[\da-f]{2}[: -]){1,2}[\da-f]{2})(?!\w)"
)
HASH = small(
    r"(?<![\w/=-])(?=[a-f]{0,31}\d)(?=\d{0,31}[a-f])(?:[\da-f]{64}|[\da-f]{40}|[\da-f]{32})(?!\w)"
)
TAG = small(
    rf"{LEFT}(?:(?:asset|service|property)\stag|chromebook\stag|(?:tablet|laptop|phone)\stag"
    r"|ankle\s(?:monitor|bracelet)|gps\s(?:unit|bracelet|monitor|tracker)|bracelet|imsi|esn"
    r"|s/?n(?=[\s:#]))(?:\s(?:no\.?|number|id|is|was)){0,2}[\s:#]{1,3}"
    rf"(?P<id>(?=[a-z]{{0,6}}\d)[a-z\d]{{4,20}}(?:[- ]\d{{3,9}}){{0,2}}){RIGHT}(?![-/%.]\d)"
)
VIN = small(
    rf"{LEFT}vin(?:\s(?:number|no|is|was|\#)|\#)?[\s:]{{1,2}}(?:ends?\s|ending\s|in\s|with\s|last\s\w{{1,5}}\s|partial\s"
    rf"|starts?\s){{0,3}}(?P<id>(?=[a-z]{{0,7}}\d)[a-hj-npr-z\d]{{4,17}}){RIGHT}"
)
# "Serial printed is HGJX40QTP0GV", "model/serial: HP 11 / 5CD1234ABC", "EID 8904 9032 ..."
OF_A_DEVICE = pattern(
    rf"{LEFT}(?:serials?|s/n|sn|(?:sticker|label)\s(?:on|under|says|reads)|eid|iccid|imei|meid|udid"
    r"|(?:apple|android)\s(?:id\s)?device|device\sid|service\scode|hardware\sid)" + RIGHT
)
SERIAL = re.compile(
    r"(?<![\w$./-])(?:(?=[A-Z]{0,14}\d)(?=\d{0,8}[A-Z])[A-Z\d]{8,20}|\d{15,32}"
    r"|\d{4}(?:[ ]\d{4}){3,7}|(?=[A-Z-]{0,14}\d)[A-Z\d]{3,8}(?:-[A-Z\d]{2,8}){1,4})(?![\w/-])"
)


def _is_serial(match: re.Match[str], setting: Setting) -> bool:
    said = match[0]
    return len(said) > 7 and sum(map(str.isdigit, said)) > 1


def _is_a_number(match: re.Match[str], setting: Setting) -> bool:
    return sum(map(str.isdigit, match["id"])) > 3


DETECTORS: tuple[Detector, ...] = (
    *(
        asks("ip", network.MESSAGE, source, judge, needs=needs)
        for source, judge, needs in (
            (ODD_IP, None, ("ip ", "ip:", "ip=", "ip\n", "ip\t", "ipv4")),
            (DASHED_IP, None, (" ip",)),
            (PART, None, ("ip ", "octet")),
            (MAC, None, ("mac", "wifi", "bluetooth", "bt")),
            (HASH, None, ()),
            (TAG, _is_a_number, ()),
            (VIN, _is_a_number, ("vin",)),
        )
    ),
    asks(
        "ip",
        network.MESSAGE,
        SERIAL,
        _is_serial,
        before=Near(OF_A_DEVICE, reach=40),
        needs=("serial", "s/n", "sn", "sticker", "label", "eid", "iccid", "imei", "udid", "device"),
    ),
)
