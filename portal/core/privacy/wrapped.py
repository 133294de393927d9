"""Lines that a mail program broke, as they were before: "46 Upper Gore\nRd" is one street.

The break becomes a blank, or goes where it stands inside a number, a link or a name of an account.
"""

import re

from portal.core.privacy.plain import Edit, Plain

# Whatever is quoted in a mail has its mark at the head of the next line.
BREAK = re.compile(r"\n(?:>[ ]?){0,3}")
# "=" ends a line of a mail that was broken for its way alone.
TAIL = re.compile(r"=?[ ]?$")
# "508-\n555-0143", "jane@\nexample.org", "king_\nromeo", "2418JV\n0091"
JOINS_BEFORE = re.compile(r"[\w.][-_@]$")
JOINS_BEHIND = re.compile(
    r"_\w|@[\w.-]{1,60}\.(?:com|org|net|edu|gov|us|io)\b|\.(?:com|org|net|edu|gov|us)\b"
)
# A line as long as such programs make them, in the middle of a sentence, and no new item or label.
LONG, WIDEST, SHORTEST = 40, 100, 12
ENDS_OPEN = re.compile(r"[\w,(&'\"\-)]$")
ITEM = re.compile(
    r"[ \t\n]|[-*•>|=]|\(?\w{1,3}[.)]\s|[A-Z][\w' /-]{1,24}:|\[\d|\d{1,2}:\d\d|(?![\w(#@\"'+$])"
)
# "St", "Apt 3" go with whatever stands before them, however short.
STREET = re.compile(
    r"(?:St|Street|Ave|Avenue|Rd|Road|Ln|Lane|Dr|Drive|Ct|Court|Blvd|Ter|Terrace|Pl|Place|Cir|Circle"
    r"|Hwy|Pkwy|Way)\b[.,;)\s]|(?:Apt|Unit)\b\.?[ ]#?\w{1,4}\b"
)
ROW = re.compile(r"[|\t]|\S[ ]{3}|[,;]\S[^,;\n]*[,;]\S")


def unwrapped(plain: Plain) -> Plain:
    """The text with such breaks closed; offsets stay those of the original."""
    text = plain.text
    if "\n" not in text:
        return plain
    edits: list[Edit] = []
    for match in BREAK.finditer(text):
        end, behind = match.span()
        line = text[max(0, end - WIDEST) : end].rsplit("\n", 1)[-1]
        tail = TAIL.search(line)
        line = line[: tail.start()] if tail else line
        joint = _joint(line, text[behind : behind + WIDEST].split("\n", 1)[0])
        if joint is not None:
            edits.append((end - (len(tail[0]) if tail else 0), behind, joint))
    return plain.edited(edits) if edits else plain


def _joint(line: str, following: str) -> str | None:
    """What stands instead of the break: nothing inside a word, else a blank; None: it stays."""
    if not line or not following:
        return None
    inside = following[0].isalnum() and (
        JOINS_BEFORE.search(line) is not None
        or (
            re.search(r"\d[A-Z]{2}$", line) is not None
            and re.match(r"\d{3}", following) is not None
        )
    )
    if inside or (line[-1].isalnum() and JOINS_BEHIND.match(following)):
        return ""
    if line[-1].isalpha() and STREET.match(following + "\n"):
        return " "
    # Neither line is a row of a table.
    wrapped = (
        LONG <= len(line) < WIDEST
        and ENDS_OPEN.search(line) is not None
        and ITEM.match(following) is None
        and (following[0].islower() or len(following) > SHORTEST)
        and not (ROW.search(line) or ROW.search(following))
    )
    return " " if wrapped else None
