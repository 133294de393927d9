"""Numbers that identify nobody: help lines, statutes, grant forms, our own request numbers."""

import re

# Same length, neither letter, digit nor blank: no detector reads across it.
FILLER = "\N{OBJECT REPLACEMENT CHARACTER}"

# A toll-free number belongs to an organisation, save the videophone of somebody who is deaf. Ten
# bare digits may be a record number instead; the phone detector settles those.
OF_A_VIDEOPHONE = r"(?<!\bvp )(?<!\bvp: )(?<!\bvp only )(?<!videophone )(?<!video phone )"
TOLL_FREE = (
    OF_A_VIDEOPHONE
    + r"(?<![\d(])(?:\+?1[\s.-]{0,2})?\(?8(?:00|33|44|55|66|77|88)\)?[\s./-]{1,3}\d{3}"
)
HELP_LINES = (
    rf"{TOLL_FREE}[\s.-]{{1,3}}\d{{4}}(?!\d)",
    r"(?<![\w-])(?:911|988|711|741[ -]?741|233[ -]?733)(?![\w-])",
)

CITATIONS = (
    r"\b\d{1,3}\s(?:U\.?\s?S\.?\s?C|C\.?\s?F\.?\s?R|C\.?\s?M\.?\s?R)\b\.?\s?(?:§{1,2}\s?)?"
    r"\d{1,5}(?:\.\d{1,4})?(?:-\d{1,4})?",
    r"\bSt(?:at)?\.\s\d{4},?\s(?:c|ch|chapter)\b\.?\s?\d{1,3}",
    r"\b(?:Pub(?:lic|\.)?\s?L(?:aw|\.)?|P\.\s?L\.)\s?(?:No\.\s?)?\d{2,3}-\d{1,3}",
    r"\bOMB\s(?:Control\s)?(?:No\.?\s|Number\s|#)?\d{4}-\d{4}",
    r"\b(?:ALN|CFDA)\s?(?:No\.?\s|#)?\d{2}\.\d{3}",
    r"\bTA-\d{2}-\d{4}(?!\d)",
)

_PUBLIC = re.compile("|".join((*HELP_LINES, *CITATIONS)), re.IGNORECASE)


def without_public(text: str) -> str:
    """The text with every public number struck out, at the same length."""
    return _PUBLIC.sub(lambda match: FILLER * len(match[0]), text)
