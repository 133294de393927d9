"""Rows of a table typed or pasted: a blank behind each separator that touches what follows.

Every detector reads "Lynn,1847203,508-555-0164" as it reads "Lynn, 1847203, 508-555-0164". Sums
("84,200.00"), dates, fractions and links stay as they are.
"""

import re

from portal.core.privacy.plain import Edit, Plain

REST = r"[^\s,;|<>\"']{0,2000}+"
LINK = (
    rf"(?:https?://|www\.|doi:\s?|(?<!\w)10\.\d{{4}}/)[^\s<>\"']{{0,2000}}+"
    rf"|(?<![\w.-])[\w.-]{{1,60}}\.(?:gov|com|org|edu|net|us|io)/{REST}"
    rf"|[?&][\w.-]{{1,40}}={REST}"
)
# "84,200.00" and "1,203,500" are sums, but not "1847203,508-555-0164" and "17,508 555 0164".
NO_SUM = r"[A-Za-z\d-]|\.\d{3}|\.\d\d\.\d|[/*]\d|[ ](?:[-./][ ])?\d{2,3}[ ](?:[-./][ ])?\d{4}"
COMMA = rf"[,;](?=[^\s,;])(?!(?<=\d,)(?<!\d{{4}},)\d{{3}}(?!{NO_SUM}))"
# "ip:2001:db8::1", "name:@kay": a label ends in a letter that no such address has, or nearly so.
COLON = r":(?=[\w@$])(?:(?<=[g-zG-Z]:)|(?<=[g-zG-Z]\w:)|(?<=[g-zG-Z]\w\w:))"
# A year and a number in one ("2025/0044172") stay together.
BESIDE_A_YEAR = r"(?:(?<![12]\d{3}/)|(?<=[-./]\d{4}/))"
LONG = (
    r"(?=\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}(?!\d)|\d{5}|\d{3}-\d\d-\d{4}(?!\d)"
    r"|\d{1,2}[-.]\d{1,2}[-.]\d{2,4}(?!\d)|\d{4}-\d\d-\d\d(?!\d)|\d{1,3}\.\d{1,3}\.\d{1,3}\."
    r"|[1-9][A-Z]{2,3}\d{2,3}(?!\w)|[\w.+-]{1,64}@)"
)
SLASH = (
    rf"/(?:{BESIDE_A_YEAR}{LONG}|(?<=\d{{5}}/)(?=[A-Za-z(@]|\d{{3}})|(?<=\d{{4}}/)(?=[A-Za-z(])"
    r"|(?<=\w/)(?=(?i:ig|sc|tt|fb|insta|snap|snapchat|tiktok|discord)(?!\w)))"
)
LABEL = (
    r"(?<![^\W_])(?i:d\.?o\.?b\.?|ssn|case|docket|intake|no\.|tel|cell|mrn|imei|phone|ph)"
    r"(?=\d{1,4}[-/.]\d|\d{6})"
)
TOUCHING = re.compile(
    rf"(?P<link>{LINK})|(?P<behind>{COMMA}|\|(?=\S)|=(?=[\w\"'(+@$])(?<=\w=)|{COLON}|{LABEL})|(?P<both>{SLASH})"
)


def set_apart(plain: Plain) -> Plain:
    """The text with blanks where a separator touches; offsets stay those of the original."""
    edits: list[Edit] = []
    for match in TOUCHING.finditer(plain.text):
        if match["behind"] is not None:
            edits.append((match.end(), match.end(), " "))
        elif match["both"] is not None:
            edits.append((match.start(), match.end(), " / "))
    return plain.edited(edits) if edits else plain
