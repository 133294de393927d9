"""Four figures in an answer, where the last four of a Social Security number were asked for."""

import re

from portal.core.privacy.detectors import Detector, Setting, asks, pattern, small
from portal.core.privacy.kinds.ssn import MESSAGE

# How far before or behind the number is spoken of.
BEFORE, BEHIND = 320, 120
OF = (
    r"(?:(?:the|her|his|their|my|a|an|each|every|our)\s)?"
    r"(?:ssns?|soc\w*|\w{2,14}'s|(?:full\s)?number)"
)
SPOKEN = pattern(
    r"\b(?:ssns?|s\.s\.n\.?|social\ssec\w*|soc\ssec|ss\s?#|seguro\ssocial|seguridad\ssocial"
    r"|social(?='s\b|[.,;?!:)]|\s(?:on|over|for|is|was|in|to|of|number|no|card|and|by|from)\b)"
    rf"|last[\s-]?(?:four|4)(?=\s(?:of|on)\s{OF}|\s(?:digits|is|are|needed|need|ok|only|for)\b"
    rf"|[?.,;):])"
    r"|ultimos\s(?:cuatro|4|quatro)|4\sdenye)"
)
TOLD = (
    r"(?:wrote|write|writes|put|puts|has|have|had|is|was|it's|its|gave|give|gives|them|him|her"
    r"|me|us"
    r"|sent|send|used|uses|use|reads?|says?|said|entered|enter|typed|types?|saw|see|sees|got|as"
    r"|only"
    r"|just|one|be|were|are|listed|gets?|shows?|showed|with|left|know|knows|think|thinks|told"
    r"|copied|filled|took|takes?|answers?|answered|texts|texted|mine|spelled|in|that|again|number|like|maybe|es|e|se|era|puse|escribi)"
)
FOUR = small(
    rf"(?<!\w)(?:{TOLD}[\s:\"'(]{{1,3}}|[:=(\"-][\s]?)(?P<id>\d{{4}})(?=[\"']?(?:\s?(?:[.,;!?)\n]|$"
    r"|-\s)|\s(?:on|but|and|in|is|was|for|as|which|instead|because|so|then|to|if|or|though|that"
    r"|not|at"
    r"|from|already|last|twice|again|there|i|we|she|he|it|they|the|by|before|after|with|out|right|under|above|below|next|when|where|y|pero"
    r"|en)\b))"
    r"(?![.,]\d)"
)
OTHER = pattern(
    r"\b(?:ext|extension|x|room|rm|suite|code|form|line|item|page|cfr|cmr|usc|chapter|c|sec"
    r"|section|\$"
    r"|pin|zip|bus|order|in|year|since|fy|at|by|until|from|hours?|opens?|starts?|version)"
    r"[\s.:#]{0,3}(?:(?:is|was|no|number)[\s.:#]{1,2})?$"
)
HOURS = re.compile(r"\s?(?:h|hrs?|hours)\b")


def _is_told(match: re.Match[str], setting: Setting) -> bool:
    if re.match(r"(?:19|20)\d\d", match["id"]):
        return False
    text, (start, end) = match.string, match.span("id")
    if OTHER.search(text[max(0, start - 14) : start]) or HOURS.match(text, end):
        return re.search(r"\b(?:put|filled|wrote)[^.]{0,9}\bin\s$", text[:start][-20:]) is not None
    return any(
        SPOKEN.search(part)
        for part in (text[max(0, start - BEFORE) : start], text[end : end + BEHIND])
    )


DETECTORS: tuple[Detector, ...] = (
    asks("ssn", MESSAGE, FOUR, _is_told, needs=("ss", "soc", "last", "segur", "ultimos", "denye")),
)
