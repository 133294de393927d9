"""Names that are public where they stand: cited authors. They clear what the names find."""

import re

from portal.core.privacy.detectors import LEFT, Detector, Setting
from portal.core.privacy.findings import WARN
from portal.core.privacy.kinds.names import MESSAGE

AUTHOR = r"(?:(?:de|van|von|la|der) )?[A-Z][\w'-]{1,30}+(?: [A-Z][\w'-]{1,30}+)?"
YEAR = r"(?:19|20)\d\d[a-z]?(?!-\d\d-)"
LETTERS = r"[A-Z]\.(?:[ -]?[A-Z]\.){0,2}"
# "Smith (2019)", "Smith & Jones, 2020", "Smith, Lee, and Jones (2019)"
IN_TEXT = (
    rf"{AUTHOR}(?:, {AUTHOR}){{0,6}}(?:,? (?:&|and) {AUTHOR})?(?: et al\.?)?(?:'s)?,? ?\(?{YEAR}\b"
)
ET_AL = rf"{AUTHOR}(?:,? (?:&|and) {AUTHOR})? et al\b"
# "Agosti, J., Conradi, L., & Langan, H. (2013)."
IN_LIST = (
    rf"{AUTHOR}, {LETTERS}(?:(?:,? (?:&|and) |, ){AUTHOR}, {LETTERS}){{0,11}}"
    rf"(?:,? (?:et al\.?|& [A-Z]))?[ ,.]{{0,2}}\((?:Eds?\.\)\. \()?{YEAR}"
)
# "Girls Like Us by Rachel Lloyd"; and whom everybody in the field reads.
BY = rf"(?:[A-Z][\w']{{1,30}}+ ){{2,6}}by (?P<id>{AUTHOR})"
READ = (
    r"(?:Judith Herman|Bessel van der Kolk|Rachel Lloyd|Bruce Perry|Gabor Mat[eé]"
    r"|Holly Austin Smith"
    r"|Carissa Phelps|Resmaa Menakem|Nadine Burke Harris)"
)
MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*,? ?\(?\d{4}")


def _is_cited(match: re.Match[str], setting: Setting) -> bool:
    """A month and its year is no citation, and clears nothing."""
    return MONTH.search(match[0]) is None


DETECTORS = tuple(
    Detector(
        kind="name",
        message=MESSAGE,
        pattern=re.compile(LEFT + source),
        tier=WARN,
        is_real=_is_cited,
        is_allowed=lambda match, setting: True,
    )
    for source in (IN_LIST, IN_TEXT, ET_AL, BY, READ)
)
